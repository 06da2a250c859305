import { type Fault, FaultError } from '#kernel'
import { csvRows, encodingOf } from './csv.ts'
import { fileEmpty, fileEncoding, fileNotSheet, fileOldExcel, lineUneven } from './faults.ts'
import type { KeptFile } from './kept.ts'
import type { BrokenRow, SheetRow } from './row.ts'
import { workbookRows } from './workbook.ts'

/** A row below the titles, by its columns. */
export interface SheetLine {
  readonly line: number
  readonly cells: Readonly<Record<string, string>>
  readonly doubts: readonly { readonly column: string; readonly fault: Fault }[]
}

export interface Sheet {
  readonly kind: 'csv' | 'xlsx'
  readonly columns: readonly string[]
  /** The line of the titles. */
  readonly titleLine: number
  /** Everything below the titles, once. */
  lines(): AsyncGenerator<SheetLine | BrokenRow>
}

/**
 * Opens what lies in a file as a table with titles: CSV in UTF-8 or GB18030, or the first sheet of an Excel workbook. What it is
 * is told by its content alone. Faults file.*.
 */
export async function openSheet(file: KeptFile): Promise<Sheet> {
  const kind = await kindOf(file)
  const rows = kind === 'xlsx' ? workbookRows(file) : csvRows(file, await encodingOf(file))
  const first = await rows.next()
  if (first.done === true) throw new FaultError(fileEmpty())
  if ('broken' in first.value) throw new FaultError({ ...first.value.broken, at: { line: first.value.line } })
  const columns = first.value.cells.map(title => title.trim())
  return { kind, columns, titleLine: first.value.line, lines: () => below(columns, rows) }
}

async function* below(
  columns: readonly string[],
  rows: AsyncGenerator<SheetRow | BrokenRow>,
): AsyncGenerator<SheetLine | BrokenRow> {
  for await (const row of rows) {
    if ('broken' in row) yield row
    else if (row.cells.length > columns.length)
      yield { line: row.line, broken: lineUneven(row.cells.length, columns.length) }
    else yield lineOf(columns, row)
  }
}

function lineOf(columns: readonly string[], { line, cells, doubts }: SheetRow): SheetLine {
  return {
    line,
    cells: Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? ''])),
    doubts: [...doubts].map(([i, fault]) => ({ column: columns[i] ?? '', fault })),
  }
}

async function kindOf(file: KeptFile): Promise<Sheet['kind']> {
  if (file.bytes === 0) throw new FaultError(fileEmpty())
  let isFirst = true
  for await (const chunk of file.from(0)) {
    const begins = chunk.toString('latin1', 0, 4)
    if (isFirst && begins === 'PK\x03\x04') return 'xlsx'
    if (isFirst && begins === '\xd0\xcf\x11\xe0') throw new FaultError(fileOldExcel())
    if (isFirst && /^(\xff\xfe|\xfe\xff)/.test(begins)) throw new FaultError(fileEncoding())
    isFirst = false
    if (chunk.some(isNoText)) throw new FaultError(fileNotSheet())
  }
  return 'csv'
}

/** Control characters other than tab and line ends stand in no text, in UTF-8 as in GB18030. */
function isNoText(byte: number): boolean {
  return byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d
}
