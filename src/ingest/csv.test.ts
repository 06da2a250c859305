import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CsvShape, numberLines } from './csv-lines.ts'
import { fieldsOf } from './csv-record.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'weiwan-csv-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const where = { feed: 'recharge', from: '2026-03-01', to: '2026-03-02' }

/** Runs the bytes through in chunks of the given size, as a disk or a socket would. */
async function numbered(bytes: Buffer, more: Partial<CsvShape> = {}, chunkBytes = 7) {
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes)
  }
  const out = { records: path.join(folder, 'good.csv'), malformed: path.join(folder, 'bad.csv') }
  const shape: CsvShape = { delimiter: ',', header: true, encoding: 'utf-8', ...more }
  const found = await numberLines(chunks(), shape, out, where)
  const good = await readFile(out.records, 'utf8')
  const bad = await readFile(out.malformed, 'utf8')
  return { ...found, good, bad }
}

test('every record keeps the line it began on, after malformed lines and line breaks in fields', async () => {
  const text = 'id,note\n1,a\n2,"two\nlines"\nno columns here\n3,b\r\n\n4,"say ""hi"""\n'
  const found = await numbered(Buffer.from(`\ufeff${text}`))
  expect(found.header).toEqual(['id', 'note'])
  expect(found.good).toBe('2,1,a\n3,2,"two\nlines"\n6,3,b\n8,4,"say ""hi"""\n')
  expect(found.bad).toBe('5,"no columns here"\n')
  expect([found.records, found.malformed, found.malformedFields]).toEqual([4, 1, 1])
})

test('a quote that never closes gives up one line, not the rest of the file', async () => {
  const found = await numbered(Buffer.from('id,note\n1,"open\n2,b\n3,c\n'))
  expect(found.good).toBe('3,2,b\n4,3,c\n')
  expect(found.bad).toBe('2,"1,""open"\n')
})

test('text after a closing quote and zero bytes are malformed; a quote inside plain text is text', async () => {
  const found = await numbered(Buffer.from('id,note\n1,"a"b\n2,x\0y\n3,5"\n'))
  expect(found.bad).toBe('2,"1,""a""b"\n3,"2,xy"\n')
  expect(found.good).toBe('4,"3","5"""\n')
})

test('GB18030 arrives as UTF-8, also where a chunk ends inside a character', async () => {
  const text = '号码,姓名\n1,张伟\n2,𠮷野\n'
  for (const chunkBytes of [1, 3, 1000]) {
    const found = await numbered(iconv.encode(text, 'gb18030'), { encoding: 'gb18030' }, chunkBytes)
    expect(found.header).toEqual(['号码', '姓名'])
    expect(found.good).toBe('2,1,张伟\n3,2,𠮷野\n')
  }
})

test('a file in the other encoding is refused, whichever way round', async () => {
  const text = '号码,姓名\n1,张伟\n2,王芳\n'
  await expect(numbered(iconv.encode(text, 'gb18030'))).rejects.toThrow('delivery.encoding')
  await expect(numbered(Buffer.from(text), { encoding: 'gb18030' })).rejects.toThrow('delivery.encoding')
  await expect(numbered(Buffer.from(text, 'utf16le'))).rejects.toThrow('delivery.encoding')
})

test('whatever well-formed fields are written, the same come back with their lines', async () => {
  const field = fc.stringMatching(/^[a-z", \n一]*$/)
  const row = fc.tuple(field, field)
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { maxLength: 12 }),
      fc.integer({ min: 1, max: 30 }),
      async (rows, size) => {
        const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
        const lines = rows.map(r => r.map(cell).join(','))
        const found = await numbered(Buffer.from(['a,b', ...lines, ''].join('\n')), {}, size)
        let line = 2
        let expected = ''
        for (const [i, r] of rows.entries()) {
          expected += `${line},${lines[i]}\n`
          line += 1 + r.join('').split('\n').length - 1
        }
        expect(found.good).toBe(expected)
        for (const r of rows) expect(fieldsOf(r.map(cell).join(','), ',')).toEqual(r)
      },
    ),
  )
})
