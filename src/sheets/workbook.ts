import sax, { type Tag } from 'sax'
import { type Fault, FaultError } from '#kernel'
import { cellError, cellFormula, cellRounded, workbookBroken, workbookTooLarge } from './faults.ts'
import type { KeptFile } from './kept.ts'
import { type Parts, partsOf } from './package.ts'
import type { SheetRow } from './row.ts'

const textsMax = 2_000_000
const textCharsMax = 64 * 2 ** 20
const columnsMax = 1_000
/** Excel keeps fifteen digits of a number. */
const digitsKept = 15

/** The rows of a workbook's first sheet, as they are unpacked; rows with nothing in them are left out. */
export async function* workbookRows(file: KeptFile): AsyncGenerator<SheetRow, undefined> {
  const parts = await partsOf(file)
  const texts = parts.has('xl/sharedStrings.xml') ? await sharedTexts(parts) : []
  const rows = new Rows(texts)
  for await (const chunk of parts.open(await firstSheet(parts))) {
    rows.take(chunk)
    yield* rows.taken()
  }
  rows.end()
  yield* rows.taken()
}

/** What happens while XML is read; names come without their prefixes. */
interface Reading {
  open(name: string, attributes: Readonly<Record<string, string>>): void
  close(name: string): void
  text(text: string): void
}

/** Reads XML as it comes. Nothing is looked up: an Office file defines no entities, and one that tries is broken. */
function xmlReader(reading: Reading) {
  const parser = sax.parser(true, { position: false })
  const broken = () => {
    throw new FaultError(workbookBroken())
  }
  parser.onerror = broken
  parser.ondoctype = broken
  parser.onopentag = tag => reading.open(localName(tag.name), (tag as Tag).attributes)
  parser.onclosetag = name => reading.close(localName(name))
  parser.ontext = text => reading.text(text)
  parser.oncdata = text => reading.text(text)
  return parser
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

/** The texts that cells refer to by number. */
async function sharedTexts(parts: Parts): Promise<readonly string[]> {
  const texts: string[] = []
  let [chars, isText, phonetic, current] = [0, false, 0, '']
  const parser = xmlReader({
    open(name) {
      if (name === 'si') current = ''
      if (name === 'rPh') phonetic++
      isText = name === 't' && phonetic === 0
    },
    close(name) {
      if (name === 'rPh') phonetic--
      if (name === 'si') texts.push(current)
      isText = false
    },
    text(text) {
      if (!isText) return
      current += text
      chars += text.length
      if (texts.length > textsMax || chars > textCharsMax) throw new FaultError(workbookTooLarge())
    },
  })
  for await (const chunk of parts.open('xl/sharedStrings.xml')) parser.write(chunk)
  parser.close()
  return texts
}

/** Where the sheet lies that a person sees first. */
async function firstSheet(parts: Parts): Promise<string> {
  const [workbook, relations] = [
    await parts.read('xl/workbook.xml'),
    await parts.read('xl/_rels/workbook.xml.rels'),
  ]
  const sheet = tagsOf(workbook, 'sheet')[0]
  const id = Object.entries(sheet ?? {}).find(([name]) => localName(name) === 'id' && name !== 'id')?.[1]
  const target = tagsOf(relations, 'Relationship').find(one => one['Id'] === id)?.['Target']
  if (target === undefined) throw new FaultError(workbookBroken())
  return target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`
}

function tagsOf(xml: string, wanted: string): readonly Readonly<Record<string, string>>[] {
  const found: Readonly<Record<string, string>>[] = []
  const parser = xmlReader({
    open: (name, attributes) => void (name === wanted && found.push(attributes)),
    close: () => undefined,
    text: () => undefined,
  })
  parser.write(xml).close()
  return found
}

interface CellRead {
  readonly column: number
  readonly type: string
  hasFormula: boolean
  text: string
}

/** Gathers the rows of a sheet from its XML. */
class Rows {
  readonly #texts: readonly string[]
  readonly #parser = xmlReader({
    open: (name, attributes) => this.#open(name, attributes),
    close: name => this.#close(name),
    text: text => this.#text(text),
  })
  #done: SheetRow[] = []
  #line = 0
  #cells: string[] = []
  #doubts = new Map<number, Fault>()
  #cell: CellRead | undefined
  #isValue = false
  #phonetic = 0

  constructor(texts: readonly string[]) {
    this.#texts = texts
  }

  take(chunk: string): void {
    this.#parser.write(chunk)
  }

  end(): void {
    this.#parser.close()
  }

  taken(): readonly SheetRow[] {
    const done = this.#done
    this.#done = []
    return done
  }

  #open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'row') {
      this.#line = Number(attributes['r'] ?? this.#line + 1)
      this.#cells = []
      this.#doubts = new Map()
    } else if (name === 'c') {
      const column = columnOf(attributes['r']) ?? (this.#cell?.column ?? -1) + 1
      if (column >= columnsMax) throw new FaultError(workbookTooLarge())
      this.#cell = { column, type: attributes['t'] ?? 'n', hasFormula: false, text: '' }
    } else if (name === 'f' && this.#cell !== undefined) this.#cell.hasFormula = true
    else if (name === 'rPh') this.#phonetic++
    this.#isValue = (name === 'v' || name === 't') && this.#phonetic === 0
  }

  #text(text: string): void {
    if (this.#isValue && this.#cell !== undefined) this.#cell.text += text
  }

  #close(name: string): void {
    this.#isValue = false
    if (name === 'rPh') this.#phonetic--
    if (name === 'c' && this.#cell !== undefined) this.#closeCell(this.#cell)
    if (name !== 'row') return
    this.#cell = undefined
    const cells = Array.from(this.#cells, cell => cell ?? '')
    while (cells.at(-1) === '') cells.pop()
    if (cells.length > 0 || this.#doubts.size > 0)
      this.#done.push({ line: this.#line, cells, doubts: this.#doubts })
  }

  #closeCell({ column, type, hasFormula, text }: CellRead): void {
    this.#cells[column] = this.#written(type, text).trim()
    const doubt = doubtOf(type, hasFormula, text)
    if (doubt !== undefined) this.#doubts.set(column, doubt)
  }

  #written(type: string, text: string): string {
    if (type === 's') return this.#texts[Number(text)] ?? ''
    return type === 'n' ? plainNumber(text) : text
  }
}

/** B7 is in column 1. */
function columnOf(at: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(at ?? '')?.[0]
  if (letters === undefined) return undefined
  return letters.split('').reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

/** A number as a person would write it: 1.3800138E10 stands for eleven digits. */
function plainNumber(text: string): string {
  const number = Number(text)
  return /e/i.test(text) && Number.isSafeInteger(number) ? String(number) : text
}

function doubtOf(type: string, hasFormula: boolean, text: string): Fault | undefined {
  if (hasFormula) return cellFormula()
  if (type === 'e') return cellError()
  const digits = plainNumber(text).replace(/^-/, '')
  if (type === 'n' && Math.abs(Number(text)) >= 10 ** digitsKept && !digits.includes('.'))
    return cellRounded()
  return undefined
}
