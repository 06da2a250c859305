import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { feedRows, feeds } from '#ingest'
import { addDays, addMonths, plainDate } from '#kernel'
import { dateOf, ident, openWarehouse, type Row, sql, type Warehouse } from '#warehouse'
import { compileFactors, type FactorCatalogue, readFactors } from './catalogue.ts'
import { monthEndOf } from './morning.ts'
import { bucket } from './passes/bucket.ts'
import { cluster } from './passes/cluster.ts'
import { naive } from './passes/naive.ts'
import { partials } from './passes/partials.ts'
import type { Plan, Table } from './plan.ts'
import { printPeers } from './print-peers.ts'
import { printTable } from './print-table.ts'
import { printSubscribers, printWide } from './print-wide.ts'
import { testText } from './rows.ts'
import { dice, randomRows, shelve } from './shelf.fixture.ts'
import { type Spelling, symbolic } from './spelling.ts'

const entry = (id: string, body: string) =>
  `  - id: ${id}\n    title: { zh: 题, en: t }\n    means: { zh: 义, en: m }\n    ${body.split('; ').join('\n    ')}\n    version: 1\n`

function catalogueOf(factors: readonly (readonly [string, string])[]): FactorCatalogue {
  const entries = factors.map(([id, body]) => entry(id, body)).join('')
  const text = `subject: { zh: 测试, en: test }\nowner: retention\nfactors:\n${entries}`
  const made = compileFactors([{ file: 'passes.yaml', text }])
  expect(made.faults).toEqual([])
  return made
}

const catalogue = compileFactors([
  {
    file: 'passes.yaml',
    text: `subject: { zh: 测试, en: test }\nowner: retention\nfactors:\n${[
      entry('calls_7', 'kind: count; feed: usage; where: kind is voice; window: 7 days'),
      entry('calls_30', 'kind: count; feed: usage; where: kind is voice; window: 30 days'),
      entry(
        'made_30',
        'kind: sum; feed: usage; column: duration_s; where: kind is voice and direction is out; window: 30 days',
      ),
      entry(
        'time_60',
        'kind: sum; feed: usage; column: duration_s; where: kind is voice; window: 30 days; ago: 30 days',
      ),
      entry('time_30', 'kind: sum; feed: usage; column: duration_s; where: kind is voice; window: 30 days'),
      entry('data_30', 'kind: sum; feed: usage; column: volume_kib; where: kind is data; window: 30 days'),
      entry('people', 'kind: distinct; feed: usage; column: counterparty; window: 30 days'),
      entry('paid', 'kind: sum; feed: recharge; column: amount; window: 30 days'),
      entry('last_paid', 'kind: last_day; feed: recharge; window: 90 days'),
    ].join('')}`,
  },
])

const shape = (t: Table) => ({
  name: t.name,
  shape: t.shape,
  where: t.where.map(testText),
  cuts: t.cuts,
  bases: t.bases.map(b => b.name),
  outputs: t.outputs.map(o => `${o.name} of ${o.base}`),
})

test('naive: every measure is a table of its own', () => {
  const plan = naive(catalogue.columns, 'subscriber')
  expect(plan.tables).toHaveLength(9)
  expect(plan.tables.every(t => t.bases.length === 1 && t.outputs.length === 1)).toBe(true)
})

test('cluster: dense feeds are read once per kind, the others once; measures that differ in window only share a base', () => {
  const plan = cluster(naive(catalogue.columns, 'subscriber'))
  expect(plan.tables.map(shape)).toEqual([
    {
      name: 'usage_voice',
      shape: 'direct',
      where: ['kind = "voice"'],
      cuts: [],
      bases: ['count', 'sum_duration_s_out', 'sum_duration_s'],
      outputs: [
        'count_d7 of count',
        'count_d30 of count',
        'sum_duration_s_out_d30 of sum_duration_s_out',
        'sum_duration_s_d60_30 of sum_duration_s',
        'sum_duration_s_d30 of sum_duration_s',
      ],
    },
    {
      name: 'usage_data',
      shape: 'direct',
      where: ['kind = "data"'],
      cuts: [],
      bases: ['sum_volume_kib'],
      outputs: ['sum_volume_kib_d30 of sum_volume_kib'],
    },
    {
      name: 'usage_counterparty',
      shape: 'values',
      where: ['counterparty known'],
      cuts: [30],
      bases: ['distinct'],
      outputs: ['distinct_d30 of distinct'],
    },
    {
      name: 'recharge',
      shape: 'direct',
      where: [],
      cuts: [],
      bases: ['sum_amount', 'last_day'],
      outputs: ['sum_amount_d30 of sum_amount', 'last_day_d90 of last_day'],
    },
  ])
})

test('bucket: time is cut at the edges of the windows where several windows share several bases, and only there', () => {
  const plan = bucket(cluster(naive(catalogue.columns, 'subscriber')))
  expect(plan.tables.map(t => [t.name, t.shape, t.cuts])).toEqual([
    ['usage_voice', 'buckets', [7, 30, 60]],
    ['usage_data', 'direct', []],
    ['usage_counterparty', 'values', [30]],
    ['recharge', 'direct', []],
  ])
})

test('partials: dense feeds are kept per day, and their tables read what was kept', () => {
  const plan = partials(bucket(cluster(naive(catalogue.columns, 'subscriber'))))
  expect(plan.partials.map(p => [p.name, p.where.map(testText), p.bases.map(b => b.name)])).toEqual([
    ['usage_voice', ['kind = "voice"'], ['count', 'sum_duration_s_out', 'sum_duration_s']],
    ['usage_data', ['kind = "data"'], ['sum_volume_kib']],
    ['usage_counterparty', ['counterparty known'], []],
  ])
  expect(plan.tables.map(t => t.reads.from)).toEqual(['partial', 'partial', 'partial', 'rows'])
})

test('what looks at a day’s rows together is folded apart, and shares the day partial of the rows it reads', () => {
  const daily = catalogueOf([
    ['made_30', 'kind: sum; feed: usage; column: duration_s; where: kind is voice; window: 30 days'],
    ['sent_30', 'kind: count; feed: usage; where: kind is sms; window: 30 days'],
    [
      'peak_30',
      'kind: peak; fold: sum; feed: usage; column: duration_s; where: kind is voice; window: 30 days',
    ],
    [
      'out_over',
      'kind: days_over; fold: count; over: 9; feed: usage; where: kind is voice and direction is out; window: 30 days',
    ],
  ])
  const plan = partials(bucket(cluster(naive(daily.columns, 'subscriber'))))
  expect(plan.tables.map(t => [t.name, t.shape, t.reads, t.bases.map(b => b.stored)])).toEqual([
    ['usage_voice', 'direct', { from: 'partial', partial: 'usage_voice' }, ['sum_duration_s']],
    ['usage_sms', 'direct', { from: 'partial', partial: 'usage_sms' }, ['count']],
    [
      'usage_days_voice',
      'days',
      { from: 'partial', partial: 'usage_voice' },
      ['sum_duration_s', 'total_days_over_9_out'],
    ],
  ])
  expect(plan.partials.map(p => [p.name, p.bases.map(b => b.name)])).toEqual([
    ['usage_voice', ['sum_duration_s', 'total_days_over_9_out']],
    ['usage_sms', ['count']],
  ])
})

test('every pass leaves a whole plan that gives the same rows', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'weiwan-passes-'))
  const warehouse = await openWarehouse({
    memoryMiBMax: 3072,
    threads: 2,
    spillFolder: path.join(folder, 'spill'),
  })
  try {
    const asOf = plainDate('2026-03-02')
    const span = { from: addDays(asOf, -400), to: asOf }
    const roll = dice(11)
    for (const feed of feeds)
      await shelve(warehouse, { root: folder }, feed.id, span, randomRows(roll, feed, span, 6))
    for (const { id } of feeds) {
      const rows = await feedRows({ shelf: { root: folder } }, id, span)
      await warehouse.run(sql`CREATE TEMP VIEW ${ident(id)} AS SELECT * FROM ${rows ?? sql`none`}`)
    }
    const all = await readFactors(path.join(import.meta.dirname, '../../catalogue/factors'))
    const columns = [...all.columns, ...everyFoldInBuckets.columns]
    const spelling: Spelling = {
      ...symbolic,
      day: n => dateOf(addDays(asOf, -n)),
      month: n => dateOf(addMonths(monthEndOf(asOf), -n)),
      keys: sql`(SELECT DISTINCT sub, subscriber_id FROM subscriber)`,
    }
    const plain = naive(columns, 'subscriber')
    const expected = await rowsOf(warehouse, plain, spelling)
    expect(expected.length).toBeGreaterThan(2)
    expect(everyFoldInBuckets.faults).toEqual([])
    expect(await rowsOf(warehouse, cluster(plain), spelling)).toEqual(expected)
    expect(await rowsOf(warehouse, bucket(plain), spelling)).toEqual(expected)
    expect(await rowsOf(warehouse, bucket(cluster(plain)), spelling)).toEqual(expected)
  } finally {
    warehouse.close()
    await rm(folder, { recursive: true, force: true })
  }
}, 240_000)

/** Every fold that buckets can hold, over windows that share them. */
const everyFoldInBuckets = compileFactors([
  {
    file: 'folds.yaml',
    text: `subject: { zh: 测试, en: test }\nowner: retention\nfactors:\n${(
      ['count', 'sum', 'min', 'max', 'last', 'last_day', 'active_days', 'silent_days'] as const
    )
      .flatMap(kind =>
        ['window: 7 days', 'window: 30 days', 'window: 20 days; ago: 30 days'].map((window, i) => {
          const column = ['sum', 'min', 'max', 'last'].includes(kind) ? '; column: fee' : ''
          return entry(`all_${kind}_${i}`, `kind: ${kind}; feed: usage${column}; ${window}`)
        }),
      )
      .join('')}`,
  },
])

async function rowsOf(warehouse: Warehouse, plan: Plan, spelling: Spelling): Promise<Row[]> {
  for (const table of plan.tables) {
    await warehouse.run(
      sql`CREATE OR REPLACE TEMP TABLE ${spelling.table(table.name)} AS ${printTable(table, spelling)}`,
    )
  }
  await warehouse.run(
    sql`CREATE OR REPLACE TEMP TABLE ${spelling.subscribers} AS ${printSubscribers(plan, spelling)}`,
  )
  for (const peers of plan.peers) {
    const means = printPeers(plan, peers, spelling)
    await warehouse.run(sql`CREATE OR REPLACE TEMP TABLE ${spelling.peers(peers.name)} AS ${means}`)
  }
  return await warehouse.rows(sql`SELECT * FROM (${printWide(plan, spelling)}) ORDER BY sub`)
}
