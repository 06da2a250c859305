import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, type PlainDate, plainDate } from '#kernel'
import {
  commitPiece,
  ident,
  openWarehouse,
  pieceName,
  raw,
  type Shelf,
  type Sql,
  sql,
  type Warehouse,
  writeParquet,
} from '#warehouse'
import { type FactorCatalogue, readFactors } from './catalogue.ts'
import { feedOff } from './faults.ts'
import { factorHistory } from './history.ts'
import { writeOff } from './table.ts'

const first = plainDate('2026-11-10')
const day = (n: number) => addDays(first, n)
let folder: string
let warehouse: Warehouse
let shelf: Shelf
let catalogue: FactorCatalogue
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'weiwan-history-'))
  shelf = { root: path.join(folder, 'shelf') }
  warehouse = await openWarehouse({
    spillFolder: path.join(folder, 'spill'),
    memoryMiBMax: 512,
    threads: 2,
  })
  catalogue = await readFactors(path.join(import.meta.dirname, '../../catalogue/factors'))
  await place(
    'key/subscriber',
    day(0),
    1,
    sql`SELECT range AS sub, 'u' || range AS subscriber_id FROM range(9)`,
  )
  // Subscriber 3 holds n yuan on day n. Nothing was computed on days 4 and 5, on day 6 there was no such factor, on day 7 it
  // was off, and on day 8 the subscriber was not in the network. Day 9 was computed twice; on day 2 nothing was known.
  const table = (n: number, extra = 0) =>
    sql`SELECT range AS sub, 'u' || range AS subscriber_id, range * ${n * 100} + ${extra} AS other,
      ${raw(n === 2 ? 'CAST(NULL AS BIGINT)' : `CAST(${n * 100 + extra} AS BIGINT)`)} AS balance FROM range(9)`
  for (const n of [0, 1, 2, 3, 9]) await place('factor', day(n), 1, table(n))
  await place('factor', day(6), 1, sql`SELECT sub, subscriber_id, other FROM (${table(6)})`)
  await place('factor', day(7), 1, table(7))
  await writeOff(warehouse, shelf, about(day(7), 1), [{ id: 'balance', fault: feedOff(['balance']) }])
  await place('factor', day(8), 1, sql`SELECT * FROM (${table(8)}) WHERE sub <> 3`)
  await place('factor', day(9), 2, table(9, 7))
})
afterAll(() => {
  warehouse.close()
  rmSync(folder, { recursive: true, force: true })
})

function about(asOf: PlainDate, version: number) {
  const span = { from: asOf, to: addDays(asOf, 1) }
  return { span, version, fingerprint: `${asOf} ${version}`, learnedOn: addDays(asOf, version) }
}

async function place(dataset: string, asOf: PlainDate, version: number, query: Sql): Promise<void> {
  const made = about(asOf, version)
  const file = `${pieceName(made.span, version)}.parquet`
  const at = path.join(shelf.root, dataset, file)
  const { rows } = await writeParquet(warehouse, query, at, [ident('sub')])
  await commitPiece(shelf, { ...made, dataset, files: [file], rows })
}

const ask = (id: string, subscriberId: string, span = { from: day(0), to: day(11) }) =>
  factorHistory(warehouse, { shelf }, catalogue, { id, subscriberId, span })

test('a history has every morning: a value, a missing value, or a gap with its reason', async () => {
  expect(await ask('balance', 'u3')).toMatchObject({
    ok: true,
    value: {
      factor: { id: 'balance' },
      points: [
        { asOf: '2026-11-10', value: 0 },
        { asOf: '2026-11-11', value: 100 },
        { asOf: '2026-11-12', value: null },
        { asOf: '2026-11-13', value: 300 },
        { asOf: '2026-11-19', value: 907 },
      ],
      gaps: [
        { span: { from: '2026-11-14', to: '2026-11-16' }, why: 'no-table' },
        { span: { from: '2026-11-16', to: '2026-11-18' }, why: 'no-factor' },
        { span: { from: '2026-11-18', to: '2026-11-19' }, why: 'not-there' },
        { span: { from: '2026-11-20', to: '2026-11-21' }, why: 'no-table' },
      ],
    },
  })
})

test('a span without any table is one gap', async () => {
  const span = { from: plainDate('2026-01-01'), to: plainDate('2026-02-01') }
  expect(await ask('balance', 'u3', span)).toMatchObject({
    ok: true,
    value: { points: [], gaps: [{ span, why: 'no-table' }] },
  })
})

test('an unknown factor, an unknown subscriber and more than twelve months are said, each by its fault', async () => {
  expect(await ask('no_such', 'u3')).toMatchObject({ fault: { code: 'factor.unknown' } })
  expect(await ask('balance', 'nobody')).toMatchObject({ fault: { code: 'factor.subscriber-unknown' } })
  expect(await ask('balance', 'u3', { from: addDays(day(0), -366), to: day(0) })).toMatchObject({
    fault: { code: 'factor.history-too-long' },
  })
})
