import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { read, utils } from '@e965/xlsx'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWarehouse, sql, type Warehouse } from '#warehouse'
import { type Cell, harmless } from './cell.ts'
import { csvFile } from './csv.ts'
import { workbookFile } from './workbook.ts'
import { zipFile } from './zip.ts'

let folder: string
let warehouse: Warehouse
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'weiwan-files-'))
  warehouse = await openWarehouse({ memoryMiBMax: 256, threads: 1, spillFolder: path.join(folder, 'spill') })
})
afterAll(() => {
  warehouse.close()
  rmSync(folder, { recursive: true, force: true })
})

async function* inBatches(rows: readonly (readonly Cell[])[], size = 3) {
  for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size)
}
async function whole(file: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks = []
  for await (const chunk of file) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** As a spreadsheet opens it: every cell as it is shown, and whether it is a formula. */
function opened(file: Buffer): { readonly cells: readonly unknown[][]; readonly hasFormula: boolean } {
  const book = read(file, { cellFormula: true, raw: true })
  const [name = ''] = book.SheetNames
  // Empty cells at the edge count too.
  const sheet = { ...book.Sheets[name], '!ref': 'A1:J40' }
  const hasFormula = Object.values(sheet).some(c => typeof c === 'object' && c !== null && 'f' in c && c.f)
  return {
    cells: utils.sheet_to_json(sheet, { header: 1, raw: true, defval: null, blankrows: true }),
    hasFormula,
  }
}

const dangerous = fc
  .tuple(
    fc.constantFrom('=', '+', '-', '@', '\t', '\r', ' =', '\n=', '＝', '＋'),
    fc.constantFrom(
      '1+1',
      'cmd|"/c calc"!A1',
      'HYPERLINK("http://x","y")',
      'SUM(A1:A9)',
      '',
      '"x"',
      'a,b\nc',
    ),
  )
  .map(([first, rest]) => first + rest)
const plainText = fc
  .string({ unit: 'grapheme', maxLength: 20 })
  .map(text => text.replaceAll(/[\p{Cc}\ufffe\uffff]/gu, ''))
const cell: fc.Arbitrary<Cell> = fc.oneof(
  dangerous,
  plainText,
  fc.constantFrom('张伟', '欧阳,"娜"娜', '_x0041_', '<a>&amp;</a>', '𠮷野家', 'two\nlines', "'quoted"),
  fc.integer(),
  fc.constant(null),
)
const table = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 12 })
const startsDangerously = (text: unknown) => typeof text === 'string' && /^\s*[=+\-@\t\r＝＋－＠]/.test(text)
const shownAs = (value: Cell) => (typeof value === 'string' ? harmless(value) : value)

describe('no cell of an export is a formula, and nothing else changes', () => {
  test('Excel, read back by a spreadsheet library', async () => {
    await fc.assert(
      fc.asyncProperty(table, async rows => {
        const { cells, hasFormula } = opened(await whole(workbookFile(inBatches(rows), '清单')))
        expect(hasFormula).toBe(false)
        const read1 = rows.map((row, y) => row.map((_, x) => cells[y]?.[x] ?? null))
        expect(read1.flat().filter(startsDangerously)).toEqual([])
        const emptied = (value: Cell) => (value === '' ? null : shownAs(value))
        expect(read1.map(row => row.map(v => (v === '' ? null : v)))).toEqual(
          rows.map(row => row.map(emptied)),
        )
      }),
      { numRuns: 150 },
    )
  })

  const asText = (value: Cell) => (value === null || value === '' ? null : String(shownAs(value)))
  const isNumber = (text: unknown) => /^-?\d+$/.test(String(text))

  test('CSV, read back by a spreadsheet library', async () => {
    await fc.assert(
      fc.asyncProperty(table, async rows => {
        const { cells, hasFormula } = opened(await whole(csvFile(inBatches(rows))))
        expect(hasFormula).toBe(false)
        const found = rows.map((row, y) => row.map((_, x) => cells[y]?.[x] || null))
        expect(found.flat().filter(text => startsDangerously(text) && !isNumber(text))).toEqual([])
        expect(found).toEqual(rows.map(row => row.map(asText)))
      }),
      { numRuns: 150 },
    )
  })

  // The engine takes no line break in a cell of a file whose lines end with CR LF.
  const onOneLine = table.map(rows =>
    rows.map(row => row.map(c => (typeof c === 'string' ? c.replaceAll(/[\r\n]/g, '') : c))),
  )
  test('CSV, read back by the engine', async () => {
    let nth = 0
    await fc.assert(
      fc.asyncProperty(onOneLine, async rows => {
        const file = path.join(folder, `${nth++}.csv`)
        await writeFile(file, await whole(csvFile(inBatches(rows))))
        const found = await warehouse.rows<Record<string, string | null>>(
          sql`SELECT * FROM read_csv(${file}, header = false, auto_detect = false, delim = ',', quote = '"', escape = '"', columns = {'a': 'VARCHAR', 'b': 'VARCHAR', 'c': 'VARCHAR'})`,
        )
        const cells = found.map(row => Object.values(row).map(v => (v === '' ? null : v)))
        expect(cells).toEqual(rows.map(row => row.map(asText)))
      }),
      { numRuns: 60 },
    )
  })

  test('CSV, opened by a spreadsheet library as a spreadsheet would', async () => {
    const rows = [
      ['=1+1', '+86', '-5', '@SUM(A1)', '\t=2', ' =3', '13812345678', '张伟'],
      [-5, 2.5, null, 'a"b', 'x', 'x', 'x', 'x'],
    ]
    const { hasFormula, cells } = opened(await whole(csvFile(inBatches(rows))))
    expect(hasFormula).toBe(false)
    expect(cells[0]?.slice(0, 4)).toEqual(["'=1+1", "'+86", "'-5", "'@SUM(A1)"])
  })
})

test('equal rows give equal files, and a hundred thousand rows pass through in constant memory', async () => {
  async function* many(count: number) {
    for (let at = 0; at < count; at += 1_000)
      yield Array.from({ length: 1_000 }, (_, i) => [
        `S${at + i}`,
        '138****5678',
        at + i,
        '因为上月消费下降，且两次投诉未解决',
      ])
  }
  const bytesOf = async (count: number) => {
    let bytes = 0
    let peak = 0
    globalThis.gc?.()
    const before = process.memoryUsage()
    for await (const chunk of workbookFile(many(count), 'x')) {
      bytes += chunk.length
      const now = process.memoryUsage()
      peak = Math.max(peak, now.heapUsed + now.external - before.heapUsed - before.external)
    }
    return { bytes, peak }
  }
  const small = [['a', 1]]
  expect(
    (await whole(workbookFile(inBatches(small), 's'))).equals(
      await whole(workbookFile(inBatches(small), 's')),
    ),
  ).toBe(true)
  const large = await bytesOf(100_000)
  expect(large.bytes).toBeGreaterThan(500_000)
  expect(large.peak).toBeLessThan(120 * 2 ** 20)
})

test('a source that fails on the way fails the archive', async () => {
  async function* failing() {
    yield Buffer.from('some')
    throw new Error('the source broke')
  }
  await expect(whole(zipFile([{ name: 'a', content: failing() }]))).rejects.toThrow('the source broke')
})
