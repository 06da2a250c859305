import { type Cell, harmless } from './cell.ts'
import { type ZipPart, zipFile } from './zip.ts'

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/package/2006/relationships'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** Excel's sheets end at 1,048,576 rows. */
export const sheetRowsMax = 1_048_575

/** Rows as an Excel file with one sheet, in constant memory. Text is text: no cell can be a formula. */
export function workbookFile(
  rows: AsyncIterable<readonly (readonly Cell[])[]>,
  sheet: string,
): AsyncGenerator<Buffer> {
  return zipFile(parts(rows, sheet))
}

function* parts(rows: AsyncIterable<readonly (readonly Cell[])[]>, sheet: string): Generator<ZipPart> {
  yield part(
    '[Content_Types].xml',
    `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
  )
  yield part(
    '_rels/.rels',
    `<Relationships xmlns="${relations}"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  )
  yield part(
    'xl/workbook.xml',
    `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${escaped(sheet)}" sheetId="1" r:id="r1"/></sheets></workbook>`,
  )
  yield part(
    'xl/_rels/workbook.xml.rels',
    `<Relationships xmlns="${relations}"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
  )
  yield { name: 'xl/worksheets/sheet1.xml', content: sheetOf(rows) }
}

function part(name: string, text: string): ZipPart {
  return { name, content: [Buffer.from(head + text)] }
}

async function* sheetOf(rows: AsyncIterable<readonly (readonly Cell[])[]>): AsyncGenerator<Buffer> {
  yield Buffer.from(`${head}<worksheet xmlns="${main}"><sheetData>`)
  let above = 0
  for await (const some of rows) {
    const from = above
    yield Buffer.from(some.map((row, i) => rowOf(row, from + i + 1)).join(''))
    above += some.length
  }
  yield Buffer.from('</sheetData></worksheet>')
}

function rowOf(row: readonly Cell[], nth: number): string {
  return `<row r="${nth}">${row.map((cell, i) => cellOf(cell, columns.charAt(i) + nth)).join('')}</row>`
}

/** Our lists are narrower than the alphabet. */
const columns = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

function cellOf(cell: Cell, at: string): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`
  return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escaped(harmless(cell))}</t></is></c>`
}

/** XML text. What XML cannot hold is left out; what Excel would read as an escape of its own is escaped. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/_x[0-9A-Fa-f]{4}_/g, '_x005F$&')
    .replaceAll(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '')
    .replaceAll(/[&<>"\r]/g, character => `&#${character.charCodeAt(0)};`)
}
