import { ago, bill, type Case, recharge, use } from './kind-rows.fixture.ts'

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
  {
    kind: 'first_day',
    feed: 'recharge',
    rows: [recharge(1, 3, 10), recharge(1, 30, 20), recharge(1, 31, 30)],
    factors: ['kind: first_day\n    feed: recharge\n    window: 30 days'],
    values: [ago(30), null],
  },
  {
    kind: 'gap',
    feed: 'recharge',
    rows: [recharge(1, 3, 10), recharge(1, 3, 20), recharge(1, 10, 30), recharge(1, 24, 30)],
    factors: ['kind: gap\n    feed: recharge\n    window: 90 days'],
    values: [10.5, null],
  },
  {
    kind: 'peak',
    feed: 'usage',
    rows: [use(1, 1), use(1, 2), use(1, 2, { duration_s: 5 }), use(1, 8, { duration_s: 600 })],
    factors: ['kind: peak\n    fold: sum\n    feed: usage\n    column: duration_s\n    window: 7 days'],
    values: [65, 0],
  },
  {
    kind: 'deviation',
    feed: 'recharge',
    rows: [recharge(1, 1, 300), recharge(1, 1, 100), recharge(1, 2, 400), recharge(1, 5, 1)],
    factors: ['kind: deviation\n    fold: sum\n    feed: recharge\n    column: amount\n    window: 4 days'],
    values: [200, 0],
  },
  {
    kind: 'deviation',
    feed: 'bill',
    rows: [bill(1, 900), bill(2, 500), bill(7, 1)],
    factors: ['kind: deviation\n    fold: sum\n    feed: bill\n    column: total\n    window: 6 months'],
    values: [200, null],
  },
  {
    kind: 'variation',
    feed: 'usage',
    rows: [use(1, 1), use(1, 1), use(1, 2), use(1, 2)],
    factors: ['kind: variation\n    fold: count\n    feed: usage\n    window: 4 days'],
    values: [1, null],
  },
  {
    kind: 'days_over',
    feed: 'recharge',
    rows: [recharge(1, 1, 60), recharge(1, 1, 50), recharge(1, 2, 100), recharge(1, 3, 101)],
    factors: [
      'kind: days_over\n    fold: sum\n    over: 100\n    feed: recharge\n    column: amount\n    window: 30 days',
    ],
    values: [2, 0],
  },
  {
    kind: 'concentration',
    feed: 'usage',
    rows: [
      use(1, 1, { counterparty: 'x', duration_s: 50 }),
      use(1, 2, { counterparty: 'x', duration_s: 10 }),
      use(1, 2, { counterparty: 'y', duration_s: 30 }),
      use(1, 3, { counterparty: 'z', duration_s: 10 }),
      use(1, 3, { counterparty: null, duration_s: 900 }),
      use(1, 31, { counterparty: 'z', duration_s: 900 }),
    ],
    factors: [
      'kind: concentration\n    top: 2\n    feed: usage\n    by: counterparty\n    column: duration_s\n    window: 30 days',
    ],
    values: [0.9, null],
  },
  {
    kind: 'concentration',
    feed: 'recharge',
    rows: [recharge(1, 1, 5), recharge(1, 2, 5), recharge(1, 2, 5), recharge(1, 3, 5, 'agent')],
    factors: ['kind: concentration\n    spread: hhi\n    feed: recharge\n    by: way\n    window: 30 days'],
    values: [0.625, null],
  },
  ...(['new_values', 'lost_values'] as const).map(
    (kind): Case => ({
      kind,
      feed: 'usage',
      rows: [
        use(1, 1, { counterparty: 'x' }),
        use(1, 30, { counterparty: 'y' }),
        use(1, 31, { counterparty: 'y' }),
        use(1, 31, { counterparty: 'z' }),
        use(1, 60, { counterparty: 'w' }),
        use(1, 61, { counterparty: 'x' }),
      ],
      factors: [`kind: ${kind}\n    feed: usage\n    column: counterparty\n    window: 30 days`],
      values: [kind === 'new_values' ? 1 : 2, 0],
    }),
  ),
  {
    kind: 'peers',
    feed: 'recharge',
    rows: [recharge(1, 1, 300)],
    factors: [
      'kind: sum\n    feed: recharge\n    column: amount\n    window: 7 days',
      'kind: attribute\n    feed: subscriber\n    column: payment',
      'kind: peers\n    of: f0\n    by: [f1]',
    ],
    values: [null, null],
  },
  {
    kind: 'streak',
    feed: 'usage',
    rows: [use(1, 1), use(1, 2), use(1, 2), use(1, 3), use(1, 5)],
    factors: ['kind: streak\n    feed: usage\n    window: 62 days'],
    values: [3, 0],
  },
  {
    kind: 'streak',
    feed: 'usage',
    rows: [use(1, 6), use(1, 7), use(1, 20)],
    factors: ['kind: streak\n    of: silence\n    feed: usage\n    window: 14 days\n    ago: 2 days'],
    values: [3, 14],
  },
  {
    kind: 'pace',
    feed: 'recharge',
    rows: [recharge(1, 7, 3000), recharge(1, 8, 500), recharge(1, 35, 1500), recharge(1, 36, 9000)],
    factors: [
      'kind: pace\n    fold: sum\n    feed: recharge\n    column: amount\n    window: 7 days\n    against: 28 days',
    ],
    values: [3000 / 7 / (2000 / 28), null],
  },
  {
    kind: 'pace',
    feed: 'bill',
    rows: [bill(1, 900), bill(2, 700), bill(4, 200)],
    factors: [
      'kind: pace\n    fold: sum\n    feed: bill\n    column: total\n    window: 1 month\n    against: 6 months',
    ],
    values: [2, null],
  },
  {
    kind: 'seasonal',
    feed: 'bill',
    rows: [bill(1, 900), bill(13, 600), bill(2, 100), bill(12, 100)],
    factors: ['kind: seasonal\n    feed: bill\n    column: total\n    window: 1 month'],
    values: [1.5, null],
  },
]
