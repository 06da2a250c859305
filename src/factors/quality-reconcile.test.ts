import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { feedOf } from '#ingest'
import { addDays, type PlainDate, plainDate } from '#kernel'
import {
  besidePiece,
  commitPiece,
  openWarehouse,
  parquet,
  pieceFiles,
  pieces,
  type Shelf,
  type Sql,
  sql,
  type Warehouse,
  writeParquet,
  writeWhole,
} from '#warehouse'
import { smallCatalogue } from './quality.fixture.ts'
import { assessFactors } from './quality.ts'
import {
  howManyOn,
  type Reconciliation,
  type ReconciliationSpan,
  reconcileFactors,
} from './quality-reconcile.ts'
import { runFactors } from './run.ts'
import { dice, type FeedRow, randomRows, shelve, shelveKeys } from './shelf.fixture.ts'

const asOf = plainDate('2026-03-04')
const subscribers = 60
const catalogue = smallCatalogue()
const totals = ['billed', 'paid', 'times']
let folder: string
let shelf: Shelf
let warehouse: Warehouse

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'weiwan-reconcile-'))
  shelf = { root: path.join(folder, 'shelf') }
  warehouse = await openWarehouse({ memoryMiBMax: 512, threads: 2, spillFolder: path.join(folder, 'spill') })
  await shelveKeys(warehouse, shelf, subscribers, addDays(asOf, -400))
  const roll = dice(3)
  const whole = { from: addDays(asOf, -400), to: addDays(asOf, -8) }
  for (const id of ['subscriber', 'recharge', 'balance', 'bill'] as const) {
    await put(id, whole, randomRows(roll, feedOf(id), whole, subscribers))
    for (let n = -8; n < 0; n++) {
      const day = { from: addDays(asOf, n), to: addDays(asOf, n + 1) }
      if (id !== 'subscriber') await put(id, day, randomRows(roll, feedOf(id), day, subscribers))
    }
  }
})
afterEach(async () => {
  warehouse.close()
  await rm(folder, { recursive: true, force: true })
})

type Put = Parameters<typeof shelve>
const put = (id: Put[2], span: Put[3], rows: FeedRow[]) => shelve(warehouse, shelf, id, span, rows)

async function reconciled(day: PlainDate, howMany: ReconciliationSpan = 'all'): Promise<Reconciliation> {
  const found = await reconcileFactors(warehouse, { shelf }, catalogue, day, howMany)
  return found ?? { factors: [], feeds: [] }
}

/** The table of the morning once more, with one column changed. */
async function spoil(change: Sql): Promise<void> {
  const table = (await pieces(shelf, 'factor')).findLast(p => p.span.from === asOf)
  if (table === undefined) throw new TypeError('no table to spoil')
  const file = `spoilt${table.version}.parquet`
  const query = sql`SELECT * REPLACE (${change}) FROM ${parquet(pieceFiles(shelf, table))}`
  await writeParquet(warehouse, query, path.join(shelf.root, 'factor', file), [sql`sub`])
  const version = table.version + 1
  await commitPiece(shelf, { ...table, version, files: [file], fingerprint: `spoilt ${version}` })
}

test('totals of sums and counts are those of their feeds, less the rows of subscribers who left', async () => {
  await runFactors(warehouse, { shelf }, catalogue, asOf)
  const { factors } = await reconciled(asOf)
  expect(factors.map(f => [f.id, f.feed, f.column])).toEqual([
    ['billed', 'bill', 'total'],
    ['paid', 'recharge', 'amount'],
    ['times', 'recharge', undefined],
  ])
  for (const f of factors) {
    expect(f).toMatchObject({ agrees: true, factor: f.total - f.absent })
    expect(Math.min(f.factor, f.absent)).toBeGreaterThan(0)
  }
})

test('a total that is off by one fen, or a row counted twice, is found', async () => {
  await runFactors(warehouse, { shelf }, catalogue, asOf)
  await spoil(sql`paid + CASE WHEN row_number() OVER (ORDER BY sub) = 1 THEN 1 ELSE 0 END AS paid`)
  const spoilt = async () => (await reconciled(asOf)).factors.filter(f => !f.agrees).map(f => f.id)
  expect(await spoilt()).toEqual(['paid'])
  await spoil(sql`times + CASE WHEN times > 0 THEN 1 ELSE 0 END AS times`)
  expect(await spoilt()).toEqual(['paid', 'times'])
  const monday = plainDate('2026-03-02')
  expect([howManyOn(monday), howManyOn(asOf)]).toEqual(['all', 'some'])
})

test('on a Monday the night reconciles all, and says what does not agree', async () => {
  const monday = plainDate('2026-03-02')
  await runFactors(warehouse, { shelf }, catalogue, monday)
  const verdicts = async () => {
    const all = (await assessFactors(warehouse, { shelf }, catalogue, monday, new Map())) ?? []
    return all.filter(v => v.verdict === 'suspect').map(v => `${v.id} ${v.code} ${v.origin ?? ''}`.trim())
  }
  expect(await verdicts()).toEqual([])
  const table = (await pieces(shelf, 'factor')).findLast(p => p.span.from === monday)
  const files = table === undefined ? [] : pieceFiles(shelf, table)
  const query = sql`SELECT * REPLACE (paid * 2 AS paid) FROM ${parquet(files)}`
  await writeParquet(warehouse, query, path.join(shelf.root, 'factor', 'twice.parquet'), [sql`sub`])
  if (table !== undefined)
    await commitPiece(shelf, { ...table, version: 2, files: ['twice.parquet'], fingerprint: 'twice' })
  expect(await verdicts()).toEqual([
    'big needs-suspect paid',
    'half needs-suspect paid',
    'paid not-reconciled',
    'per_time needs-suspect paid',
  ])
})

test('seven mornings reconcile every factor that can be', async () => {
  const seen = new Set<string>()
  for (let n = -6; n <= 0; n++) {
    await runFactors(warehouse, { shelf }, catalogue, addDays(asOf, n))
    for (const f of (await reconciled(addDays(asOf, n), 'some')).factors) {
      expect(f.agrees).toBe(true)
      seen.add(f.id)
    }
  }
  expect([...seen].toSorted()).toEqual(totals)
})

test('what a delivery announced is held against the rows that are there', async () => {
  await runFactors(warehouse, { shelf }, catalogue, asOf)
  const piece = (await pieces(shelf, 'feed/recharge')).findLast(p => p.span.to === asOf)
  if (piece === undefined) throw new TypeError('no delivery')
  const [found] = await warehouse.rows<{ total: number }>(
    sql`SELECT sum(amount) AS total FROM ${parquet(pieceFiles(shelf, piece))}`,
  )
  const amount = Number(found?.total ?? 0)
  const announce = (rows: number, quarantined: number, expected: number) =>
    writeWhole(
      besidePiece(shelf, piece, '.report.json'),
      JSON.stringify({
        span: piece.span,
        hasControl: true,
        sourceRows: rows,
        quarantined,
        sums: { amount: { expected } },
      }),
    )
  const feeds = async () =>
    (await reconciled(asOf)).feeds.map(f => [
      f.feed,
      f.announced,
      f.quarantined,
      f.found,
      f.sumsOff,
      f.agrees,
    ])
  expect(await feeds()).toEqual([])
  await announce(piece.rows, 0, amount)
  expect(await feeds()).toEqual([['recharge', piece.rows, 0, piece.rows, [], true]])
  await announce(piece.rows, 0, amount + 1)
  expect(await feeds()).toEqual([['recharge', piece.rows, 0, piece.rows, ['amount'], false]])
  await announce(piece.rows + 2, 2, 0)
  expect(await feeds()).toEqual([['recharge', piece.rows + 2, 2, piece.rows, [], true]])
  await announce(piece.rows + 2, 1, 0)
  expect(await feeds()).toEqual([['recharge', piece.rows + 2, 1, piece.rows, [], false]])
})
