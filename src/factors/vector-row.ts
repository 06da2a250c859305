import type { Cell, Column, Row } from '#warehouse'
import { someMissing, tags } from './vector-block.ts'

/** A column as the header of a vector file names it. */
export interface VectorColumn {
  readonly name: string
  readonly is: Column['is']
}

/** One row of a block of `n` rows, as the engine would answer it. */
export function blockRow(block: Buffer, columns: readonly VectorColumn[], n: number, row: number): Row {
  const found: Record<string, Cell> = {}
  const cursor = new Cursor(block, n, row)
  for (const { name, is } of columns) found[name] = cursor.cell(is)
  return found
}

class Cursor {
  #at = 0
  readonly #block: Buffer
  readonly #n: number
  readonly #row: number
  /** Of the column under the cursor: how many values it holds, and which is the row's; -1: none. */
  #count = 0
  #place = 0

  constructor(block: Buffer, n: number, row: number) {
    this.#block = block
    this.#n = n
    this.#row = row
  }

  /** The row's value of the next column. */
  cell(is: Column['is']): Cell {
    const tag = this.#block[this.#at++] as number
    if (tag === tags.nothing) return null
    if ((tag & someMissing) === 0) {
      this.#count = this.#n
      this.#place = this.#row
    } else this.#presence()
    const texts = is === 'text' || is === 'list' ? this.#skipTexts() : 0
    const value = this.#value(tag & ~someMissing)
    if (this.#place < 0) return null
    switch (is) {
      case 'integer':
        return typeof value === 'bigint' && isSafe(value) ? Number(value) : value
      case 'number':
        return value
      case 'day':
        return dayText(Number(value))
      case 'flag':
        return value !== 0
      case 'text':
        return this.#text(texts, Number(value))
      case 'list':
        return JSON.parse(this.#text(texts, Number(value))) as readonly Cell[]
    }
  }

  #presence(): void {
    const low = this.#block.readInt32LE(this.#at)
    const high = this.#block.readInt32LE(this.#at + 4)
    this.#at += 8
    const row = this.#row
    this.#count = bitsIn(low) + bitsIn(high)
    const isThere = ((row < 32 ? low : high) >>> (row & 31)) & 1
    const before = row < 32 ? bitsIn(below(low, row)) : bitsIn(low) + bitsIn(below(high, row - 32))
    this.#place = isThere ? before : -1
  }

  /** Reads the value at the cursor's place, and steps over the others. */
  #value(kind: number): number | bigint {
    const [block, at, count] = [this.#block, this.#at, this.#count]
    const place = Math.max(0, this.#place)
    switch (kind) {
      case tags.same:
        this.#at += 4
        return block.readInt32LE(at)
      case tags.byte:
        this.#at += 4 + count
        return block.readInt32LE(at) + block.readUInt8(at + 4 + place)
      case tags.short:
        this.#at += 4 + count * 2
        return block.readInt32LE(at) + block.readUInt16LE(at + 4 + place * 2)
      case tags.word:
        this.#at += count * 4
        return block.readInt32LE(at + place * 4)
      case tags.long:
        this.#at += count * 8
        return block.readBigInt64LE(at + place * 8)
      case tags.double:
        this.#at += count * 8
        return block.readDoubleLE(at + place * 8)
      default:
        throw new TypeError(`a block has no kind ${kind}`)
    }
  }

  /** Steps over a list of texts and says where it begins. */
  #skipTexts(): number {
    const start = this.#at
    const texts = this.#block[this.#at++] as number
    for (let i = 0; i < texts; i++) this.#at += 4 + this.#block.readUInt32LE(this.#at)
    return start
  }

  #text(start: number, index: number): string {
    let at = start + 1
    for (let i = 0; i < index; i++) at += 4 + this.#block.readUInt32LE(at)
    return this.#block.toString('utf8', at + 4, at + 4 + this.#block.readUInt32LE(at))
  }
}

function isSafe(value: bigint): boolean {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER
}

function below(word: number, bit: number): number {
  return word & ((1 << bit) - 1)
}

function bitsIn(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555)
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333)
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** Days since 1970-01-01 as ISO text, by the rule of the Gregorian calendar: 400 years are 146,097 days. */
function dayText(sinceEpoch: number): string {
  const z = sinceEpoch + 719_468
  const era = Math.floor(z / 146_097)
  const dayOfEra = z - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
}
