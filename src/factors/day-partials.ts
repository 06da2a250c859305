import { type FeedReader, feedRows } from '#ingest'
import { addDays, type DaySpan, daysOf, digest, type PlainDate } from '#kernel'
import {
  dateOf,
  ident,
  join,
  nextVersion,
  type Piece,
  parquet,
  pieceFiles,
  pieces,
  type Sql,
  shelve,
  sql,
  type Warehouse,
} from '#warehouse'
import { type Deliveries, learnedLast, segmentsOf } from './inputs.ts'
import type { Partial } from './plan.ts'
import { partialOrder, printPartial } from './print-table.ts'
import { type Spelling, symbolic } from './spelling.ts'
import { stamp, stampedDays, stampedPlan } from './stamp.ts'

/** Rows folded at once: bounds the memory of a long first build. */
const rowsPerFoldMax = 20_000_000

/** The kept day partials of one plan part: which of them still hold, and which days must be folded anew. */
export interface Kept {
  readonly partial: Partial
  readonly holding: readonly { readonly piece: Piece; readonly spans: readonly DaySpan[] }[]
  readonly stale: readonly DaySpan[]
}

export function partialDataset(partial: Partial): string {
  return `partial/${partial.name}`
}

function planPrint(partial: Partial): string {
  return digest('partial 1', printPartial(partial, ident(partial.feed), symbolic).text).slice(0, 16)
}

/** What a piece says a day was made from; undefined when it was made by another plan. */
function madeFrom(piece: Piece, plan: string, day: PlainDate): string | undefined {
  if (stampedPlan(piece.fingerprint) !== plan || day < piece.span.from || day >= piece.span.to)
    return undefined
  return stampedDays(piece.fingerprint, [day]).get(day)
}

/** What was kept of one day as one delivery told it, also when another has replaced it since. */
export async function keptDay(
  reader: FeedReader,
  partial: Partial,
  day: PlainDate,
  print: string,
): Promise<Sql | undefined> {
  const plan = planPrint(partial)
  const all = await pieces(reader.shelf, partialDataset(partial))
  const found = all.findLast(p => madeFrom(p, plan, day) === print)
  if (found === undefined) return undefined
  return sql`(SELECT * FROM ${parquet(pieceFiles(reader.shelf, found))} WHERE "day" = ${dateOf(day)})`
}

export async function keptPartial(
  reader: FeedReader,
  deliveries: Deliveries,
  partial: Partial,
  span: DaySpan,
): Promise<Kept> {
  const newestFirst = (await pieces(reader.shelf, partialDataset(partial))).toReversed()
  const plan = planPrint(partial)
  const days = segmentsOf(deliveries, partial.feed, span).flatMap(s =>
    daysOf(s).map(day => ({ day, print: s.print })),
  )
  const found = days.map(d => ({ ...d, piece: newestFirst.find(p => madeFrom(p, plan, d.day) === d.print) }))
  const holding = Map.groupBy(
    found.filter(f => f.piece !== undefined),
    f => f.piece as Piece,
  )
  return {
    partial,
    holding: [...holding].map(([piece, all]) => ({ piece, spans: spansOf(all.map(f => f.day)) })),
    stale: spansOf(found.filter(f => f.piece === undefined).map(f => f.day)),
  }
}

/** Folds the stale days and keeps the result; says how many days that were. */
export async function refresh(
  warehouse: Warehouse,
  reader: FeedReader,
  deliveries: Deliveries,
  kept: Kept,
  spelling: Spelling,
): Promise<number> {
  const spans = kept.stale.flatMap(span => portions(deliveries, kept.partial, span))
  for (const span of spans) await foldSpan(warehouse, reader, deliveries, kept.partial, span, spelling)
  return spans.reduce((days, span) => days + daysOf(span).length, 0)
}

async function foldSpan(
  warehouse: Warehouse,
  reader: FeedReader,
  deliveries: Deliveries,
  partial: Partial,
  span: DaySpan,
  spelling: Spelling,
): Promise<void> {
  const rows = await feedRows(reader, partial.feed, span)
  if (rows === undefined) throw new TypeError(`feed ${partial.feed} vanished`)
  const dataset = partialDataset(partial)
  const version = nextVersion(await pieces(reader.shelf, dataset), span)
  const fingerprint = stamp(planPrint(partial), segmentsOf(deliveries, partial.feed, span), span)
  const learnedOn = learnedLast(new Map([[partial.feed, deliveries.get(partial.feed) ?? []]]), span.to)
  await shelve(
    warehouse,
    reader.shelf,
    { dataset, span, version, fingerprint, learnedOn },
    printPartial(partial, rows, spelling),
    partialOrder(partial),
  )
}

/** Stretches of days of about `rowsPerFoldMax` rows. */
function portions(deliveries: Deliveries, partial: Partial, span: DaySpan): readonly DaySpan[] {
  const perDay = (deliveries.get(partial.feed) ?? []).map(p => p.rows / Math.max(1, daysOf(p.span).length))
  const daysMax = Math.max(1, Math.floor(rowsPerFoldMax / Math.max(1, ...perDay)))
  const days = daysOf(span)
  return days
    .filter((_, i) => i % daysMax === 0)
    .map((from, i) => ({ from, to: days[(i + 1) * daysMax] ?? span.to }))
}

/** A relation of everything a partial keeps for the days asked for. */
export function keptRows(reader: FeedReader, kept: Kept): Sql {
  const whole = kept.holding.filter(h => isWhole(h)).flatMap(h => pieceFiles(reader.shelf, h.piece))
  const parts = kept.holding
    .filter(h => !isWhole(h))
    .map(h => {
      const days = h.spans.map(s => sql`("day" >= ${dateOf(s.from)} AND "day" < ${dateOf(s.to)})`)
      return sql`SELECT * FROM ${parquet(pieceFiles(reader.shelf, h.piece))} WHERE ${join(days, ' OR ')}`
    })
  const all = [...(whole.length === 0 ? [] : [sql`SELECT * FROM ${parquet(whole.toSorted())}`]), ...parts]
  return sql`(${join(all, ' UNION ALL ')})`
}

function isWhole(held: Kept['holding'][number]): boolean {
  const [span] = held.spans
  return span !== undefined && span.from === held.piece.span.from && span.to === held.piece.span.to
}

/** Days in order → stretches without gaps. */
function spansOf(days: readonly PlainDate[]): readonly DaySpan[] {
  const starts = days.filter((day, i) => i === 0 || days[i - 1] !== addDays(day, -1))
  const ends = days.filter((day, i) => days[i + 1] !== addDays(day, 1))
  return starts.map((from, i) => ({ from, to: addDays(ends[i] ?? from, 1) }))
}
