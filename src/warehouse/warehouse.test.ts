import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, daysOf, plainDate } from '#kernel'
import {
  commitPiece,
  coverage,
  dropPieces,
  fileDigest,
  ident,
  openWarehouse,
  type Piece,
  pieceName,
  pieces,
  sql,
  uncovered,
  type Warehouse,
  writeParquet,
  writeWhole,
} from './index.ts'

let folder: string
let warehouse: Warehouse
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'weiwan-warehouse-'))
  warehouse = await openWarehouse({ spillFolder: path.join(folder, 'spill'), memoryMiBMax: 512, threads: 2 })
})
afterAll(() => {
  warehouse.close()
  rmSync(folder, { recursive: true, force: true })
})

test('any text comes back as it went in: nothing escapes from a literal', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), async text => {
      fc.pre(!text.includes('\0') && text.isWellFormed())
      expect(await warehouse.rows(sql`SELECT ${text} AS t`)).toEqual([{ t: text }])
    }),
    { numRuns: 200 },
  )
})

test('a name with anything but letters, digits and underscore is a bug', () => {
  expect(() => ident('a"; drop table x; --')).toThrow(TypeError)
})

test('equal rows give equal bytes, whatever order they came in', async () => {
  const rows = (order: string) =>
    sql`SELECT range AS k, hash(range) AS v FROM range(50000) ORDER BY ${ident('k')} * ${order === 'up' ? 1 : -1}`
  const a = path.join(folder, 'a.parquet')
  const b = path.join(folder, 'b.parquet')
  expect((await writeParquet(warehouse, rows('up'), a, [ident('k')])).rows).toBe(50_000)
  await writeParquet(warehouse, rows('down'), b, [ident('k')])
  expect(await fileDigest(a)).toBe(await fileDigest(b))
})

test('a query that fails leaves no file and no part behind', async () => {
  const to = path.join(folder, 'failed', 'x.parquet')
  await expect(writeParquet(warehouse, sql`SELECT error('no') FROM range(3)`, to, [])).rejects.toThrow('no')
  expect(readdirSync(path.dirname(to))).toEqual([])
})

const start = plainDate('2026-01-01')
const piece = fc
  .record({ from: fc.nat(20), length: fc.integer({ min: 1, max: 10 }) })
  .map(({ from, length }) => ({ from: addDays(start, from), to: addDays(start, from + length) }))

test('each day is answered by the newest piece that covers it, and by no other', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), spans => {
      const all = spans.map(
        (span, i): Piece => ({
          dataset: 'd',
          span,
          version: i + 1,
          fingerprint: '',
          learnedOn: start,
          files: [],
          rows: 0,
        }),
      )
      const wanted = { from: start, to: addDays(start, 30) }
      const answered = new Map(
        coverage(all, wanted).flatMap(c => c.spans.flatMap(daysOf).map(d => [d, c.piece.version] as const)),
      )
      for (const day of daysOf(wanted)) {
        const newest = all.findLast(p => p.span.from <= day && day < p.span.to)?.version
        expect(answered.get(day)).toBe(newest)
      }
      expect(uncovered(all, wanted).flatMap(daysOf)).toEqual(daysOf(wanted).filter(d => !answered.has(d)))
    }),
  )
})

test('what was learned later is not seen by whoever asks what was known before', async () => {
  const shelf = { root: path.join(folder, 'shelf') }
  const span = { from: start, to: addDays(start, 1) }
  const entry = { dataset: 'feed/x', span, fingerprint: 'f', files: ['f.parquet'], rows: 1 }
  await commitPiece(shelf, { ...entry, version: 1, learnedOn: addDays(start, 1) })
  await commitPiece(shelf, { ...entry, version: 2, learnedOn: addDays(start, 5) })
  expect((await pieces(shelf, 'feed/x')).map(p => p.version)).toEqual([1, 2])
  expect((await pieces(shelf, 'feed/x', addDays(start, 4))).map(p => p.version)).toEqual([1])
})

test('an entry that was dropped and written anew under its old name is read anew, and a dropped one is gone', async () => {
  const shelf = { root: path.join(folder, 'anew') }
  const span = { from: start, to: addDays(start, 1) }
  const entry = { dataset: 'd', span, version: 1, learnedOn: start, files: ['f.parquet'], rows: 1 }
  const prints = async () => (await pieces(shelf, 'd')).map(p => p.fingerprint)
  await commitPiece(shelf, { ...entry, fingerprint: 'a' })
  expect(await prints()).toEqual(['a'])
  await dropPieces(shelf, 'd', [{ ...entry, fingerprint: 'a' }])
  expect(await prints()).toEqual([])
  await commitPiece(shelf, { ...entry, fingerprint: 'b' })
  expect(await prints()).toEqual(['b'])
})

test('with dropped pieces go the files that a kill left of others; what is entered or half written stays', async () => {
  const shelf = { root: path.join(folder, 'stray') }
  const piece = (day: number, file: string) => {
    const span = { from: addDays(start, day), to: addDays(start, day + 1) }
    const name = `${pieceName(span, 1)}${file}`
    return { dataset: 'd', span, version: 1, learnedOn: start, fingerprint: 'f', files: [name], rows: 1 }
  }
  const [kept, spent, stray] = [piece(0, '-000.parquet'), piece(1, '.parquet'), piece(2, '-001.parquet')]
  for (const { files } of [kept, spent, stray])
    await writeWhole(path.join(shelf.root, 'd', files[0] ?? ''), 'rows')
  const half = path.join(shelf.root, 'd', `${stray.files[0]}.7.part`)
  await writeWhole(half, 'rows')
  await commitPiece(shelf, kept)
  await commitPiece(shelf, spent)
  await dropPieces(shelf, 'd', [spent])
  const left = readdirSync(path.join(shelf.root, 'd')).toSorted()
  expect(left).toEqual(
    [
      `${pieceName(kept.span, 1)}-000.parquet`,
      `${pieceName(kept.span, 1)}.json`,
      path.basename(half),
    ].toSorted(),
  )
})
