import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FeedId } from '#ingest'
import { addDays, type DaySpan, type PlainDate, plainDate } from '#kernel'
import { openWarehouse, type Shelf, sql, type Warehouse } from '#warehouse'
import { compileFactors } from './catalogue.ts'
import { explainFactor } from './explain.ts'
import { kindNames } from './kinds.ts'
import { runFactors } from './run.ts'
import { type FeedRow, shelve, shelveKeys } from './shelf.fixture.ts'
import { factorTable } from './table.ts'

let folder: string
let shelf: Shelf
let warehouse: Warehouse

const asOf = plainDate('2026-03-02')
const ago = (days: number): PlainDate => addDays(asOf, -days)
const past: DaySpan = { from: ago(400), to: asOf }

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'weiwan-kinds-'))
  shelf = { root: path.join(folder, 'warehouse') }
  warehouse = await openWarehouse({ memoryMiBMax: 512, threads: 2, spillFolder: path.join(folder, 'spill') })
  await shelveKeys(warehouse, shelf, 3, ago(1))
  await put('subscriber', [subscriber(1, { plan_id: 'p1' }), subscriber(2, { status: 'grace' })])
  await put('plan', [
    {
      day: past.from,
      plan_id: 'p1',
      name: 'one',
      monthly_fee: 5800,
      voice_min: 0,
      sms_count: 0,
      data_kib: 0,
      on_sale: true,
    },
  ])
  await put('cell', [{ day: past.from, cell_id: 'c2', grid_id: 'g', area: 'rural' }])
})
afterEach(async () => {
  warehouse.close()
  await rm(folder, { recursive: true, force: true })
})

function put(id: FeedId, rows: readonly FeedRow[]): Promise<void> {
  return shelve(warehouse, shelf, id, past, rows)
}

function subscriber(sub: number, more: FeedRow): FeedRow {
  const day = past.from
  return {
    sub,
    day,
    subscriber_id: `u${sub}`,
    joined_on: '2025-11-30',
    status: 'active',
    status_since: ago(4),
    payment: 'prepaid',
    ...more,
  }
}

const recharge = (sub: number, days: number, amount: number, way = 'app', hour = '09'): FeedRow => {
  return {
    sub,
    day: ago(days),
    recharge_id: `${sub} ${days} ${amount}`,
    paid_at: `${ago(days)} ${hour}:00:00`,
    amount,
    way,
  }
}
const use = (sub: number, days: number, more: FeedRow = {}): FeedRow => {
  const day = ago(days)
  return {
    sub,
    day,
    started_at: `${day} 10:00:00`,
    kind: 'voice',
    direction: 'out',
    counterparty: 'x',
    counterparty_carrier: 'own',
    roaming: 'home',
    duration_s: 60,
    fee: 0,
    ...more,
  }
}

interface Case {
  readonly kind: string
  readonly factors: readonly string[]
  readonly feed?: FeedId
  readonly rows?: readonly FeedRow[]
  /** The value of subscriber 1, who has rows, and of subscriber 2, who has none. */
  readonly values: readonly [unknown, unknown]
}

const recharges = [
  recharge(1, 1, 3000),
  recharge(1, 7, 5000, 'agent'),
  recharge(1, 8, 1000),
  recharge(1, 30, 2000),
  recharge(1, 31, 9900),
]
const bill = (months: number, total: number): FeedRow => {
  const month =
    ['2026-02-01', '2026-01-01', '2025-12-01', '2025-11-01', '2025-10-01', '2025-09-01'][months - 1] ?? ''
  const next =
    ['2026-03-01', '2026-02-01', '2026-01-01', '2025-12-01', '2025-11-01', '2025-10-01'][months - 1] ?? ''
  return {
    sub: 1,
    day: next,
    month,
    total,
    plan_fee: 0,
    voice_fee: 0,
    sms_fee: 0,
    data_fee: 0,
    value_added_fee: 0,
    discount: 0,
    paid: 0,
  }
}

const cases: readonly Case[] = [
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

function catalogueOf(factors: readonly string[]) {
  const entries = factors.map(
    (f, i) =>
      `  - id: f${i}\n    title: { zh: 题, en: t }\n    means: { zh: 义, en: m }\n    ${f}\n    version: 1\n`,
  )
  const text = `subject: { zh: 测试, en: test }\nowner: retention\nfactors:\n${entries.join('')}`
  const catalogue = compileFactors([{ file: 'kinds.yaml', text }])
  expect(catalogue.faults).toEqual([])
  return catalogue
}

test.each(cases)(
  '$kind: its value by hand, of one with rows and one without',
  async ({ feed, rows, factors, values }) => {
    if (feed !== undefined && rows !== undefined) await put(feed, rows)
    const catalogue = catalogueOf(factors)
    for (const incremental of [true, false]) {
      const run = await runFactors(warehouse, { shelf }, catalogue, asOf, { incremental })
      expect(run).toMatchObject({ rows: 2, off: [] })
      const table = await factorTable(shelf, asOf)
      const found = await warehouse.rows<Record<string, unknown>>(
        sql`SELECT * FROM ${table ?? sql`none`} ORDER BY sub`,
      )
      expect(found.map(r => r[`f${factors.length - 1}`])).toEqual(values)
    }
  },
)

test.each(cases)('$kind: its SQL', ({ kind, factors }) => {
  const explained = explainFactor(catalogueOf(factors), `f${factors.length - 1}`)
  expect(explained.ok && explained.value.sql).toMatchSnapshot(kind)
})

test('every kind has its case here', () => {
  expect(cases.map(c => c.kind).toSorted()).toEqual([...kindNames].toSorted())
})
