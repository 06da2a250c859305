import { type FileHandle, open } from 'node:fs/promises'
import { FaultError } from '#kernel'
import { byteClasses, fieldsOf, scanRecord } from './csv-record.ts'
import { type Where, wrongEncoding } from './faults.ts'

export interface CsvShape {
  readonly delimiter: string
  readonly header: true | readonly string[]
  readonly encoding: 'utf-8' | 'gb18030'
}

/** What a CSV file turned out to hold. The files named are UTF-8 and well-formed. */
export interface NumberedCsv {
  readonly header: readonly string[]
  /** Well-formed records, each with its line in front: <line>,<record>. */
  readonly records: number
  /** Lines that are no record of this file: <line>,<raw>. */
  readonly malformed: number
  /** Field count of the first malformed line, to say what is wrong when all are. */
  readonly malformedFields: number
  readonly bytes: number
}

const rawCharsMax = 200
const flushBytes = 1 << 20

/**
 * Reads a CSV of any supported encoding and writes it again with each record's line number in front, which no engine
 * keeps by itself once lines are malformed or fields hold line breaks. Memory is bounded by the longest record.
 */
export async function numberLines(
  input: AsyncIterable<Buffer>,
  shape: CsvShape,
  out: { readonly records: string; readonly malformed: string },
  at: Where,
): Promise<NumberedCsv> {
  const numbered = new Numbering(shape)
  const good = await open(out.records, 'w')
  const bad = await open(out.malformed, 'w')
  let bytes = 0
  try {
    const decode = decoder(
      shape.encoding,
      () => new FaultError(wrongEncoding(at, shape.encoding, numbered.line)),
    )
    for await (const chunk of input) {
      bytes += chunk.length
      numbered.take(decode(chunk, false), false)
      await numbered.flush(good, bad, flushBytes)
    }
    numbered.take(decode(Buffer.alloc(0), true), true)
    await numbered.flush(good, bad, 0)
  } finally {
    await good.close()
    await bad.close()
  }
  return { ...numbered.found(), bytes }
}

type Utf8OrOther = InstanceType<typeof TextDecoder>

/** Checks the encoding as bytes stream by; returns UTF-8. */
function decoder(
  encoding: CsvShape['encoding'],
  fault: () => FaultError,
): (chunk: Buffer, isLast: boolean) => Buffer {
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const check = (decoder: Utf8OrOther, chunk: Buffer, isLast: boolean): string => {
    try {
      return decoder.decode(chunk, { stream: !isLast })
    } catch {
      throw fault()
    }
  }
  if (encoding === 'utf-8') {
    return (chunk, isLast) => {
      check(utf8, chunk, isLast)
      return chunk
    }
  }
  const other = new TextDecoder(encoding, { fatal: true })
  const looks = { likeUtf8: true, beyondAscii: false }
  return (chunk, isLast) => {
    watchForUtf8(utf8, chunk, isLast, looks)
    if (isLast && looks.likeUtf8 && looks.beyondAscii) throw fault()
    return Buffer.from(check(other, chunk, isLast))
  }
}

/** Chinese text in GB18030 is never valid UTF-8 by chance over a whole file: a file that is, is UTF-8 after all. */
function watchForUtf8(
  utf8: Utf8OrOther,
  chunk: Buffer,
  isLast: boolean,
  looks: { likeUtf8: boolean; beyondAscii: boolean },
): void {
  if (!looks.likeUtf8) return
  try {
    const text = utf8.decode(chunk, { stream: !isLast })
    if (text.length !== chunk.length) looks.beyondAscii = true
  } catch {
    looks.likeUtf8 = false
  }
}

/** Cuts bytes into records and writes them out. */
class Numbering {
  line = 1
  #rest: Buffer = Buffer.alloc(0)
  #header: readonly string[] | undefined
  #records = 0
  #malformed = 0
  #malformedFields = 0
  #isFirst = true
  #good: Buffer[] = []
  #bad: Buffer[] = []
  #pendingBytes = 0
  readonly #delimiter: string
  readonly #classes: Uint8Array

  constructor(shape: CsvShape) {
    this.#delimiter = shape.delimiter
    this.#classes = byteClasses(shape.delimiter)
    this.#header = shape.header === true ? undefined : shape.header
  }

  found() {
    return {
      header: this.#header ?? [],
      records: this.#records,
      malformed: this.#malformed,
      malformedFields: this.#malformedFields,
    }
  }

  take(chunk: Buffer, isLast: boolean): void {
    let bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    if (this.#isFirst && bytes.length >= 3) {
      if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3)
      this.#isFirst = false
    }
    let at = 0
    while (at < bytes.length) {
      const record = scanRecord(bytes, at, this.#classes, isLast)
      if (record === undefined) break
      const content = bytes.subarray(at, record.contentEnd)
      this.#takeRecord(content, record.fields, record.isBroken, record.hasStrayQuote)
      this.line += 1 + record.innerLines
      at = record.end
    }
    this.#rest = bytes.subarray(at)
  }

  #takeRecord(content: Buffer, fields: number, isBroken: boolean, hasStrayQuote: boolean): void {
    if (content.length === 0) return
    if (this.#header === undefined) {
      this.#header = fieldsOf(content.toString(), this.#delimiter).map(n => n.trim())
      return
    }
    if (isBroken || fields !== this.#header.length) {
      this.#malformed++
      if (this.#malformed === 1) this.#malformedFields = fields
      const raw = content.toString('utf8', 0, rawCharsMax * 4).slice(0, rawCharsMax)
      this.#push(this.#bad, Buffer.from(`${this.line},${quoted(raw)}\n`))
      return
    }
    this.#records++
    const whole = hasStrayQuote
      ? Buffer.from(fieldsOf(content.toString(), this.#delimiter).map(quoted).join(this.#delimiter))
      : content
    this.#push(this.#good, Buffer.from(`${this.line}${this.#delimiter}`))
    this.#push(this.#good, whole)
    this.#push(this.#good, newline)
  }

  #push(to: Buffer[], bytes: Buffer): void {
    to.push(bytes)
    this.#pendingBytes += bytes.length
  }

  /** Writes what has gathered when it is more than `bytesMin`. */
  async flush(good: FileHandle, bad: FileHandle, bytesMin: number): Promise<void> {
    if (this.#pendingBytes <= bytesMin) return
    await good.writeFile(Buffer.concat(this.#good))
    await bad.writeFile(Buffer.concat(this.#bad))
    this.#good = []
    this.#bad = []
    this.#pendingBytes = 0
  }
}

const newline = Buffer.from('\n')

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""').replaceAll('\0', '')}"`
}
