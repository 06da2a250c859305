import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { eraseFromFeeds } from '#ingest'
import { addDays, type PlainDate, plainDate } from '#kernel'
import {
  commitPiece,
  fileDigest,
  ident,
  openWarehouse,
  pieceName,
  pieces,
  raw,
  type Shelf,
  type Sql,
  sql,
  type Warehouse,
  writeParquet,
} from '#warehouse'
import { factorTable } from './table.ts'
import { dropVectors, vectorMornings, vectorsAt, writeVectors } from './vector-write.ts'
import { openVectors } from './vectors.ts'

const asOf = plainDate('2026-11-22')
let folder: string
let warehouse: Warehouse
let shelf: Shelf
let worlds = 0
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'weiwan-vectors-'))
  const spillFolder = path.join(folder, 'spill')
  warehouse = await openWarehouse({ spillFolder, memoryMiBMax: 512, threads: 2 })
})
beforeEach(() => {
  shelf = newShelf()
})
afterAll(() => {
  warehouse.close()
  rmSync(folder, { recursive: true, force: true })
})

function newShelf(): Shelf {
  worlds += 1
  return { root: path.join(folder, String(worlds)) }
}

/** Puts a factor table on the shelf, cut into files as a night in batches leaves it. */
async function shelve(on: Shelf, rows: Sql, day: PlainDate = asOf, cutAt = 100): Promise<void> {
  const span = { from: day, to: addDays(day, 1) }
  const version = (await pieces(on, 'factor')).filter(p => p.span.from === day).length + 1
  const files = [`${pieceName(span, version)}_a.parquet`, `${pieceName(span, version)}_b.parquet`]
  let count = 0
  for (const [i, file] of files.entries()) {
    const part = sql`SELECT * FROM (${rows}) WHERE ${raw(i === 0 ? `sub < ${cutAt}` : `sub >= ${cutAt}`)}`
    count += (await writeParquet(warehouse, part, path.join(on.root, 'factor', file), [ident('sub')])).rows
  }
  const fingerprint = `table ${day} ${version} ${worlds}`
  await commitPiece(on, { dataset: 'factor', span, version, fingerprint, learnedOn: day, files, rows: count })
}

async function vectorsPath(on: Shelf, day = asOf): Promise<string> {
  const piece = (await pieces(on, 'factor')).findLast(p => p.span.from === day)
  if (piece === undefined) throw new Error(`no table of ${day}`)
  return vectorsAt(on, piece)
}

const engine = () => Promise.resolve(warehouse)
const refused = () => Promise.reject(new Error('the engine was asked'))

/** Every subscriber's row by one read each, the engine being refused. */
async function byReads(on: Shelf, ids: readonly string[], day = asOf) {
  const vectors = openVectors(on, refused)
  try {
    return await Promise.all(ids.map(id => vectors.of(day, id)))
  } finally {
    await vectors.close()
  }
}

async function byScan(on: Shelf, day = asOf) {
  const table = await factorTable(on, day)
  return table === undefined ? [] : warehouse.rows(sql`SELECT * FROM ${table} ORDER BY sub`)
}

const text = fc.string({ unit: 'grapheme', maxLength: 20 }).filter(t => !t.includes('\0') && t.isWellFormed())
const quoted = text.map(t => sql`${t}`.text)
const cells: Readonly<Record<string, fc.Arbitrary<string>>> = {
  BIGINT: fc.oneof(
    fc.integer({ min: -3, max: 3 }).map(String),
    fc.integer({ min: -40_000, max: 40_000 }).map(String),
    fc.integer().map(String),
    fc.bigInt({ min: -(2n ** 63n) + 1n, max: 2n ** 63n - 1n }).map(String),
    fc.constantFrom('-9223372036854775808', '9223372036854775807', '2147483647', '-2147483648', '2147483648'),
  ),
  DOUBLE: fc.oneof(
    fc.integer({ min: -300, max: 300 }).map(String),
    fc.double({ noNaN: true }).map(d => `'${Object.is(d, -0) ? '-0.0' : d}'`),
    fc.constantFrom(`'-0.0'`, `'2147483648'`, `'Infinity'`, `'1e-320'`),
  ),
  DATE: fc.oneof(
    fc.integer({ min: -700_000, max: 2_000_000 }).map(d => `DATE '1970-01-01' + CAST(${d} AS INTEGER)`),
    fc.constantFrom(`DATE '2024-02-29'`, `DATE '2000-02-29'`, `DATE '1900-02-28'`, `DATE '0001-01-01'`),
  ),
  BOOLEAN: fc.boolean().map(String),
  VARCHAR: fc.oneof(quoted, fc.constantFrom(`''`, `'在网'`, `'冰激凌套餐一百二十九元档（含宽带）'`)),
  'VARCHAR[]': fc
    .array(fc.option(quoted, { nil: 'NULL' }), { maxLength: 4 })
    .map(items => `[${items.join(', ')}]`),
}

interface Table {
  readonly types: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** A column is empty, full, or has holes; its values differ wildly or hardly at all. */
const tables: fc.Arbitrary<Table> = fc
  .array(fc.constantFrom(...Object.keys(cells)), { minLength: 1, maxLength: 9 })
  .chain(types =>
    fc.record({
      types: fc.constant(types),
      rows: fc.array(
        fc.tuple(...types.map(t => fc.option(cells[t] ?? fc.constant('NULL'), { nil: 'NULL', freq: 3 }))),
        { minLength: 1, maxLength: 150 },
      ),
    }),
  )

function query({ types, rows }: Table): Sql {
  const cast = (cell: string, i: number) => `CAST(${cell} AS ${types[i]})`
  const values = rows.map((row, i) => `(CAST(${i} AS BIGINT), 's${i}', ${row.map(cast).join(', ')})`)
  const names = ['sub', 'subscriber_id', ...types.map((_, i) => `f${i}`)]
  return raw(`SELECT * FROM (VALUES ${values.join(',\n')}) AS t(${names.join(', ')})`)
}

test('one read answers what a scan answers, whatever is in the table', async () => {
  await fc.assert(
    fc.asyncProperty(tables, fc.integer({ min: 0, max: 150 }), async (table, cutAt) => {
      const on = newShelf()
      await shelve(on, query(table), asOf, cutAt)
      await writeVectors(warehouse, on, asOf)
      const rows = await byScan(on)
      expect(await byReads(on, [...rows.map(r => String(r['subscriber_id'])), 'nobody'])).toEqual([
        ...rows,
        undefined,
      ])
    }),
    { numRuns: 40 },
  )
}, 120_000)

const people = (shift = 0) =>
  sql`SELECT range AS sub, 'u' || range AS subscriber_id, range * 7 + ${shift} AS paid,
    CASE WHEN range % 3 > 0 THEN range / 13 END AS share, '在网' AS state FROM range(300)`

test('a file that is cut off or damaged anywhere is not believed', async () => {
  await shelve(shelf, people())
  await writeVectors(warehouse, shelf, asOf)
  const at = await vectorsPath(shelf)
  const whole = readFileSync(at)
  const rows = await byScan(shelf)
  const harm = fc.oneof(
    fc.nat(whole.length - 1).map(length => whole.subarray(0, length)),
    fc.record({ where: fc.nat(whole.length - 1), bit: fc.nat(7) }).map(({ where, bit }) => {
      const harmed = Buffer.from(whole)
      harmed[where] = (harmed[where] ?? 0) ^ (1 << bit)
      return harmed
    }),
    fc.uint8Array({ maxLength: 200 }).map(bytes => Buffer.concat([whole, bytes])),
  )
  await fc.assert(
    fc.asyncProperty(harm, fc.nat(299), async (bytes, who) => {
      writeFileSync(at, bytes)
      const vectors = openVectors(shelf, engine)
      expect(await vectors.of(asOf, `u${who}`)).toEqual(rows[who])
      await vectors.close()
    }),
    { numRuns: 150 },
  )
}, 60_000)

test('a table that is newer than the vectors is answered by a scan, and by reads once they are there', async () => {
  const vectors = openVectors(shelf, engine)
  expect(await vectors.of(asOf, 'u5')).toBeUndefined()
  await shelve(shelf, people())
  expect(await vectors.of(asOf, 'u5')).toMatchObject({ paid: 35 })
  await writeVectors(warehouse, shelf, asOf)
  expect(await vectors.of(asOf, 'u5')).toMatchObject({ paid: 35 })
  expect(vectors.answered).toEqual({ byRead: 1, byScan: 2 })
  await shelve(shelf, people(1))
  expect(await vectors.of(asOf, 'u5')).toMatchObject({ paid: 36 })
  expect(vectors.answered).toEqual({ byRead: 1, byScan: 3 })
  await writeVectors(warehouse, shelf, asOf)
  expect(await vectors.ofMany(asOf, ['u5', 'u6', 'nobody', 'u5'])).toMatchObject(
    new Map([
      ['u5', { paid: 36 }],
      ['u6', { paid: 43 }],
    ]),
  )
  expect(vectors.answered).toEqual({ byRead: 4, byScan: 3 })
  await vectors.close()
})

test('what a killed writer left, or the vectors of another table, are not read', async () => {
  await shelve(shelf, people(), addDays(asOf, -1))
  await writeVectors(warehouse, shelf, addDays(asOf, -1))
  const others = readFileSync(await vectorsPath(shelf, addDays(asOf, -1)))
  await shelve(shelf, people(1))
  const at = await vectorsPath(shelf)
  writeFileSync(`${at}.4711.part`, others.subarray(0, 100))
  const vectors = openVectors(shelf, engine)
  expect(await vectors.of(asOf, 'u5')).toMatchObject({ paid: 36 })
  writeFileSync(at, others)
  expect(await vectors.of(asOf, 'u5')).toMatchObject({ paid: 36 })
  expect(vectors.answered).toEqual({ byRead: 0, byScan: 2 })
  expect((await writeVectors(warehouse, shelf, asOf)).bytes).toBeGreaterThan(0)
  expect(await vectors.of(asOf, 'u5')).toMatchObject({ paid: 36 })
  expect(vectors.answered).toEqual({ byRead: 1, byScan: 2 })
  await vectors.close()
})

test('many readers at once, while a newer table comes, never see anything but the newest', async () => {
  await shelve(shelf, people())
  await writeVectors(warehouse, shelf, asOf)
  const vectors = openVectors(shelf, engine)
  const ask = () => Promise.all(Array.from({ length: 50 }, (_, i) => vectors.of(asOf, `u${i}`)))
  const early = ask()
  await shelve(shelf, people(1))
  const late = ask()
  await writeVectors(warehouse, shelf, asOf)
  const last = ask()
  const paid = (rows: Awaited<ReturnType<typeof ask>>) => rows.map(r => r?.['paid'])
  const shifted = (by: number) => Array.from({ length: 50 }, (_, i) => i * 7 + by)
  for (const [i, p] of paid(await early).entries()) expect([i * 7, i * 7 + 1]).toContain(p)
  expect(paid(await late)).toEqual(shifted(1))
  expect(paid(await last)).toEqual(shifted(1))
  await vectors.close()
})

test('only the newest mornings keep their vectors, equal tables give equal bytes, and none is written twice', async () => {
  const days = [4, 3, 2, 1, 0].map(n => addDays(asOf, -n))
  for (const day of days) {
    await shelve(shelf, people(), day)
    await writeVectors(warehouse, shelf, day)
  }
  await shelve(shelf, people(1))
  await writeVectors(warehouse, shelf, asOf)
  const kept = () => readdirSync(path.join(shelf.root, 'factor')).filter(n => n.endsWith('.vectors'))
  expect(kept().map(n => `${n.slice(0, 10)} ${n.slice(-13, -8)}`)).toEqual([
    '2026-11-20 v0001',
    '2026-11-21 v0001',
    '2026-11-22 v0002',
  ])
  expect(kept()).toHaveLength(vectorMornings)
  const at = await vectorsPath(shelf)
  const before = await fileDigest(at)
  expect(await writeVectors(warehouse, shelf, asOf)).toEqual({ rows: 300, bytes: 0 })
  rmSync(at)
  await writeVectors(warehouse, shelf, asOf)
  expect(await fileDigest(at)).toBe(before)
  expect(await writeVectors(warehouse, shelf, addDays(asOf, -4))).toEqual({ rows: 0, bytes: 0 })
  expect(kept()).toHaveLength(vectorMornings)
})

test('who was erased is answered no more: not by the file that is open, and not by the next one', async () => {
  await shelve(
    shelf,
    sql`SELECT range AS sub, 'u' || range AS subscriber_id, range * 2 AS "twice" FROM range(200)`,
  )
  await writeVectors(warehouse, shelf, asOf)
  const vectors = openVectors(shelf, engine)
  expect(await vectors.of(asOf, 'u7')).toMatchObject({ twice: 14 })
  await eraseFromFeeds(shelf, { subs: [7], subscribers: ['u7'], customers: [] })
  await dropVectors(shelf)
  expect(await vectors.of(asOf, 'u7')).toBeUndefined()
  expect(await vectors.of(asOf, 'u8')).toMatchObject({ twice: 16 })
  await writeVectors(warehouse, shelf, asOf)
  expect(await byReads(shelf, ['u7', 'u8'])).toMatchObject([undefined, { twice: 16 }])
  await vectors.close()
})
