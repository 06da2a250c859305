import { pipeline, Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { FaultError } from '#kernel'
import { fileEncoding, lineUneven, notCsv } from './faults.ts'
import type { KeptFile } from './kept.ts'
import type { BrokenRow, SheetRow } from './row.ts'

type Encoding = 'utf-8' | 'gb18030'

/** No line of an honest list is as long. */
const recordCharsMax = 100_000
const none: SheetRow['doubts'] = new Map()

/** In which encoding the whole file is well-formed; Chinese text in GB18030 is never well-formed UTF-8 by chance. */
export async function encodingOf(file: KeptFile): Promise<Encoding> {
  for (const encoding of ['utf-8', 'gb18030'] as const) if (await isIn(file, encoding)) return encoding
  throw new FaultError(fileEncoding())
}

async function isIn(file: KeptFile, encoding: Encoding): Promise<boolean> {
  try {
    for await (const _ of textOf(file, encoding));
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

async function* textOf(file: KeptFile, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  for await (const chunk of file.from(0)) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

interface CsvRecord {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

/** The rows of CSV text, the titles first; with fewer cells than titles a row is broken. */
export async function* csvRows(
  file: KeptFile,
  encoding: Encoding,
): AsyncGenerator<SheetRow | BrokenRow, undefined> {
  const options = { info: true, relax_column_count: true, skip_empty_lines: true, trim: true } as const
  const delimiter = await delimiterOf(file, encoding)
  const parser = parse({ ...options, delimiter, max_record_size: recordCharsMax })
  let columns: number | undefined
  try {
    pipeline(Readable.from(textOf(file, encoding)), parser, () => undefined)
    for await (const read of parser as AsyncIterable<CsvRecord>) {
      const { record: cells, info } = read
      const line = info.lines
      columns ??= cells.length
      if (cells.length < columns) yield { line, broken: lineUneven(cells.length, columns) }
      else yield { line, cells, doubts: none }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const lines: unknown = error['lines']
    yield { line: typeof lines === 'number' ? lines : 0, broken: notCsv() }
  }
}

/** Commas, unless the titles have none and are held apart by tabs or semicolons. */
async function delimiterOf(file: KeptFile, encoding: Encoding): Promise<string> {
  let titles = ''
  for await (const text of textOf(file, encoding)) {
    titles += text
    const end = titles.search(/\S[\r\n]/)
    if (end < 0 && titles.length < recordCharsMax) continue
    if (end >= 0) titles = titles.slice(0, end + 1)
    break
  }
  return [',', '\t', ';'].find(one => titles.includes(one)) ?? ','
}
