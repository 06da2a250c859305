import { ago, bill, type Case, recharge, use } from './kind-rows.fixture.ts'

const recharges = [
  recharge(1, 1, 3000),
  recharge(1, 7, 5000, 'agent'),
  recharge(1, 8, 1000),
  recharge(1, 30, 2000),
  recharge(1, 31, 9900),
]
export const cases: readonly Case[] = [
  {
    kind: 'count',
    feed: 'recharge',
    rows: recharges,
    factors: ['kind: count\n    feed: recharge\n    window: 7 days'],
    values: [2, 0],
  },
  {
    kind: 'sum',
    feed: 'recharge',
    rows: recharges,
    factors: ['kind: sum\n    feed: recharge\n    column: amount\n    window: 30 days'],
    values: [11000, 0],
  },
  {
    kind: 'avg',
    feed: 'recharge',
    rows: recharges,
    factors: ['kind: avg\n    feed: recharge\n    column: amount\n    window: 8 days'],
    values: [3000, null],
  },
  {
    kind: 'min',
    feed: 'recharge',
    rows: recharges,
    factors: ['kind: min\n    feed: recharge\n    column: amount\n    window: 30 days'],
    values: [1000, null],
  },
  {
    kind: 'max',
    feed: 'recharge',
    rows: recharges,
    factors: ['kind: max\n    feed: recharge\n    column: amount\n    window: 30 days'],
    values: [5000, null],
  },
  {
    kind: 'last',
    feed: 'recharge',
    rows: [
      recharge(1, 2, 10, 'app', '08'),
      recharge(1, 2, 30, 'app', '07'),
      recharge(1, 2, 20, 'card', '08'),
    ],
    factors: ['kind: last\n    feed: recharge\n    column: amount\n    window: 30 days'],
    values: [20, null],
  },
  {
    kind: 'last_day',
    feed: 'recharge',
    rows: recharges.slice(2),
    factors: ['kind: last_day\n    feed: recharge\n    window: 30 days'],
    values: [ago(8), null],
  },
  {
    kind: 'distinct',
    feed: 'usage',
    rows: [
      use(1, 1),
      use(1, 2),
      use(1, 3, { counterparty: 'y' }),
      use(1, 40, { counterparty: 'z' }),
      use(1, 2, { counterparty: null }),
    ],
    factors: ['kind: distinct\n    feed: usage\n    column: counterparty\n    window: 30 days'],
    values: [2, 0],
  },
  {
    kind: 'most',
    feed: 'usage',
    rows: [use(1, 1, { cell_id: 'c1' }), use(1, 2, { cell_id: 'c2' }), use(1, 3, { cell_id: null })],
    factors: ['kind: most\n    feed: usage\n    column: cell_id\n    window: 30 days'],
    values: ['c2', null],
  },
  {
    kind: 'lookup',
    feed: 'usage',
    rows: [use(1, 1, { cell_id: 'c2' })],
    factors: [
      'kind: most\n    feed: usage\n    column: cell_id\n    window: 30 days',
      'kind: lookup\n    of: f0\n    feed: cell\n    column: area',
    ],
    values: ['rural', null],
  },
  {
    kind: 'active_days',
    feed: 'usage',
    rows: [use(1, 1), use(1, 1), use(1, 30), use(1, 31)],
    factors: ['kind: active_days\n    feed: usage\n    window: 30 days'],
    values: [2, 0],
  },
  {
    kind: 'silent_days',
    feed: 'usage',
    rows: [use(1, 1), use(1, 9), use(1, 10)],
    factors: ['kind: silent_days\n    feed: usage\n    window: 14 days'],
    values: [7, 14],
  },
  {
    kind: 'share',
    feed: 'recharge',
    rows: recharges,
    factors: [
      'kind: share\n    feed: recharge\n    column: amount\n    part: way is agent\n    window: 7 days',
    ],
    values: [5000 / 8000, null],
  },
  {
    kind: 'change',
    feed: 'recharge',
    rows: recharges,
    factors: ['kind: change\n    fold: sum\n    feed: recharge\n    column: amount\n    window: 7 days'],
    values: [(8000 - 1000) / 1000, null],
  },
  {
    kind: 'trend',
    feed: 'bill',
    rows: [bill(1, 900), bill(2, 700), bill(4, 300)],
    factors: ['kind: trend\n    feed: bill\n    column: total\n    window: 6 months'],
    values: [200, null],
  },
  {
    kind: 'score',
    feed: 'score',
    rows: [
      { sub: 1, day: ago(3), model: 'm', scored_on: ago(3), score: 0.25 },
      { sub: 1, day: ago(9), model: 'm', scored_on: ago(9), score: 0.75 },
      { sub: 1, day: ago(1), model: 'n', scored_on: ago(1), score: 0.5 },
    ],
    factors: ['kind: score\n    feed: score\n    column: score\n    model: m\n    window: 45 days'],
    values: [0.25, null],
  },
  {
    kind: 'attribute',
    factors: ['kind: attribute\n    feed: subscriber\n    column: plan_id.monthly_fee'],
    values: [5800, null],
  },
  { kind: 'calendar', factors: ['kind: calendar\n    fact: days_to_month_end'], values: [29, 29] },
  ...(['days_since', 'days_until', 'months_since', 'days_to_anniversary'] as const).map((kind, i): Case => {
    const value = [92, -92, 3, 273][i]
    return {
      kind,
      factors: ['kind: attribute\n    feed: subscriber\n    column: joined_on', `kind: ${kind}\n    of: f0`],
      values: [value, value],
    }
  }),
  {
    kind: 'ratio',
    feed: 'recharge',
    rows: recharges,
    factors: [
      'kind: sum\n    feed: recharge\n    column: amount\n    window: 7 days',
      'kind: count\n    feed: recharge\n    window: 7 days',
      'kind: ratio\n    over: f0\n    under: f1',
    ],
    values: [4000, null],
  },
  {
    kind: 'band',
    feed: 'recharge',
    rows: recharges,
    factors: [
      'kind: max\n    feed: recharge\n    column: amount\n    window: 7 days',
      'kind: band\n    of: f0\n    bands: [{ is: high, from: 5000, en: high, zh: 高 }, { is: low, en: low, zh: 低 }]',
    ],
    values: ['high', null],
  },
  {
    kind: 'expression',
    factors: [
      'kind: attribute\n    feed: subscriber\n    column: status',
      'kind: expression\n    formula: "if(f0 = \'grace\' or f0 is missing, 7, missing)"',
    ],
    values: [null, 7],
  },
]
