import type { DuckDBConnection, DuckDBVector } from '@duckdb/node-api'
import type { Sql } from './sql.ts'

/** Bit i % 32 of word i / 32 says whether row i has a value. Undefined: every row has one. */
export type Presence = Uint32Array | undefined

type Texts = readonly (string | null)[]

/**
 * One column's values for a few thousand rows, as the engine holds them; what stands where no value is, is anything.
 * Integers are two words of 32 bits each, the low one first; days are counted from 1970-01-01.
 */
export type Column = { readonly name: string; readonly present: Presence } & (
  | { readonly is: 'integer'; readonly words: Int32Array }
  | { readonly is: 'number'; readonly values: Float64Array }
  | { readonly is: 'day'; readonly days: Int32Array }
  | { readonly is: 'flag'; readonly flags: Uint8Array }
  | { readonly is: 'text'; readonly texts: Texts }
  | { readonly is: 'list'; readonly lists: readonly (Texts | null)[] }
)

/** Valid until the next one is asked for. */
export interface ColumnBatch {
  readonly rows: number
  readonly columns: readonly Column[]
}

/** A query's rows column by column, in the query's order, without an object for each value. */
export async function* streamColumns(connection: DuckDBConnection, query: Sql): AsyncGenerator<ColumnBatch> {
  const result = await connection.stream(query.text)
  const names = result.columnNames()
  const heads = result.columnTypes().map((type, i) => headOf(names[i] ?? '', String(type)))
  for (;;) {
    const chunk = await result.fetchChunk()
    if (chunk === null || chunk.rowCount === 0) return
    const rows = chunk.rowCount
    yield { rows, columns: heads.map((head, i) => columnOf(chunk.getColumnVector(i), head)) }
    // The columns are windows on the chunk's memory: it must live until whoever reads them is done.
    if (chunk.rowCount !== rows) throw new TypeError('a chunk changed while it was read')
  }
}

/** How the engine's client holds a vector; it names these private and has no other way to them. */
interface Held {
  readonly items: BigInt64Array | Int32Array | Float64Array
  readonly dataView: DataView
  readonly validity: { readonly data: BigUint64Array | null }
  getItem(i: number): unknown
}

interface Head {
  readonly name: string
  readonly type: string
  readonly cache: TextCache | undefined
}

function headOf(name: string, type: string): Head {
  return { name, type, cache: type === 'VARCHAR' ? new TextCache() : undefined }
}

function columnOf(vector: DuckDBVector, { name, type, cache }: Head): Column {
  const held = vector as unknown as Held
  const base = { name, present: presence(held) }
  switch (type) {
    case 'BIGINT': {
      const { buffer, byteOffset, length } = held.items
      return { ...base, is: 'integer', words: new Int32Array(buffer, byteOffset, length * 2) }
    }
    case 'DOUBLE':
      return { ...base, is: 'number', values: held.items as Float64Array }
    case 'DATE':
      return { ...base, is: 'day', days: held.items as Int32Array }
    case 'BOOLEAN': {
      const { buffer, byteOffset, byteLength } = held.dataView
      return { ...base, is: 'flag', flags: new Uint8Array(buffer, byteOffset, byteLength) }
    }
    case 'VARCHAR':
      return { ...base, is: 'text', texts: cache?.texts(vector, held) ?? [] }
    case 'VARCHAR[]':
      return { ...base, is: 'list', lists: lists(vector) }
    default:
      throw new TypeError(`column ${name} is of type ${type}, which is not read by column`)
  }
}

function presence({ validity: { data } }: Held): Presence {
  return data === null ? undefined : new Uint32Array(data.buffer, data.byteOffset, data.length * 2)
}

function lists(vector: DuckDBVector): (Texts | null)[] {
  return Array.from({ length: vector.itemCount }, (_, i) => {
    const list = vector.getItem(i) as { readonly items: Texts } | null
    return list === null ? null : list.items
  })
}

const slots = 1024

/**
 * Texts repeat within a column. The engine holds each as four words: short ones whole, long ones as a prefix and a place
 * in memory, which is the same for the same text of a dictionary. Equal words are therefore equal texts: short ones
 * always, long ones within a batch.
 */
class TextCache {
  readonly #words = new Int32Array(slots * 4)
  readonly #batch = new Int32Array(slots).fill(-1)
  readonly #texts: (string | null)[] = Array.from({ length: slots }, () => null)
  #current = 0

  texts(vector: DuckDBVector, held: Held): (string | null)[] {
    this.#current += 1
    const { buffer, byteOffset, byteLength } = held.dataView
    const words = new Int32Array(buffer, byteOffset, byteLength / 4)
    const present = presence(held)
    const found: (string | null)[] = []
    for (let i = 0; i < vector.itemCount; i++) {
      const isThere = present === undefined || ((present[i >> 5] as number) >>> (i & 31)) & 1
      found.push(isThere ? this.#text(words, i, held) : null)
    }
    return found
  }

  #text(words: Int32Array, i: number, held: Held): string {
    const [a, b, c, d] = [words[i * 4], words[i * 4 + 1], words[i * 4 + 2], words[i * 4 + 3]] as [
      number,
      number,
      number,
      number,
    ]
    const slot =
      ((Math.imul(a ^ Math.imul(b, 31) ^ Math.imul(c, 961), 0x9e3779b1) ^ Math.imul(d, 0x85ebca6b)) >>> 22) %
      slots
    const w = this.#words
    const at = slot * 4
    const isSame = w[at] === a && w[at + 1] === b && w[at + 2] === c && w[at + 3] === d
    const batch = this.#batch[slot] as number
    if (isSame && (batch === this.#current || (a <= 12 && batch >= 0))) return this.#texts[slot] as string
    const text = this.#plain(words, i) ?? (held.getItem(i) as string)
    w[at] = a
    w[at + 1] = b
    w[at + 2] = c
    w[at + 3] = d
    this.#batch[slot] = this.#current
    this.#texts[slot] = text
    return text
  }

  /** A short text of ASCII, which is most: read from where it lies. */
  #plain(words: Int32Array, i: number): string | undefined {
    const at = i * 4
    const length = words[at] as number
    if (length > 12) return undefined
    const all = (words[at + 1] as number) | (words[at + 2] as number) | (words[at + 3] as number)
    if ((all & 0x80808080) !== 0) return undefined
    const start = words.byteOffset + at * 4 + 4
    return Buffer.from(words.buffer, start, length).toString('latin1')
  }
}
