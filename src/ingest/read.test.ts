import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addDays, type DaySpan, type PlainDate, plainDate } from '#kernel'
import {
  commitPiece,
  openWarehouse,
  pieceName,
  raw,
  type Shelf,
  sql,
  type Warehouse,
  writeParquet,
} from '#warehouse'
import type { FeedId } from './contract/feed.ts'
import { type FeedReader, feedRows, feedsDelivered, missingDays, subscriberKeys } from './read.ts'
import { feedState, foldStates } from './state.ts'

let folder: string
let shelf: Shelf
let warehouse: Warehouse
const day = (n: number): PlainDate => addDays(plainDate('2026-03-01'), n)
const days = (from: number, to: number): DaySpan => ({ from: day(from), to: day(to) })

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'weiwan-read-'))
  shelf = { root: path.join(folder, 'warehouse') }
  warehouse = await openWarehouse({ memoryMiBMax: 512, threads: 2, spillFolder: path.join(folder, 'spill') })
})
afterEach(async () => {
  warehouse.close()
  await rm(folder, { recursive: true, force: true })
})

/** Puts rows on the shelf as a load would: (sub, day number, value) for `balance`, (sub, day number, model) for `device`. */
async function shelve(
  feed: FeedId,
  span: DaySpan,
  version: number,
  rows: readonly [number, number, number][],
) {
  const file = `${pieceName(span, version)}.parquet`
  const some = rows.length === 0 ? [[0, 0, 0] as const] : rows
  const values = some.map(([sub, n, value]) => `(${sub}, DATE '${day(n)}', ${value})`).join(', ')
  const extra =
    feed === 'device'
      ? ", 'i' AS imei, '' AS brand, CAST(value AS VARCHAR) AS model, FALSE AS dual_sim, CAST(5 AS BIGINT) AS generation, day AS since, CAST(NULL AS BIGINT) AS price"
      : ', CAST(value AS BIGINT) AS balance'
  const query = raw(
    `SELECT CAST(sub AS BIGINT) AS sub, day${extra} FROM (VALUES ${values}) AS t(sub, day, value) WHERE ${rows.length > 0}`,
  )
  const dataset = `feed/${feed}`
  const written = await writeParquet(warehouse, query, path.join(shelf.root, dataset, file), [])
  const fingerprint = `${feed} ${span.from} ${span.to} ${version} ${values}`
  const piece = {
    dataset,
    span,
    version,
    fingerprint,
    learnedOn: day(50 + version),
    files: [file],
    rows: written.rows,
  }
  await commitPiece(shelf, piece)
}

async function balances(span: DaySpan, learnedBy?: PlainDate): Promise<unknown[]> {
  const reader: FeedReader = learnedBy === undefined ? { shelf } : { shelf, learnedBy }
  const relation = await feedRows(reader, 'balance', span)
  if (relation === undefined) throw new Error('never delivered')
  return (await warehouse.rows(sql`SELECT sub, day, balance FROM ${relation} ORDER BY day, sub`)).map(r =>
    Object.values(r),
  )
}

test('a feed that never came is undefined; one without rows in the span is an empty relation', async () => {
  expect(await feedRows({ shelf }, 'balance', days(0, 2))).toBeUndefined()
  expect(await feedState({ shelf }, 'device', day(2))).toBeUndefined()
  expect(await feedsDelivered({ shelf })).toEqual([])
  await shelve('balance', days(0, 2), 1, [[1, 0, 5]])
  expect(await feedsDelivered({ shelf })).toEqual(['balance'])
  expect(await balances(days(2, 9))).toEqual([])
  expect(await warehouse.rows(sql`SELECT * FROM ${await subscriberKeys({ shelf })}`)).toEqual([])
})

test('each day is answered by its newest delivery, and the past can be asked as it was known', async () => {
  await shelve('balance', days(0, 3), 1, [
    [1, 0, 10],
    [1, 1, 11],
    [1, 2, 12],
  ])
  await shelve('balance', days(1, 2), 2, [[1, 1, 99]])
  expect(await balances(days(0, 3))).toEqual([
    [1, day(0), 10],
    [1, day(1), 99],
    [1, day(2), 12],
  ])
  expect(await balances(days(1, 2), day(51))).toEqual([[1, day(1), 11]])
})

test('days without a delivery are named; a month feed misses only months', async () => {
  await shelve('balance', days(0, 3), 1, [[1, 0, 10]])
  expect(await missingDays({ shelf }, 'balance', days(2, 6))).toEqual([days(3, 6)])
  expect(await missingDays({ shelf }, 'bill', days(1, 20))).toEqual([])
  expect(await missingDays({ shelf }, 'bill', days(1, 32))).toEqual([days(1, 32)])
})

const delivery = fc.record({
  from: fc.integer({ min: 0, max: 8 }),
  length: fc.integer({ min: 1, max: 3 }),
  rows: fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 2 }), fc.nat(99)), {
    selector: r => `${r[0]} ${r[1]}`,
    maxLength: 6,
  }),
  foldAt: fc.option(fc.integer({ min: 0, max: 12 })),
})

/** What the state must be: for each day its newest delivery's rows, and of those the last per subscriber. */
function expectedState(
  delivered: readonly { span: readonly [number, number]; rows: [number, number, number][] }[],
  asOf: number,
) {
  const last = new Map<number, [number, string]>()
  for (let n = 0; n < asOf; n++) {
    const newest = delivered.findLast(d => d.span[0] <= n && n < d.span[1])
    for (const [sub, on, value] of newest?.rows ?? []) if (on === n) last.set(sub, [n, String(value)])
  }
  return [...last]
    .map(([sub, [n, model]]) => [sub, day(n), model])
    .toSorted((a, b) => Number(a[0]) - Number(b[0]))
}

test('state by folds equals state from everything, whatever comes late or is replaced', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(delivery, { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 13 }),
      async (all, asOf) => {
        shelf = { root: await mkdtemp(path.join(folder, 'w-')) }
        const delivered: { span: readonly [number, number]; rows: [number, number, number][] }[] = []
        for (const [i, d] of all.entries()) {
          const span = [d.from, d.from + d.length] as const
          const rows = d.rows
            .filter(r => r[1] < d.length)
            .map(([s, n, v]): [number, number, number] => [s, d.from + n, v])
          await shelve('device', days(...span), i + 1, rows)
          delivered.push({ span, rows })
          if (d.foldAt !== null) await foldStates(warehouse, { shelf }, day(d.foldAt))
        }
        const relation = await feedState({ shelf }, 'device', day(asOf))
        const rows = await warehouse.rows(
          sql`SELECT sub, day, model FROM ${relation ?? sql`none`} ORDER BY sub`,
        )
        expect(rows.map(r => Object.values(r))).toEqual(expectedState(delivered, asOf))
      },
    ),
    { numRuns: 60 },
  )
})

test('a fold is written when a week passed or much is new, and two are kept', async () => {
  await shelve('device', days(0, 1), 1, [[1, 0, 7]])
  for (const n of [1, 2, 8, 15, 22]) await foldStates(warehouse, { shelf }, day(n))
  const folds = await readdir(path.join(shelf.root, 'state/device'))
  expect(folds.filter(f => f.endsWith('.json'))).toEqual([
    `${pieceName(days(15, 16), 1)}.json`,
    `${pieceName(days(22, 23), 1)}.json`,
  ])
  expect(folds).toHaveLength(4)
})
