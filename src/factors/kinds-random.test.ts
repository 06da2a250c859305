import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { feeds } from '#ingest'
import { addDays, plainDate } from '#kernel'
import { openWarehouse, type Row, sql } from '#warehouse'
import { compileFactors } from './catalogue.ts'
import { monthEndOf } from './morning.ts'
import { runFactors } from './run.ts'
import { dice, type FeedRow, randomRows, shelve, shelveKeys } from './shelf.fixture.ts'
import { slowFactors } from './slow.fixture.ts'
import { factorTable } from './table.ts'

const bodies: readonly string[] = [
  ...['hour(started_at) >= 22', 'hour(started_at) < 7', 'weekday(day) in (6, 7)'].flatMap(where =>
    ['7 days', '30 days'].map(
      window => `{ kind: sum, feed: usage, column: fee, where: "${where}", window: ${window} }`,
    ),
  ),
  '{ kind: share, feed: usage, part: "weekday(started_at) <= 5 and hour(started_at) in (9, 10)", window: 30 days }',
  '{ kind: count, feed: recharge, where: weekday(subscriber_id.joined_on) is 7, window: 30 days }',
  '{ kind: pace, fold: sum, feed: usage, column: duration_s, window: 7 days, against: 28 days }',
  '{ kind: pace, fold: count, feed: recharge, window: 14 days, ago: 1 days, against: 45 days }',
  '{ kind: pace, fold: sum, feed: monthly_summary, column: voice_on_net_min, window: 1 month, against: 6 months }',
  '{ kind: seasonal, feed: monthly_summary, column: revenue, window: 1 month }',
  '{ kind: seasonal, feed: bill, column: total, window: 3 months }',
  ...['62 days', '30 days', '7 days, ago: 1 days'].flatMap(window =>
    ['rows', 'silence'].map(
      of => `{ kind: streak, of: ${of}, feed: usage, where: kind is data, window: ${window} }`,
    ),
  ),
  '{ kind: streak, feed: balance, where: balance < 1000, window: 30 days }',
  ...['usage', 'recharge', 'balance'].flatMap(feed =>
    ['30 days', '60 days', '20 days, ago: 3 days'].flatMap(window => [
      `{ kind: gap, feed: ${feed}, window: ${window} }`,
      `{ kind: first_day, feed: ${feed}, window: ${window} }`,
      ...['peak', 'deviation', 'variation', 'days_over, over: 1'].map(
        kind => `{ kind: ${kind}, fold: count, feed: ${feed}, window: ${window} }`,
      ),
    ]),
  ),
  ...[
    ['usage', 'duration_s, where: kind is voice'],
    ['usage', 'volume_kib'],
    ['recharge', 'amount'],
    ['balance', 'balance'],
    ['daily_usage', 'fee'],
    ['score', 'score'],
  ].flatMap(([feed = '', column = '']) =>
    ['peak', 'deviation', 'variation', 'days_over, over: 900'].flatMap(kind =>
      ['7 days', '45 days'].map(
        window => `{ kind: ${kind}, fold: sum, feed: ${feed}, column: ${column}, window: ${window} }`,
      ),
    ),
  ),
  ...['deviation', 'variation'].flatMap(kind => [
    `{ kind: ${kind}, fold: sum, feed: bill, column: total, window: 6 months }`,
    `{ kind: ${kind}, fold: sum, feed: monthly_summary, column: voice_on_net_min, window: 12 months }`,
  ]),
  ...['fault', 'contract', 'subscription'].flatMap(feed => {
    const by = { fault: 'reported_on', contract: 'starts_on', subscription: 'ordered_on' }[feed]
    return ['first_day', 'last_day'].flatMap(kind => [
      `{ kind: ${kind}, feed: ${feed}, by: ${by}, window: 365 days }`,
      `{ kind: ${kind}, feed: ${feed}, by: ${by} }`,
    ])
  }),
  ...['top: 1', 'top: 3', 'spread: hhi'].flatMap(of =>
    ['window: 30 days', 'window: 7 days, ago: 7 days'].flatMap(window => [
      `{ kind: concentration, ${of}, feed: usage, by: counterparty, ${window} }`,
      `{ kind: concentration, ${of}, feed: usage, by: cell_id@cell.area, column: duration_s, ${window} }`,
      `{ kind: concentration, ${of}, feed: recharge, by: way, column: amount, ${window} }`,
      `{ kind: concentration, ${of}, feed: score, by: model, column: score, ${window} }`,
    ]),
  ),
  ...['new_values', 'lost_values'].flatMap(kind =>
    ['window: 30 days', 'window: 7 days', 'window: 20 days, ago: 5 days'].flatMap(window => [
      `{ kind: ${kind}, feed: usage, column: counterparty, ${window} }`,
      `{ kind: ${kind}, feed: usage, column: cell_id, where: kind is data, ${window} }`,
      `{ kind: ${kind}, feed: recharge, column: way, ${window} }`,
    ]),
  ),
  ...['gap', 'first_day', 'last_day', 'active_days', 'peak, fold: count'].map(
    kind => `{ kind: ${kind}, feed: usage, where: roaming is abroad and direction is in, window: 40 days }`,
  ),
  ...['fault', 'contract', 'subscription'].flatMap(feed => {
    const by = { fault: 'reported_on', contract: 'starts_on', subscription: 'ordered_on' }[feed]
    const column = { fault: 'kind', contract: 'kind', subscription: 'product_id' }[feed]
    return ['distinct', 'most'].map(
      kind => `{ kind: ${kind}, feed: ${feed}, column: ${column}, by: ${by}, window: 300 days }`,
    )
  }),
  '{ kind: distinct, feed: usage, column: counterparty, window: 20 days }',
  '{ kind: most, feed: usage, column: counterparty, window: 20 days }',
]

const words = '{ zh: 字, en: word }'
const catalogue = compileFactors([
  {
    file: 'random.yaml',
    text: `subject: ${words}\nowner: retention\nfactors:\n${bodies
      .map((b, i) => `  - { id: f${i}, title: ${words}, means: ${words}, version: 1, ${b.slice(1)}\n`)
      .join('')}`,
  },
])

/** A morning after a month's end, a leap day, a year's end, and some others. */
const mornings = ['2026-03-01', '2024-02-29', '2024-03-01', '2026-01-01', '2026-07-31', '2026-11-22']
const subscribers = 5

test('on random rows every kind is what the slow way makes it: folded, brought forward two days, and from raw rows', async () => {
  expect(catalogue.faults).toEqual([])
  const folder = await mkdtemp(path.join(tmpdir(), 'weiwan-kinds-random-'))
  const limits = { memoryMiBMax: 1024, threads: 2, spillFolder: path.join(folder, 'spill') }
  const warehouse = await openWarehouse(limits)
  const needed = feeds.filter(
    f => f.id === 'subscriber' || catalogue.factors.some(x => x.feeds.includes(f.id)),
  )
  const oneWorld = async (seed: number, morning: string) => {
    const roll = dice(seed)
    const asOf = plainDate(morning)
    const shelf = { root: await mkdtemp(path.join(folder, 'shelf-')) }
    const span = { from: addDays(asOf, -800), to: asOf }
    const recent = { from: addDays(asOf, -75), to: asOf }
    await shelveKeys(warehouse, shelf, subscribers, addDays(asOf, -1))
    const rows = new Map<(typeof feeds)[number]['id'], FeedRow[]>()
    for (const feed of needed) {
      const dense = feed.kind === 'event' || feed.kind === 'day' ? recent : span
      const made = Array.from({ length: 3 }, () => randomRows(roll, feed, dense, subscribers))
      rows.set(feed.id, feed.kind === 'event' ? made.flat() : (made[0] ?? []))
      await shelve(warehouse, shelf, feed.id, span, rows.get(feed.id) ?? [])
    }
    const nights = [
      { day: addDays(asOf, -2), incremental: true },
      { day: asOf, incremental: true },
      { day: asOf, incremental: false },
    ]
    for (const { day, incremental } of nights) {
      const seen = [...rows].map(([id, all]) => [id, all.filter(r => String(r['day']) < day)] as const)
      const expected = slowFactors(catalogue, { asOf: day, monthEnd: monthEndOf(day), feeds: new Map(seen) })
      await runFactors(warehouse, { shelf }, catalogue, day, { incremental })
      const table = await factorTable(shelf, day)
      const found = await warehouse.rows<Row>(sql`SELECT * FROM ${table ?? sql`none`} ORDER BY sub`)
      expect(found.map(rounded)).toEqual(expected.map(rounded))
    }
  }
  try {
    const anyWorld = fc.asyncProperty(
      fc.integer({ min: 1, max: 1e9 }),
      fc.constantFrom(...mornings),
      oneWorld,
    )
    await fc.assert(anyWorld, { numRuns: 3, endOnFailure: true })
  } finally {
    warehouse.close()
    await rm(folder, { recursive: true, force: true })
  }
}, 240_000)

function rounded(row: Row): Row {
  const cells = Object.entries(row).map(([name, cell]) => [
    name,
    typeof cell === 'number' && !Number.isInteger(cell) ? Number(cell.toPrecision(9)) : cell,
  ])
  return Object.fromEntries(cells)
}
