/** What one CSV record turned out to be. `end` is the offset after its line break. */
export interface CsvRecord {
  readonly end: number
  /** Offset after the record's last byte, its line break left out. */
  readonly contentEnd: number
  readonly fields: number
  /** Line breaks inside quotes. */
  readonly innerLines: number
  /** A quote where none belongs: `"ab"c`, or one that never closes. */
  readonly isBroken: boolean
  /** Holds a quote inside an unquoted field: legal, but must be written anew to be read the same everywhere. */
  readonly hasStrayQuote: boolean
}

const lineFeed = 10
const carriageReturn = 13
/** A record longer than this has a quote that never closes. */
const recordBytesMax = 1 << 20

/** States of the scanner. */
const atFieldStart = 0
const inPlain = 1
const inQuotes = 2
const afterQuote = 3
/** Classes of bytes. */
const other = 0
const isDelimiter = 1
const isQuote = 2
const isLineFeed = 3
const isReturn = 4
const isZero = 5
const classCount = 6
/** What a step tells, beside the next state. */
const nothing = 0
const newField = 1
const innerLine = 2
const broken = 3
const strayQuote = 4
const recordEnd = 5

/** [next state, what it tells] for each state (rows) and class of byte (columns). */
const steps = Uint8Array.from(
  [
    // other, delimiter, quote, line feed, return, zero
    [
      [inPlain, nothing],
      [atFieldStart, newField],
      [inQuotes, nothing],
      [atFieldStart, recordEnd],
      [inPlain, nothing],
      [inPlain, broken],
    ],
    [
      [inPlain, nothing],
      [atFieldStart, newField],
      [inPlain, strayQuote],
      [atFieldStart, recordEnd],
      [inPlain, nothing],
      [inPlain, broken],
    ],
    [
      [inQuotes, nothing],
      [inQuotes, nothing],
      [afterQuote, nothing],
      [inQuotes, innerLine],
      [inQuotes, nothing],
      [inQuotes, broken],
    ],
    [
      [afterQuote, broken],
      [atFieldStart, newField],
      [inQuotes, nothing],
      [atFieldStart, recordEnd],
      [afterQuote, nothing],
      [afterQuote, broken],
    ],
  ].flatMap(row => row.map(([next, tells]) => ((tells ?? 0) << 2) | (next ?? 0))),
)

/** The class of each byte, for one delimiter. */
export function byteClasses(delimiter: string): Uint8Array {
  const classes = new Uint8Array(256).fill(other)
  classes[0] = isZero
  classes[lineFeed] = isLineFeed
  classes[carriageReturn] = isReturn
  classes[delimiter.charCodeAt(0)] = isDelimiter
  classes['"'.charCodeAt(0)] = isQuote
  return classes
}

/**
 * Scans the record that starts at `from`. Undefined when the buffer ends inside it and more is to come. Bytes are UTF-8,
 * in which no byte of a longer character looks like a delimiter, a quote or a line break.
 */
export function scanRecord(
  bytes: Buffer,
  from: number,
  classes: Uint8Array,
  isLast: boolean,
): CsvRecord | undefined {
  const told = [0, 0, 0, 0, 0, 0]
  let state = atFieldStart
  let at = from
  for (; at < bytes.length; at++) {
    const step = steps[state * classCount + (classes[bytes[at] as number] as number)] as number
    const tells = step >> 2
    if (tells === recordEnd) break
    told[tells] = (told[tells] as number) + 1
    state = step & 3
  }
  const isTooLong = at - from > recordBytesMax
  if (at >= bytes.length && !isLast && !isTooLong) return undefined
  if (isTooLong || state === inQuotes) return brokenLine(bytes, from)
  return {
    end: Math.min(at + 1, bytes.length),
    contentEnd: at > from && bytes[at - 1] === carriageReturn ? at - 1 : at,
    fields: 1 + (told[newField] as number),
    innerLines: told[innerLine] as number,
    isBroken: told[broken] !== 0,
    hasStrayQuote: told[strayQuote] !== 0,
  }
}

/** Only the first line is given up, so that one stray quote does not swallow the rest of the file. */
function brokenLine(bytes: Buffer, from: number): CsvRecord {
  const found = bytes.indexOf(lineFeed, from)
  const at = found < 0 ? bytes.length : found
  const end = Math.min(at + 1, bytes.length)
  return { end, contentEnd: at, fields: 0, innerLines: 0, isBroken: true, hasStrayQuote: false }
}

/** The fields of a record that is not broken, as texts. */
export function fieldsOf(text: string, delimiter: string): readonly string[] {
  const fields: string[] = []
  let at = 0
  while (at <= text.length) {
    const end = text[at] === '"' ? closingOf(text, at) : at
    const next = text.indexOf(delimiter, end)
    const stop = next < 0 ? text.length : next
    fields.push(end > at ? text.slice(at + 1, end - 1).replaceAll('""', '"') : text.slice(at, stop))
    at = stop + 1
  }
  return fields
}

/** The offset after the quote that closes the field opened at `from`. */
function closingOf(text: string, from: number): number {
  const found = /^"(?:[^"]|"")*"/.exec(text.slice(from))
  return found === null ? from : from + found[0].length
}
