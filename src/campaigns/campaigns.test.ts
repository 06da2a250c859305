import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainDate } from '#kernel'
import {
  campaignMoves,
  campaignStates,
  frozenFaults,
  movesFrom,
  type Plan,
  smsSize,
  waveAt,
  wavesDue,
} from './index.ts'
import { moved } from './moves.ts'

const plan: Plan = {
  title: { zh: '春季', en: 'Spring' },
  target: { rule: 'low_balance' },
  offer: 'recharge_30_data_1g',
  purpose: 'selling',
  channels: ['sms'],
  period: { from: '2026-02-27', to: '2026-03-20' },
  waves: [
    { from: '2026-02-27', percent: 70 },
    { from: '2026-03-02', percent: 30 },
  ],
  budgetFen: 100_000,
  perDayMax: 50,
  minutes: 0,
  valueFen: 1_000,
  controlPercent: 10,
  success: { kind: 'stayed', withinDays: 30 },
}

test('waves hold the shares that were said, and begin on their day, never outside the period', () => {
  const shares = Array.from({ length: 1000 }, (_, i) => waveAt(plan, i / 1000))
  expect(shares.filter(w => w === 0)).toHaveLength(700)
  expect(shares.filter(w => w === 1)).toHaveLength(300)
  const due = (day: string) => wavesDue(plan, plainDate(day))
  expect([due('2026-02-26'), due('2026-02-27'), due('2026-03-02'), due('2026-03-20')]).toEqual([
    [],
    [0],
    [0, 1],
    [],
  ])
  const { waves: _, ...bare } = plan
  expect(waveAt(bare, 0.999)).toBe(0)
  expect(wavesDue(bare, plainDate('2026-03-19'))).toEqual([0])
})

test('a launched plan can only become smaller, whatever the order of its keys', () => {
  const reordered = JSON.parse(
    JSON.stringify({ ...plan, period: { to: plan.period.to, from: plan.period.from } }),
  ) as Plan
  const paths = (after: Partial<Plan>) =>
    frozenFaults(plan, { ...reordered, ...after }).map(f => f.at?.['path'])
  expect(paths({})).toEqual([])
  expect(
    paths({
      budgetFen: 1,
      perDayMax: 1,
      period: { from: '2026-02-27', to: '2026-03-01' },
      smsText: { zh: '您好', en: 'Hello' },
      stopAtOptOutPercent: 1,
    }),
  ).toEqual([])
  expect(paths({ budgetFen: 100_001 })).toEqual(['/budgetFen'])
  expect(new Set(paths({ perDayMax: 51, controlPercent: 0, channels: ['call'] }))).toEqual(
    new Set(['/channels', '/controlPercent', '/perDayMax']),
  )
  expect(paths({ period: { from: '2026-02-26', to: '2026-03-20' } })).toEqual(['/period'])
})

test('nothing leads out of closed, and every state can be closed that waits for nobody', () => {
  for (const state of Object.keys(campaignStates) as (keyof typeof campaignStates)[]) {
    expect(movesFrom(state).includes('close')).toBe(state !== 'closed' && state !== 'waiting')
    for (const move of Object.keys(campaignMoves) as (keyof typeof campaignMoves)[])
      expect(moved(state, move).ok).toBe(movesFrom(state).includes(move))
  }
  expect(moved('draft', 'launch')).toMatchObject({ fault: { code: 'campaign.move-illegal' } })
})

test('a message is charged by its alphabet: 160 or 70 alone, 153 or 67 in parts', () => {
  const size = (text: string) => [smsSize(text).alphabet, smsSize(text).units, smsSize(text).parts]
  expect(size('a'.repeat(160))).toEqual(['gsm-7', 160, 1])
  expect(size('a'.repeat(161))).toEqual(['gsm-7', 161, 2])
  expect(size('€'.repeat(80))).toEqual(['gsm-7', 160, 1])
  expect(size('好'.repeat(70))).toEqual(['ucs-2', 70, 1])
  expect(size('好'.repeat(71))).toEqual(['ucs-2', 71, 2])
  expect(size('好'.repeat(135))).toEqual(['ucs-2', 135, 3])
  // 33 pairs of a character outside the basic plane make 66: the next does not fit into the 67th.
  expect(size('😀'.repeat(67))).toEqual(['ucs-2', 134, 3])
  expect(size(`${'a'.repeat(69)}好`)).toEqual(['ucs-2', 70, 1])
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      expect(smsSize(a + b).parts).toBeGreaterThanOrEqual(smsSize(a).parts)
    }),
  )
})
