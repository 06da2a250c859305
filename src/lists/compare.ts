import type { Fault } from '#kernel'
import {
  addedAlready,
  columnsMissing,
  columnTwice,
  decisionUnknown,
  leftOut,
  notOnList,
  reasonMissing,
  repeated,
} from './faults.ts'
import type { LineState } from './tables.ts'

/** What a column of a list's file says. */
export type Meaning = 'subscriber' | 'number' | 'decision' | 'reason'

const titles: Readonly<Record<Meaning, readonly string[]>> = {
  subscriber: ['subscriber', 'subscriber_id', '用户标识', '用户'],
  number: ['number', 'phone', '号码', '手机号码', '手机号'],
  decision: ['decision', '处理意见', '处理'],
  reason: ['reason', '原因', '理由'],
}

const decisions: Readonly<Record<string, LineState>> = {
  '': 'kept',
  keep: 'kept',
  保留: 'kept',
  remove: 'removed',
  剔除: 'removed',
  删除: 'removed',
  add: 'added',
  新增: 'added',
  增加: 'added',
}

/** Which column says what; others are let be. A fault when nobody is named by any. */
export function meaningsOf(columns: readonly string[]): ReadonlyMap<Meaning, string> | Fault {
  const found = new Map<Meaning, string>()
  for (const column of columns) {
    const meaning = (Object.keys(titles) as Meaning[]).find(one => titles[one].includes(column.toLowerCase()))
    if (meaning === undefined) continue
    if (found.has(meaning)) return columnTwice()
    found.set(meaning, column)
  }
  return found.has('subscriber') || found.has('number') ? found : columnsMissing()
}

/** A line of a file about somebody who was found. */
export interface NamedLine {
  readonly line: number
  readonly subscriberId: string
  readonly decision: string
  readonly reason: string
}

export interface ListLine {
  readonly line: number
  readonly subscriberId: string
  readonly state: LineState
  readonly reason: string
}

export interface LineFault {
  readonly line: number
  readonly column: Meaning | null
  readonly fault: Fault
}

export interface Compared {
  readonly lines: readonly ListLine[]
  readonly faulty: readonly LineFault[]
}

/** A list made by a file: everybody in it, each once. */
export function listedIn(named: readonly NamedLine[]): Compared {
  const { first, faulty } = eachOnce(named)
  const lines = first.map(({ line, subscriberId, reason }) => ({
    line,
    subscriberId,
    state: 'kept' as const,
    reason,
  }))
  return { lines, faulty }
}

/**
 * A list that people have checked, beside what it was: everybody on it must come back, kept or removed; whoever is removed or
 * added needs a reason. What is wrong is told line by line; a list with one fault is not taken.
 */
export function checkedAgainst(base: ReadonlySet<string>, named: readonly NamedLine[]): Compared {
  const { first, faulty } = eachOnce(named)
  const all = [...faulty]
  const lines = first.map((one): ListLine => {
    const state = decisions[one.decision.toLowerCase()]
    const fault = state === undefined ? decisionUnknown() : whyNot(state, base.has(one.subscriberId), one)
    if (fault !== undefined) {
      const column = fault.code === 'list.reason-missing' ? 'reason' : 'decision'
      all.push({ line: one.line, column, fault })
    }
    return { line: one.line, subscriberId: one.subscriberId, state: state ?? 'kept', reason: one.reason }
  })
  const back = new Set(named.map(one => one.subscriberId))
  const missing = [...base].filter(id => !back.has(id)).length
  if (missing > 0) all.push({ line: 0, column: null, fault: leftOut(missing) })
  return { lines, faulty: all.toSorted((a, b) => a.line - b.line) }
}

function whyNot(state: LineState, isOnList: boolean, { reason }: NamedLine): Fault | undefined {
  if (state === 'added' && isOnList) return addedAlready()
  if (state !== 'added' && !isOnList) return notOnList()
  return state !== 'kept' && reason === '' ? reasonMissing() : undefined
}

function eachOnce(named: readonly NamedLine[]) {
  const seen = new Map<string, number>()
  const [first, faulty]: [NamedLine[], LineFault[]] = [[], []]
  for (const one of named) {
    const before = seen.get(one.subscriberId)
    if (before === undefined) first.push(one)
    else faulty.push({ line: one.line, column: null, fault: repeated(before) })
    seen.set(one.subscriberId, before ?? one.line)
  }
  return { first, faulty }
}
