import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type FeedId, feeds } from '#ingest'
import { addDays, type DaySpan, type PlainDate, plainDate } from '#kernel'
import {
  openWarehouse,
  parquet,
  pieceFiles,
  pieces,
  type Row,
  type Shelf,
  sql,
  type Warehouse,
  writeParquet,
} from '#warehouse'
import { closure, type FactorCatalogue, readFactors } from './catalogue.ts'
import { lastRestatement, restateFactors } from './restate.ts'
import { type FactorsOptions, runFactors } from './run.ts'
import { dice, randomRows, shelve, shelveKeys } from './shelf.fixture.ts'
import { factorTable } from './table.ts'

const first = plainDate('2026-02-26')
const catalogueFolder = path.join(import.meta.dirname, '../../catalogue/factors')
const everything: FactorsOptions = { rowsKeptMin: 0 }
let folder: string
let warehouse: Warehouse
let catalogue: FactorCatalogue

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'weiwan-slide-'))
  warehouse = await openWarehouse({ memoryMiBMax: 1024, threads: 2, spillFolder: path.join(folder, 'spill') })
  catalogue = await readFactors(catalogueFolder)
})
afterEach(async () => {
  warehouse.close()
  await rm(folder, { recursive: true, force: true })
})

async function deliver(shelf: Shelf, id: FeedId, span: DaySpan, seed: number, version = 1): Promise<void> {
  const feed = feeds.find(f => f.id === id)
  if (feed === undefined) throw new Error(`no feed ${id}`)
  await shelve(warehouse, shelf, id, span, randomRows(dice(seed), feed, span, 30), version)
}

async function shelfOfHistory(): Promise<Shelf> {
  const shelf = { root: path.join(folder, 'shelf') }
  const history = { from: addDays(first, -400), to: first }
  await shelveKeys(warehouse, shelf, 30, history.from)
  for (const [i, feed] of feeds.entries()) await deliver(shelf, feed.id, history, 100 + i)
  return shelf
}

/** What the morning learns: yesterday of every feed; months were delivered with the history. */
async function deliverDay(shelf: Shelf, asOf: PlainDate, seed: number): Promise<void> {
  for (const [i, feed] of feeds.entries()) {
    if (feed.kind !== 'month') await deliver(shelf, feed.id, { from: addDays(asOf, -1), to: asOf }, seed + i)
  }
}

/** The morning's table with sums folded from every row, and as it was brought forward. */
async function bothWays(shelf: Shelf, asOf: PlainDate, options = everything) {
  const run = await runFactors(warehouse, { shelf }, catalogue, asOf, options)
  const slid = await rowsOf(shelf, asOf)
  const apart = { root: path.join(folder, `fresh-${asOf}-${Math.random()}`) }
  for (const dataset of ['feed', 'key'])
    await cp(path.join(shelf.root, dataset), path.join(apart.root, dataset), { recursive: true })
  await runFactors(warehouse, { shelf: apart }, catalogue, asOf, { incremental: false })
  return { run, slid, fresh: await rowsOf(apart, asOf) }
}

async function rowsOf(shelf: Shelf, asOf: PlainDate, knownBy?: PlainDate): Promise<Row[]> {
  const table = await factorTable(shelf, asOf, knownBy)
  return await warehouse.rows(sql`SELECT * FROM ${table ?? sql`none`} ORDER BY sub`)
}

test('tables brought forward from morning to morning are those folded from all rows', async () => {
  const shelf = await shelfOfHistory()
  await runFactors(warehouse, { shelf }, catalogue, first, everything)
  for (let n = 1; n <= 3; n++) {
    const asOf = addDays(first, n)
    await deliverDay(shelf, asOf, 1000 * n)
    const { run, slid, fresh } = await bothWays(shelf, asOf)
    expect(slid).toEqual(fresh)
    expect(new Set(Object.values(run.tables))).toContain('slid')
    expect(run.tables['usage_voice']).toBe('slid')
  }
})

test('a day that came late or was corrected is taken in, and what it replaced is taken back', async () => {
  const shelf = await shelfOfHistory()
  for (let n = 0; n <= 1; n++) {
    if (n > 0) await deliverDay(shelf, addDays(first, n), 1000)
    await runFactors(warehouse, { shelf }, catalogue, addDays(first, n), everything)
  }
  const asOf = addDays(first, 4)
  await deliver(shelf, 'usage', { from: addDays(asOf, -1), to: asOf }, 7)
  await deliver(shelf, 'usage', { from: addDays(asOf, -3), to: addDays(asOf, -2) }, 8)
  await deliver(shelf, 'usage', { from: addDays(asOf, -20), to: addDays(asOf, -19) }, 9, 2)
  await deliver(shelf, 'balance', { from: addDays(asOf, -12), to: addDays(asOf, -11) }, 10, 2)
  const { run, slid, fresh } = await bothWays(shelf, asOf)
  expect(slid).toEqual(fresh)
  expect(run).toMatchObject({
    daysFolded: 3,
    tables: { usage_counterparty: 'slid', recharge: 'slid', balance: 'folded' },
  })
})

test('in ranges of subscribers the table is the same, in several files', async () => {
  const shelf = await shelfOfHistory()
  await runFactors(warehouse, { shelf }, catalogue, first, { ...everything, batchMax: 8 })
  await deliverDay(shelf, addDays(first, 1), 1000)
  const { slid, fresh } = await bothWays(shelf, addDays(first, 1), { ...everything, batchMax: 8 })
  expect(slid).toEqual(fresh)
})

test('what was brought forward wrongly is found on the day of the check and folded again', async () => {
  const shelf = await shelfOfHistory()
  await runFactors(warehouse, { shelf }, catalogue, first, everything)
  const [piece] = await pieces(shelf, 'carried/recharge')
  if (piece === undefined) throw new Error('no carried recharges')
  const [file] = pieceFiles(shelf, piece)
  const spoilt = sql`SELECT * REPLACE (count_d90 + 1 AS count_d90) FROM ${parquet([file ?? ''])}`
  await warehouse.run(sql`CREATE TEMP TABLE spoilt AS ${spoilt}`)
  await writeParquet(warehouse, sql`SELECT * FROM spoilt`, file ?? '', [])
  await deliverDay(shelf, addDays(first, 1), 1000)
  const { run, slid, fresh } = await bothWays(shelf, addDays(first, 1), { ...everything, checks: true })
  expect(slid).toEqual(fresh)
  expect(run.tables).toMatchObject({ recharge: 'fell-back', usage_voice: 'slid' })
})

test('a morning is there as it was known then and as it is known now', async () => {
  const shelf = await shelfOfHistory()
  await runFactors(warehouse, { shelf }, catalogue, first)
  const then = await rowsOf(shelf, first)
  await deliver(shelf, 'recharge', { from: addDays(first, -3), to: addDays(first, 2) }, 77, 2)
  await runFactors(warehouse, { shelf }, catalogue, first)
  expect(await rowsOf(shelf, first)).not.toEqual(then)
  expect(await rowsOf(shelf, first, first)).toEqual(then)
  const apart = { root: path.join(folder, 'apart') }
  for (const dataset of ['feed', 'key'])
    await cp(path.join(shelf.root, dataset), path.join(apart.root, dataset), { recursive: true })
  await runFactors(warehouse, { shelf: apart }, catalogue, first)
  await runFactors(warehouse, { shelf: apart, learnedBy: first }, catalogue, first)
  expect(await rowsOf(apart, first)).toEqual(await rowsOf(shelf, first))
  expect(await rowsOf(apart, first, first)).toEqual(then)
})

test('for a new factor only what is new in it is folded back, and what is there goes on', async () => {
  const shelf = await shelfOfHistory()
  // Nothing else folds what comes of forwarded calls.
  const missing = closure(['forwarded_calls_30d'], id =>
    catalogue.factors.filter(f => f.needs.includes(id)).map(f => f.id),
  )
  const without = { ...catalogue, columns: catalogue.columns.filter(c => !missing.has(c.id)) }
  await runFactors(warehouse, { shelf }, without, first, everything)
  const before = await pieces(shelf, 'partial/usage_voice')
  await deliverDay(shelf, addDays(first, 1), 1000)
  const both = await bothWays(shelf, addDays(first, 1))
  expect(both.slid).toEqual(both.fresh)
  const after = await pieces(shelf, 'partial/usage_voice')
  expect(after.slice(0, before.length)).toEqual(before)
  expect(after.slice(before.length).map(p => p.span)).toEqual([{ from: first, to: addDays(first, 1) }])
  expect((await pieces(shelf, 'partial/usage_voice_2')).length).toBeGreaterThan(0)
  expect(both.run.tables).toMatchObject({ usage_voice: 'slid', usage_voice_from_usage_voice_2: 'folded' })
})

test('what came late restates yesterday, and says for how many subscribers which factors differ', async () => {
  const shelf = await shelfOfHistory()
  await runFactors(warehouse, { shelf }, catalogue, first)
  expect(await restateFactors(warehouse, { shelf }, catalogue, first)).toBeUndefined()
  const then = await rowsOf(shelf, first)
  await deliver(shelf, 'recharge', { from: addDays(first, -3), to: addDays(first, 2) }, 77, 2)
  const restated = await restateFactors(warehouse, { shelf }, catalogue, first)
  const now = await rowsOf(shelf, first)
  const differs = (id: string) => then.filter((row, i) => row[id] !== now[i]?.[id]).length
  expect(restated?.factors.find(f => f.id === 'recharge_count_30d')?.subscribers).toBe(
    differs('recharge_count_30d'),
  )
  expect(differs('recharge_count_30d')).toBeGreaterThan(0)
  expect(restated?.factors.map(f => f.id)).not.toContain('plan')
  // Asked again, nothing new was learned, and what differed can still be told.
  expect(await restateFactors(warehouse, { shelf }, catalogue, first)).toBeUndefined()
  expect(await lastRestatement(warehouse, { shelf }, first)).toEqual(restated)
  expect(restated?.subscribers).toBe(
    then.filter((row, i) => JSON.stringify(row) !== JSON.stringify(now[i])).length,
  )
})
