import { announcedIn, type FeedId, type FeedReader, feedOf, feedRows } from '#ingest'
import { addDays, addMonths, type DaySpan, daysBetween, homeZone, type PlainDate, plainDate } from '#kernel'
import {
  columnBlocks,
  dateOf,
  ident,
  join,
  parquet,
  pieceFiles,
  pieces,
  type Row,
  type Sql,
  sql,
  type Warehouse,
} from '#warehouse'
import type { FactorCatalogue } from './catalogue.ts'
import { exact } from './dialect.ts'
import { daysRead } from './inputs.ts'
import type { FactorColumn } from './lower.ts'
import { monthEndOf } from './morning.ts'
import { spanOf } from './off.ts'
import { all, column, condition } from './print-rows.ts'
import { pieceOf } from './quality-pieces.ts'
import { pathsOf } from './rows.ts'
import { type Spelling, symbolic } from './spelling.ts'
import { factorsOff } from './table.ts'
import type { Measure, Value } from './value.ts'

/**
 * A factor's total over the table of a morning, held against the rows of its feed read once more, one by one: no plan, no
 * partial, no state. `factor` must be `feed` less `absent`, to the fen; numbers that are not whole, to a billionth.
 */
export interface Reconciled {
  readonly id: string
  readonly feed: FeedId
  /** The column added up; absent for a count of rows. */
  readonly column?: string
  readonly span: DaySpan
  /** The total over all subscribers of the table. */
  readonly factor: number
  /** The total of the feed's rows that the definition asks for, in these days. */
  readonly total: number
  /** Of that, rows of subscribers who are not in the table: no longer in the network. */
  readonly absent: number
  readonly agrees: boolean
}

/** A feed's rows held against what its senders announced, over the deliveries that lie whole in `span`. */
export interface ReconciledFeed {
  readonly feed: FeedId
  readonly span: DaySpan
  readonly announced: number
  readonly quarantined: number
  readonly found: number
  /** Columns whose announced sum is not the sum of the rows. */
  readonly sumsOff: readonly string[]
  readonly agrees: boolean
}

export interface Reconciliation {
  readonly factors: readonly Reconciled[]
  readonly feeds: readonly ReconciledFeed[]
}

/** `some`: a seventh of the factors, another one every morning, and only short windows of feeds with very many rows. */
export type ReconciliationSpan = 'some' | 'all'

const rowsOfSomeMax = 20_000_000
const mornings = 7
const someMonday = plainDate('2024-01-01')

/** Every factor once in seven mornings, whatever the length of its window: on Mondays all of them. */
export function howManyOn(asOf: PlainDate): ReconciliationSpan {
  return daysBetween(someMonday, asOf) % mornings === 0 ? 'all' : 'some'
}

interface Candidate {
  readonly column: FactorColumn
  readonly measure: Measure
  readonly span: DaySpan
}

export async function reconcileFactors(
  warehouse: Warehouse,
  shelfReader: FeedReader,
  catalogue: FactorCatalogue,
  asOf: PlainDate,
  howMany: ReconciliationSpan,
): Promise<Reconciliation | undefined> {
  const table = await pieceOf(shelfReader.shelf, 'factor', asOf)
  if (table === undefined) return undefined
  // What came since the table was computed is not in it.
  const reader = { ...shelfReader, learnedBy: table.learnedOn }
  const off = new Set((await factorsOff(warehouse, reader.shelf, asOf)).map(o => o.id))
  const files = pieceFiles(reader.shelf, table)
  const there = new Set((await columnBlocks(warehouse, files)).map(b => b.column))
  const isThere = (id: string) => there.has(id) && !off.has(id)
  const candidates = catalogue.columns.flatMap(c => (isThere(c.id) ? candidate(c, asOf) : []))
  const chosen = howMany === 'all' ? candidates : await someOf(reader, candidates, asOf)
  const factors: Reconciled[] = []
  const feeds: ReconciledFeed[] = []
  for (const [feed, own] of Map.groupBy(chosen, c => c.measure.feed)) {
    const found = await reconcileFeed(warehouse, reader, { feed, own, files, asOf })
    factors.push(...found.factors)
    feeds.push(...found.feeds)
  }
  return { factors: factors.toSorted((a, b) => (a.id < b.id ? -1 : 1)), feeds }
}

/** A sum or count over one feed's rows that leads nowhere else: the only kind whose total can be told from the feed alone. */
function candidate(column: FactorColumn, asOf: PlainDate): Candidate[] {
  const m = plainMeasure(column.value)
  if (m === undefined || (m.fold !== 'sum' && m.fold !== 'count') || feedOf(m.feed).kind === 'state')
    return []
  const paths = [...(m.column === undefined ? [] : [m.column]), ...pathsOf(m.where)]
  const window = spanOf(m.window, asOf, monthEndOf(asOf))
  if (window === undefined || paths.some(p => p.hops.length > 0)) return []
  return [{ column, measure: m, span: daysRead(m.feed, asOf, window) }]
}

function plainMeasure(value: Value): Measure | undefined {
  if (value.is === 'measure') return value.measure
  if (value.is !== 'call' || value.fn !== 'coalesce') return undefined
  const [first, zero] = value.of
  return first?.is === 'measure' && zero?.is === 'literal' && zero.value === 0 ? first.measure : undefined
}

async function someOf(reader: FeedReader, all: readonly Candidate[], asOf: PlainDate): Promise<Candidate[]> {
  const turn = ((daysBetween(someMonday, asOf) % mornings) + mornings) % mornings
  const turns = all.filter((_, i) => i % mornings === turn)
  const rows = await Promise.all(turns.map(c => rowsAbout(reader, c)))
  return turns.filter((_, i) => (rows[i] ?? 0) <= rowsOfSomeMax)
}

/** How many rows a candidate would have read, by the share of each delivery's days. */
async function rowsAbout(reader: FeedReader, { measure, span }: Candidate): Promise<number> {
  const found = await pieces(reader.shelf, `feed/${measure.feed}`, reader.learnedBy)
  return found.reduce((sum, p) => {
    const from = p.span.from > span.from ? p.span.from : span.from
    const to = p.span.to < span.to ? p.span.to : span.to
    const days = Math.max(0, daysBetween(from, to))
    return sum + (p.rows * days) / daysBetween(p.span.from, p.span.to)
  }, 0)
}

interface OneFeed {
  readonly feed: FeedId
  readonly own: readonly Candidate[]
  readonly files: readonly string[]
  readonly asOf: PlainDate
}

async function reconcileFeed(
  warehouse: Warehouse,
  reader: FeedReader,
  { feed, own, files, asOf }: OneFeed,
): Promise<Reconciliation> {
  const span = {
    from: own.map(c => c.span.from).reduce((a, b) => (a < b ? a : b)),
    to: own.map(c => c.span.to).reduce((a, b) => (a > b ? a : b)),
  }
  const rows = await feedRows(reader, feed, span)
  if (rows === undefined) return { factors: [], feeds: [] }
  const announced = await announcedIn(reader, feed, { span, engine: warehouse })
  const summed = Object.keys(announced.sums)
  const isAnnounced = announced.spans.map(s => within(s.from, s.to))
  const told = isAnnounced.length === 0 ? sql`FALSE` : sql`(${join(isAnnounced, ' OR ')})`
  const spelling = spellingOn(asOf, reader.zone)
  const cells = [
    sql`CASE WHEN t.sub IS NULL THEN 1 ELSE 0 END AS absent`,
    sql`count(CASE WHEN ${told} THEN 1 END) AS n`,
    ...summed.map(
      (c, i) =>
        sql`${total(sql`CASE WHEN ${told} THEN r.${ident(c)} END`, isWholeColumn(feed, c))} AS ${ident(`s${i}`)}`,
    ),
    ...own.map(
      (c, i) => sql`${total(measured(c, spelling), c.column.type !== 'number')} AS ${ident(`f${i}`)}`,
    ),
  ]
  const feedTotals = await warehouse.rows<Row>(
    sql`SELECT ${join(cells)} FROM ${rows} AS r LEFT JOIN (SELECT sub FROM ${parquet(files)}) AS t ON t.sub = r.sub GROUP BY 1`,
  )
  const columns = own.map(
    (c, i) => sql`${total(ident(c.column.id), c.column.type !== 'number')} AS ${ident(`f${i}`)}`,
  )
  const [table = {}] = await warehouse.rows<Row>(sql`SELECT ${join(columns)} FROM ${parquet(files)}`)
  const sum = (name: string, absent?: number) =>
    feedTotals
      .filter(r => absent === undefined || Number(r['absent']) === absent)
      .reduce((n, r) => n + Number(r[name] ?? 0), 0)
  const sumsOff = summed.filter((c, i) => !isClose(announced.sums[c] ?? 0, sum(`s${i}`)))
  const found = sum('n')
  return {
    factors: own.map((c, i) => ({
      id: c.column.id,
      feed,
      ...(c.measure.column === undefined ? {} : { column: c.measure.column.column }),
      span: c.span,
      factor: Number(table[`f${i}`] ?? 0),
      total: sum(`f${i}`),
      absent: sum(`f${i}`, 1),
      agrees: agrees(c, Number(table[`f${i}`] ?? 0), sum(`f${i}`, 0)),
    })),
    feeds:
      announced.spans.length === 0
        ? []
        : [
            {
              feed,
              span,
              announced: announced.rows,
              quarantined: announced.quarantined,
              found,
              sumsOff,
              agrees: announced.rows - announced.quarantined === found && sumsOff.length === 0,
            },
          ],
  }
}

function spellingOn(asOf: PlainDate, zone: string = homeZone): Spelling {
  return {
    ...symbolic,
    day: n => dateOf(addDays(asOf, -n)),
    month: n => dateOf(addMonths(monthEndOf(asOf), -n)),
    zone,
  }
}

function measured({ measure }: Candidate, spelling: Spelling): Sql {
  const { window } = measure
  if (window.unit === 'all') throw new TypeError('a window without an end is not reconciled')
  const [name, at] = window.unit === 'day' ? [sql`r."day"`, spelling.day] : [sql`r."month"`, spelling.month]
  const inside = [sql`${name} >= ${at(window.from)}`, sql`${name} < ${at(window.to)}`]
  const value = measure.fold === 'count' || measure.column === undefined ? sql`1` : column(measure.column)
  return sql`CASE WHEN ${all([...inside, ...measure.where.map(t => condition(t, spelling))])} THEN ${value} END`
}

function within(from: PlainDate, to: PlainDate): Sql {
  return sql`(r."day" >= ${dateOf(from)} AND r."day" < ${dateOf(to)})`
}

/** Exact, as text: a total may be beyond what a number in JavaScript holds. */
function total(value: Sql, isWhole: boolean): Sql {
  return sql`CAST(sum(${isWhole ? value : exact(value)}) AS VARCHAR)`
}

function isWholeColumn(feed: FeedId, name: string): boolean {
  return feedOf(feed).columns.find(c => c.name === name)?.type !== 'number'
}

function agrees({ column: { type } }: Candidate, factor: number, feed: number): boolean {
  return type === 'number' ? isClose(factor, feed) : factor === feed
}

function isClose(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))
}
