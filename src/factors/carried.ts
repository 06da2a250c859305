import path from 'node:path'
import { feedRows } from '#ingest'
import { addDays, daysOf, digest } from '#kernel'
import {
  commitPiece,
  dropPieces,
  ident,
  nextVersion,
  type Piece,
  parquet,
  pieceFiles,
  pieceName,
  pieces,
  type Sql,
  sql,
  type Warehouse,
  writeParquet,
} from '#warehouse'
import { cellTable } from './cells.ts'
import { type Kept, keptDay } from './day-partials.ts'
import { printsByDay, segmentsOf } from './inputs.ts'
import {
  daysOfWindow,
  hopFeeds,
  type Morning,
  readPrint,
  type SubRange,
  spellingOf,
  within,
} from './morning.ts'
import type { Table } from './plan.ts'
import {
  type DaySource,
  printCells,
  printDifferences,
  printSlide,
  type Slide,
  sourcesOf,
} from './print-slide.ts'
import {
  printOverValues,
  printValueCells,
  printValueDifferences,
  printValueSlide,
} from './print-slide-values.ts'
import { printPartial, printTable } from './print-table.ts'
import { type Spelling, symbolic } from './spelling.ts'
import { stamp, stampedDays, stampedPlan } from './stamp.ts'

/** More days than this come and go faster by folding everything again. */
const sourcesMax = 32
/** Mornings of which a table is kept. */
const piecesMax = 8

/**
 * How a table came about: it was there already, was brought forward from an earlier morning, or folded from all rows;
 * or it was brought forward, did not equal what all rows give, and was folded again.
 */
export type Way = 'kept' | 'slid' | 'folded' | 'fell-back'

export interface Carried {
  readonly way: Way
  readonly relation: Sql
}

/** What a night works with while it makes its tables. */
export interface Making {
  readonly warehouse: Warehouse
  readonly morning: Morning
  readonly kept: ReadonlyMap<string, Kept>
  /** One range after the other bounds the memory; undefined: all subscribers at once. */
  readonly ranges: readonly (SubRange | undefined)[]
  /** Whether what is brought forward is compared with what all rows give, as once a week. */
  readonly checks: boolean
}

/** A table as files on the shelf, made the cheapest way that gives the same rows. */
export async function carry(making: Making, table: Table): Promise<Carried> {
  const { morning } = making
  const all = await pieces(morning.reader.shelf, datasetOf(table))
  const fingerprint = fingerprintOf(morning, table)
  const there = all.findLast(p => p.fingerprint === fingerprint)
  if (there !== undefined) {
    // A kill may have come between making it and forgetting.
    await forget(morning, table, there)
    return { way: 'kept', relation: readable(morning, table, there) }
  }
  const slide = await slideFrom(making, table, all)
  const fold = folded(making, table)
  const piece = await write(making, table, all, fingerprint, slide ?? fold)
  if (slide === undefined || !making.checks || (await isSame(making, table, piece, fold))) {
    await forget(morning, table, piece)
    return { way: slide === undefined ? 'folded' : 'slid', relation: readable(morning, table, piece) }
  }
  const again = await write(making, table, [...all, piece], fingerprint, fold)
  await dropPieces(morning.reader.shelf, datasetOf(table), [piece])
  return { way: 'fell-back', relation: readable(morning, table, again) }
}

/** Whether a table that was brought forward is what folding every row gives. */
async function isSame(
  { warehouse, morning, ranges }: Making,
  table: Table,
  piece: Piece,
  fold: Query,
): Promise<boolean> {
  const slid = parquet(pieceFiles(morning.reader.shelf, piece))
  for (const range of ranges) {
    const kept = within(sql`(SELECT * FROM ${slid})`, range)
    const compared = table.grain === undefined ? printDifferences : printValueDifferences
    const query = compared(table, await fold(range), kept)
    const [row] = await warehouse.rows<{ differ: number }>(query)
    if (row?.differ !== 0) return false
  }
  return true
}

function datasetOf(table: Table): string {
  return `carried/${table.name}`
}

function readable(morning: Morning, table: Table, piece: Piece): Sql {
  const rows = parquet(pieceFiles(morning.reader.shelf, piece))
  if (table.slides === undefined) return sql`(SELECT * FROM ${rows})`
  return table.grain === undefined
    ? sql`(${printCells(table, rows, morning.asOf)})`
    : sql`(${printOverValues(table, rows)})`
}

/** What is written of a table when it is folded from all rows. */
function printKept(table: Table, spelling: Spelling): Sql {
  if (table.slides === undefined) return printTable(table, spelling)
  return table.grain === undefined ? printTable(cellTable(table), spelling) : printValueCells(table, spelling)
}

function planPrint(table: Table): string {
  return digest('carried 1', printKept(table, symbolic).text).slice(0, 16)
}

/** A sliding table says day by day what it was made from; any other only whether it would be the same again. */
function fingerprintOf(morning: Morning, table: Table): string {
  if (table.slides !== undefined) {
    const span = daysOfWindow(morning, table.feed, table.span)
    return stamp(
      `${planPrint(table)}@${morning.asOf}`,
      segmentsOf(morning.deliveries, table.feed, span),
      span,
    )
  }
  const at = table.span.unit === 'month' && !asksToday(table) ? morning.monthEnd : morning.asOf
  const hops = hopFeeds(table).map(id => readPrint(morning, id, { unit: 'all' }))
  return digest(
    'carried 1',
    planPrint(table),
    at,
    readPrint(morning, table.feed, table.span),
    ...hops.toSorted(),
  )
}

function asksToday(table: Table): boolean {
  const tests = [...table.where, ...table.bases.flatMap(b => b.tests)]
  return tests.some(t => t.right?.is === 'as-of')
}

type Query = (range: SubRange | undefined) => Promise<Sql>

function folded(making: Making, table: Table): Query {
  return async range => printKept(table, spellingOf(making.morning, making.kept, new Map(), range))
}

/** Yesterday's table, and the days that come and go since; undefined when there is none to go on from. */
async function slideFrom(making: Making, table: Table, all: readonly Piece[]): Promise<Query | undefined> {
  const { morning } = making
  const plan = planPrint(table)
  const earlier = all.filter(
    p => stampedPlan(p.fingerprint).startsWith(`${plan}@`) && p.span.from <= morning.asOf,
  )
  const start = earlier.toSorted((a, b) => (a.span.from < b.span.from ? -1 : 1)).at(-1)
  if (table.slides === undefined || start === undefined || table.span.unit !== 'day') return undefined
  const days = daysOf({ from: addDays(start.span.from, -table.span.from), to: start.span.from })
  const slide: Slide = {
    from: start.span.from,
    to: morning.asOf,
    before: stampedDays(start.fingerprint, days),
    after: printsByDay(morning.deliveries, table.feed, daysOfWindow(morning, table.feed, table.span)),
  }
  const sources = sourcesOf(table, slide)
  if (sources === undefined || sources.length > sourcesMax) return undefined
  const rows = await Promise.all(sources.map(s => sourceRows(making, table, s)))
  const found = rows.flatMap(r => (r === undefined ? [] : [r]))
  if (found.length < rows.length) return undefined
  const cells = parquet(pieceFiles(morning.reader.shelf, start))
  return async range => {
    const { keys } = spellingOf(morning, making.kept, new Map(), range)
    const kept = within(sql`(SELECT * FROM ${cells})`, range)
    const relations = { keys, cells: kept, sources: found.map(r => within(r, range)) }
    return table.grain === undefined
      ? printSlide(table, slide, sources, relations)
      : printValueSlide(table, slide, sources, relations)
  }
}

/** One day's rows per subscriber; undefined when what answered for that day then can no longer be read. */
async function sourceRows({ morning }: Making, table: Table, source: DaySource): Promise<Sql | undefined> {
  const { slides, feed } = table
  if (slides === undefined) return undefined
  const { reader } = morning
  if (table.reads.from === 'partial') return await keptDay(reader, slides, source.day, source.print)
  const day = { from: source.day, to: addDays(source.day, 1) }
  if (printsByDay(morning.deliveries, feed, day).get(source.day) !== source.print) return undefined
  const rows = await feedRows(reader, feed, day)
  const spelling = spellingOf(morning, new Map(), new Map())
  return rows === undefined ? undefined : sql`(${printPartial(slides, rows, spelling)})`
}

async function write(
  making: Making,
  table: Table,
  all: readonly Piece[],
  fingerprint: string,
  query: Query,
): Promise<Piece> {
  const { morning } = making
  const span = { from: morning.asOf, to: addDays(morning.asOf, 1) }
  const version = nextVersion(all, span)
  const dataset = datasetOf(table)
  const folder = path.join(morning.reader.shelf.root, dataset)
  const by = table.slides !== undefined && table.grain !== undefined ? ['sub', 'grain'] : ['sub']
  const made = await writeRanges(making, folder, pieceName(span, version), query, by)
  const { learnedOn } = morning
  const piece: Piece = { dataset, span, version, fingerprint, learnedOn, ...made }
  await commitPiece(morning.reader.shelf, piece)
  return piece
}

/** One file for all subscribers, or one for each range; sorted by subscriber, or as the rows come. */
export async function writeRanges(
  { warehouse, ranges }: Pick<Making, 'warehouse' | 'ranges'>,
  folder: string,
  name: string,
  query: Query,
  sortedBy: readonly string[] = ['sub'],
): Promise<{ readonly files: readonly string[]; readonly rows: number }> {
  const files: string[] = []
  let rows = 0
  for (const [i, range] of ranges.entries()) {
    const file = ranges.length === 1 ? `${name}.parquet` : `${name}-${String(i).padStart(3, '0')}.parquet`
    const written = await writeParquet(
      warehouse,
      await query(range),
      path.join(folder, file),
      sortedBy.map(ident),
    )
    files.push(file)
    rows += written.rows
  }
  return { files, rows }
}

/** Old mornings of a table are dropped: any of them can be folded again. */
async function forget(morning: Morning, table: Table, made: Piece): Promise<void> {
  const { shelf } = morning.reader
  const all = (await pieces(shelf, datasetOf(table))).toSorted((a, b) => (a.span.from < b.span.from ? -1 : 1))
  // A past morning that is computed again is older than all the others, and about to be read.
  const isMade = (p: Piece) => p.span.from === made.span.from && p.version === made.version
  const spent = all.slice(0, -piecesMax).filter(p => !isMade(p))
  await dropPieces(shelf, datasetOf(table), spent)
}
