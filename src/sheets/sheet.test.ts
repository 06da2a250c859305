import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { utils, write } from '@e965/xlsx'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ZipFile } from 'yazl'
import { FaultError } from '#kernel'
import { fileAt, keepFile } from './kept.ts'
import { openSheet } from './sheet.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'weiwan-sheets-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const generous = 512 * 2 ** 20

async function* inPieces(bytes: Buffer, size = 7_919) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** What a file turns out to hold, or the code of why not. */
async function read(bytes: Buffer | string) {
  const file = await keepFile({ arriving: inPieces(Buffer.from(bytes)), bytesMax: generous }, folder)
  try {
    const sheet = await openSheet(file)
    const rows: unknown[] = []
    for await (const line of sheet.lines())
      rows.push(
        'broken' in line
          ? [line.line, line.broken.code]
          : [line.line, ...Object.values(line.cells), ...line.doubts.map(d => `${d.column}!${d.fault.code}`)],
      )
    return { kind: sheet.kind, columns: sheet.columns, rows }
  } catch (error) {
    if (!(error instanceof FaultError)) throw error
    const [fault] = error.faults
    return fault?.zh === fault?.en ? 'said in one language' : fault?.code
  } finally {
    await file.close()
  }
}

function zipped(parts: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name)
  zip.end()
  return Array.fromAsync(zip.outputStream as AsyncIterable<Buffer>).then(chunks => Buffer.concat(chunks))
}

/** The least that an Excel workbook is. */
const parts = (sheet: string, more: Readonly<Record<string, string | Buffer>> = {}) => ({
  '[Content_Types].xml': '<Types/>',
  'xl/workbook.xml':
    '<workbook xmlns:r="x"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels':
    '<Relationships><Relationship Id="r1" Target="worksheets/s.xml"/></Relationships>',
  'xl/worksheets/s.xml': `<worksheet><sheetData>${sheet}</sheetData></worksheet>`,
  ...more,
})

function book(rows: readonly (readonly unknown[])[]): Buffer {
  const workbook = utils.book_new()
  utils.book_append_sheet(workbook, utils.aoa_to_sheet(rows as unknown[][]), '清单')
  return write(workbook, { type: 'buffer', bookType: 'xlsx', compression: true }) as Buffer
}

describe('CSV', () => {
  const text = '号码,说明\r\n13800138000,"张伟，""老""客户"\r\n\r\n13800138001,二\r\n'
  const expected = {
    kind: 'csv',
    columns: ['号码', '说明'],
    rows: [
      [2, '13800138000', '张伟，"老"客户'],
      [4, '13800138001', '二'],
    ],
  }

  test('is read in UTF-8, with or without its mark, and in GB18030', async () => {
    expect(await read(text)).toEqual(expected)
    expect(await read(`\uFEFF${text}`)).toEqual(expected)
    expect(await read(iconv.encode(text, 'gb18030'))).toEqual(expected)
  })

  test('may be held apart by tabs or semicolons', async () => {
    expect(await read('a\tb\n1\t2\n')).toMatchObject({ columns: ['a', 'b'], rows: [[2, '1', '2']] })
    expect(await read('a;b\n1;2\n')).toMatchObject({ columns: ['a', 'b'], rows: [[2, '1', '2']] })
  })

  test('tells the lines that are none, and where it stops being CSV', async () => {
    expect(await read('a,b\n1\n1,2,3\n3,4\n')).toMatchObject({
      rows: [
        [2, 'file.uneven'],
        [3, 'file.uneven'],
        [4, '3', '4'],
      ],
    })
    expect(await read('a,b\n1,2"3"\n3,4\n')).toBe('file.not-csv')
    expect(await read('a"b",c\n1,2\n')).toBe('file.not-csv')
    expect(await read('a,b\n1,"2\n3,4\n')).toMatchObject({ rows: [[expect.any(Number), 'file.not-csv']] })
    expect(await read(`a\n${'x'.repeat(300_000)}\n`)).toMatchObject({
      rows: [[expect.any(Number), 'file.not-csv']],
    })
  })

  test.each([
    ['nothing', '', 'file.empty'],
    ['blank lines', '\n\r\n', 'file.empty'],
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), 'file.not-sheet'],
    ['a program', Buffer.from('\x7fELF\x02\x01\x01\0', 'latin1'), 'file.not-sheet'],
    ['a binary far below its text', `a,b\n${'1,2\n'.repeat(50_000)}\0`, 'file.not-sheet'],
    ['UTF-16', Buffer.from('\uFEFFa,b\n1,2\n', 'utf16le'), 'file.encoding'],
    ['neither encoding', Buffer.from([0x61, 0x0a, 0xff, 0xff, 0x0a]), 'file.encoding'],
    ['Excel of the old kind', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'file.old-excel'],
  ])('%s is refused', async (_, bytes, code) => {
    expect(await read(bytes)).toBe(code)
  })
})

describe('Excel', () => {
  test('says what a spreadsheet library wrote', async () => {
    const cell = fc.oneof(
      fc
        .string({ unit: 'grapheme', maxLength: 12 })
        .map(t => t.replaceAll(/[\p{Cc}\ufffe\uffff]/gu, '').trim()),
      fc.integer(),
      fc.constantFrom('张伟', '<a>&amp;', 13_800_138_000, 'two\nlines', '_x0041_'),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 }), async rows => {
        const found = await read(book([['a', 'b'], ...rows]))
        const written = rows.map(([a, b], i) => [i + 2, String(a), String(b)]).filter(([, a, b]) => a || b)
        expect(found).toEqual({ kind: 'xlsx', columns: ['a', 'b'], rows: written })
      }),
      { numRuns: 60 },
    )
  })

  test('never takes a formula for a value, nor what Excel rounded, nor an error', async () => {
    const sheet = `<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="inlineStr"><is><t>b</t></is></c></row>
      <row r="3"><c r="A3"><f>1+1</f><v>2</v></c><c r="B3"><v>1.3800138E10</v></c></row>
      <row r="4"><c r="A4"><v>1234567890123460</v></c><c r="B4" t="e"><v>#N/A</v></c></row>
      <row r="5"><c r="B5" t="inlineStr"><is><r><t>two </t></r><r><t>runs</t></r><rPh><t>no</t></rPh></is></c></row>`
    expect(await read(await zipped(parts(sheet)))).toMatchObject({
      rows: [
        [3, '2', '13800138000', 'a!file.formula'],
        [4, '1234567890123460', '#N/A', 'a!file.rounded', 'b!file.cell-error'],
        [5, '', 'two runs'],
      ],
    })
  })

  test('a hundred thousand rows pass through in constant memory', async () => {
    const rows = Array.from({ length: 100_000 }, (_, i) => [`1380${String(i).padStart(7, '0')}`, i])
    const file = path.join(folder, 'many.xlsx')
    writeFileSync(file, book([['number', 'n'], ...rows]))
    const kept = await fileAt(file, generous)
    let count = 0
    for await (const line of (await openSheet(kept)).lines()) count += 'broken' in line ? 0 : 1
    await kept.close()
    expect(count).toBe(100_000)
  })

  test('an archive that is no workbook, is cut short, or defines entities is refused', async () => {
    const row = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'
    const good = await zipped(parts(row))
    expect(await read(good)).toMatchObject({ columns: ['a'], rows: [] })
    expect(await read(await zipped({ 'word/document.xml': '<x/>' }))).toBe('file.not-sheet')
    expect(await read(good.subarray(0, good.length - 40))).toBe('file.workbook-broken')
    const { 'xl/_rels/workbook.xml.rels': _, ...without } = parts(row)
    expect(await read(await zipped(without))).toBe('file.workbook-broken')
    const laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
    expect(await read(await zipped({ ...parts(row), 'xl/worksheets/s.xml': laughs }))).toBe(
      'file.workbook-broken',
    )
    const damaged = Buffer.from(good)
    damaged.write('####', good.indexOf('xl/worksheets') + 30)
    expect(await read(damaged)).toBe('file.workbook-broken')
  })

  test('a zip bomb is refused before it bursts, also one that lies about its size', async () => {
    const bomb = await zipped(parts('', { 'xl/sharedStrings.xml': Buffer.alloc(300 * 2 ** 20, 0x20) }))
    expect(bomb.length).toBeLessThan(2 ** 20)
    const before = process.memoryUsage.rss()
    expect(await read(bomb)).toBe('file.workbook-too-large')
    const lying = Buffer.from(await zipped(parts('<row/>'.repeat(2_000_000))))
    const entry = lying.lastIndexOf(Buffer.from('504b0102', 'hex'))
    lying.writeUInt32LE(1_000, entry + 24)
    expect(await read(lying)).toBe('file.workbook-broken')
    expect(process.memoryUsage.rss() - before).toBeLessThan(150 * 2 ** 20)
  })
})

describe('a kept file', () => {
  test('has no name while it is kept, and is cut off as soon as it is too large', async () => {
    const home = path.join(folder, 'kept')
    let sent = 0
    async function* endless() {
      for (;;) {
        sent += 2 ** 16
        yield Buffer.alloc(2 ** 16, 0x61)
      }
    }
    await expect(keepFile({ arriving: endless(), bytesMax: 2 ** 20 }, home)).rejects.toThrow('file.too-large')
    expect(sent).toBeLessThan(2 ** 21)
    const kept = await keepFile({ arriving: inPieces(Buffer.from('a,b\n')), bytesMax: 2 ** 20 }, home)
    expect(readdirSync(home)).toEqual([])
    expect(String((await Array.fromAsync(kept.from(2)))[0])).toBe('b\n')
    await kept.close()
  })

  test('that does not arrive whole is none', async () => {
    async function* breaking() {
      yield Buffer.from('a,b')
      throw new Error('aborted')
    }
    await expect(keepFile({ arriving: breaking(), bytesMax: 100 }, folder)).rejects.toThrow('file.broken-off')
  })

  test('on this machine is told apart from none, a folder, and one that is too large', async () => {
    await expect(fileAt(path.join(folder, 'none'), 10)).rejects.toThrow('file.missing')
    await expect(fileAt(folder, 10)).rejects.toThrow('file.missing')
    writeFileSync(path.join(folder, 'gigabyte'), '')
    truncateSync(path.join(folder, 'gigabyte'), 2 ** 30)
    await expect(fileAt(path.join(folder, 'gigabyte'), generous)).rejects.toThrow('file.too-large')
  })
})
