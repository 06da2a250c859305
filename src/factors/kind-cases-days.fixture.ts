import { ago, type Case, use } from './kind-rows.fixture.ts'

const at = (days: number, utc: string) => use(1, days, { started_at: `${ago(days)} ${utc}` })

/** Kinds that look at days and parts of days. 2 March 2026 is a Monday. */
export const dayCases: readonly Case[] = [
  {
    kind: 'count',
    feed: 'usage',
    rows: [at(2, '13:59:59'), at(2, '14:00:00'), at(3, '15:59:59'), at(3, '16:00:00')],
    factors: ['kind: count\n    feed: usage\n    where: hour(started_at) >= 22\n    window: 7 days'],
    values: [2, 0],
  },
  {
    kind: 'count',
    feed: 'usage',
    rows: [1, 2, 3, 7, 8, 9].map(days => use(1, days)),
    factors: ['kind: count\n    feed: usage\n    where: weekday(started_at) in (6, 7)\n    window: 14 days'],
    values: [4, 0],
  },
]
