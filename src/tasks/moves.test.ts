import { expect, test } from 'vitest'
import { mayMove, moves, type TaskMove } from './moves.ts'
import { checkOutcome, leavingReasons, outcomes } from './outcomes.ts'
import { type TaskState, taskStates } from './states.ts'

const states = Object.keys(taskStates) as TaskState[]
const allMoves = Object.keys(moves) as TaskMove[]
const li = { id: 'm1', name: { zh: '李娜', en: 'Li Na' } }

test('every state but the last ones can be left, and every state can be reached', () => {
  const left = new Set<string>(allMoves.flatMap(move => moves[move].from))
  const reached = new Set<string>(['open', ...allMoves.map(move => moves[move].to)])
  expect(states.filter(state => !left.has(state))).toEqual([
    'done',
    'dropped',
    'expired',
    'refused',
    'failed',
  ])
  expect(states.filter(state => !reached.has(state))).toEqual([])
})

test('nothing comes back from an end, and only a receipt changes what was sent', () => {
  for (const state of ['done', 'dropped', 'expired', 'refused', 'failed'] as const) {
    for (const channel of ['call', 'sms'] as const) {
      const legal = allMoves.filter(move => mayMove({ state, channel, assignee: null }, move, 'm1').ok)
      expect(legal).toEqual([])
    }
  }
  expect(
    allMoves.filter(move => mayMove({ state: 'sent', channel: 'sms', assignee: null }, move, null).ok),
  ).toEqual(['fail'])
})

test('what another has in hand is theirs; the machine may still end it', () => {
  const task = { state: 'claimed', channel: 'call', assignee: li } as const
  expect(mayMove(task, 'outcome', 'm1').ok).toBe(true)
  expect(mayMove(task, 'outcome', 'm2')).toMatchObject({ fault: { code: 'task.already-claimed' } })
  expect(mayMove(task, 'expire', null).ok).toBe(true)
})

test('every outcome can be recorded, with a reason for leaving where it takes one', () => {
  for (const [code, kind] of Object.entries(outcomes)) {
    const leavingReason = kind.leavingReason === 'must' ? 'price' : undefined
    expect(checkOutcome({ code, leavingReason })).toEqual({ ok: true, value: kind })
    expect(kind.accepted && !kind.reached).toBe(false)
  }
  for (const leavingReason of Object.keys(leavingReasons)) {
    expect(checkOutcome({ code: 'leaving', leavingReason }).ok).toBe(true)
  }
})
