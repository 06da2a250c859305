import type { Column } from '#warehouse'

/**
 * A block holds a few rows of a factor table, column after column. Each column begins with a tag: how its values are
 * written, and whether some are missing; then which are there (8 bytes, a bit a row), then those and nothing for the
 * others. Whole numbers are written as their distance from the smallest, in as few bytes as all of them fit in; doubles,
 * days and flags too where they are whole and small; texts as places in a list of the block's different ones.
 */
export const blockRows = 64

export const tags = { nothing: 0, same: 1, byte: 2, short: 3, word: 4, long: 5, double: 6 } as const
export const someMissing = 0x80

/** Tag, presence, base, and 64 values of 8 bytes. */
const columnBytesMax = 1 + 8 + 4 + blockRows * 8

/** Puts blocks together; `bytes` up to `at` is the block so far. */
export class BlockWriter {
  bytes = Buffer.allocUnsafe(1 << 18)
  at = 0
  /** The rows that have a value, and the values of those on their way to be written. */
  readonly #rows = new Int32Array(blockRows)
  readonly #small = new Int32Array(blockRows)
  readonly #double = new Float64Array(1)
  readonly #doubleBytes = new Uint8Array(this.#double.buffer)

  /** Appends rows `[from, from + n)` of a column; `from` is a multiple of 32. */
  column(column: Column, from: number, n: number): void {
    this.#room(columnBytesMax)
    const tagAt = this.at++
    const count = this.#presence(column, from, n)
    const kind = count === 0 ? tags.nothing : this.#values(column, count)
    this.bytes[tagAt] = count > 0 && count < n ? kind | someMissing : kind
  }

  #presence({ present }: Column, from: number, n: number): number {
    const rows = this.#rows
    if (present === undefined) {
      for (let i = 0; i < n; i++) rows[i] = from + i
      return n
    }
    const low = lowBits(present[from >> 5] as number, n)
    const high = n > 32 ? lowBits(present[(from >> 5) + 1] as number, n - 32) : 0
    let count = 0
    for (let i = 0; i < n; i++) if (((i < 32 ? low : high) >>> (i & 31)) & 1) rows[count++] = from + i
    if (count > 0 && count < n) {
      this.#word(low)
      this.#word(high)
    }
    return count
  }

  #values(column: Column, count: number): number {
    switch (column.is) {
      case 'integer':
        return this.#integers(column.words, count)
      case 'number':
        return this.#numbers(column.values, count)
      case 'day':
        return this.#gathered(column.days, count)
      case 'flag':
        return this.#gathered(column.flags, count)
      case 'text':
        return this.#texts(row => column.texts[row] ?? '', count)
      case 'list':
        return this.#texts(row => JSON.stringify(column.lists[row]), count)
    }
  }

  #integers(words: Int32Array, count: number): number {
    const [rows, small] = [this.#rows, this.#small]
    for (let k = 0; k < count; k++) {
      const at = (rows[k] as number) * 2
      const low = words[at] as number
      if (words[at + 1] !== low >> 31) return this.#longs(words, count)
      small[k] = low
    }
    return this.#wholes(count)
  }

  #longs(words: Int32Array, count: number): number {
    for (let k = 0; k < count; k++) {
      const at = (this.#rows[k] as number) * 2
      this.#word(words[at] as number)
      this.#word(words[at + 1] as number)
    }
    return tags.long
  }

  #numbers(values: Float64Array, count: number): number {
    const [rows, small] = [this.#rows, this.#small]
    for (let k = 0; k < count; k++) {
      const value = values[rows[k] as number] as number
      const whole = value | 0
      // -0 is not whole: it would come back as 0.
      if (whole !== value || (whole === 0 && 1 / value < 0)) return this.#doubles(values, count)
      small[k] = whole
    }
    return this.#wholes(count)
  }

  #doubles(values: Float64Array, count: number): number {
    for (let k = 0; k < count; k++) {
      this.#double[0] = values[this.#rows[k] as number] as number
      this.bytes.set(this.#doubleBytes, this.at)
      this.at += 8
    }
    return tags.double
  }

  #gathered(values: Int32Array | Uint8Array, count: number): number {
    for (let k = 0; k < count; k++) this.#small[k] = values[this.#rows[k] as number] as number
    return this.#wholes(count)
  }

  #texts(textOf: (row: number) => string, count: number): number {
    const places = new Map<string, number>()
    for (let k = 0; k < count; k++) {
      const text = textOf(this.#rows[k] as number)
      let place = places.get(text)
      if (place === undefined) {
        place = places.size
        places.set(text, place)
      }
      this.#small[k] = place
    }
    this.bytes[this.at++] = places.size
    for (const text of places.keys()) {
      this.#room(columnBytesMax + 4 + text.length * 3)
      const length = this.bytes.write(text, this.at + 4)
      this.#word(length)
      this.at += length
    }
    return this.#wholes(count)
  }

  #wholes(count: number): number {
    const small = this.#small
    let [least, most] = [small[0] as number, small[0] as number]
    for (let k = 1; k < count; k++) {
      const value = small[k] as number
      if (value < least) least = value
      else if (value > most) most = value
    }
    const spread = most - least
    if (spread > 0xffff) {
      for (let k = 0; k < count; k++) this.#word(small[k] as number)
      return tags.word
    }
    this.#word(least)
    if (spread === 0) return tags.same
    const bytes = this.bytes
    if (spread <= 0xff) {
      for (let k = 0; k < count; k++) bytes[this.at + k] = (small[k] as number) - least
      this.at += count
      return tags.byte
    }
    for (let k = 0; k < count; k++) {
      const above = (small[k] as number) - least
      bytes[this.at++] = above
      bytes[this.at++] = above >> 8
    }
    return tags.short
  }

  #word(value: number): void {
    const { bytes } = this
    bytes[this.at++] = value
    bytes[this.at++] = value >> 8
    bytes[this.at++] = value >> 16
    bytes[this.at++] = value >> 24
  }

  #room(more: number): void {
    if (this.at + more <= this.bytes.length) return
    const wider = Buffer.allocUnsafe((this.at + more) * 2)
    wider.set(this.bytes.subarray(0, this.at))
    this.bytes = wider
  }
}

function lowBits(word: number, n: number): number {
  return n >= 32 ? word : word & ((1 << n) - 1)
}
