import { type FeedId, type FeedReader, feedOf, feeds } from '#ingest'
import { type DaySpan, daysBetween, daysOf, digest, type PlainDate, plainDate } from '#kernel'
import { coverage, type Piece, pieces } from '#warehouse'
import type { FeedStarts } from './off.ts'

/** Every delivery of every feed, looked up once per run. */
export type Deliveries = ReadonlyMap<FeedId, readonly Piece[]>

/** Which delivery answers for a stretch of days; `print` names its content. */
export interface Segment {
  readonly from: PlainDate
  readonly to: PlainDate
  readonly print: string
}

const beginning = plainDate('0001-01-01')

export async function deliveriesOf(reader: FeedReader): Promise<Deliveries> {
  const found = await Promise.all(
    feeds.map(async f => [f.id, await pieces(reader.shelf, `feed/${f.id}`, reader.learnedBy)] as const),
  )
  return new Map(found.filter(([, all]) => all.length > 0))
}

/** The first day of each feed of which anything is known on the morning of `asOf`. */
export function startsOf(deliveries: Deliveries, asOf: PlainDate): FeedStarts {
  const starts = [...deliveries].flatMap(([id, all]) => {
    const first = all.map(p => p.span.from).toSorted()[0]
    return first !== undefined && first < asOf ? [[id, first] as const] : []
  })
  return new Map(starts)
}

/** What a feed's rows of a span come from, in order of days; days without a delivery are left out. */
export function segmentsOf(deliveries: Deliveries, id: FeedId, span: DaySpan): readonly Segment[] {
  return coverage(deliveries.get(id) ?? [], span)
    .flatMap(c => c.spans.map(s => ({ ...s, print: digest(c.piece.fingerprint).slice(0, 16) })))
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
}

/** The newest day on which anything of a span was learned. */
export function learnedLast(deliveries: Deliveries, asOf: PlainDate): PlainDate {
  const used = [...deliveries.values()].flatMap(all => coverage(all, { from: beginning, to: asOf }))
  return used.map(c => c.piece.learnedOn).reduce((a, b) => (a > b ? a : b), asOf)
}

/** The days of which a feed's rows count: of a state feed all that came before. */
export function daysRead(id: FeedId, asOf: PlainDate, span: DaySpan | undefined): DaySpan {
  return feedOf(id).kind === 'state' || span === undefined ? { from: beginning, to: asOf } : span
}

/** Which delivery answers for each day of a span. */
export function printsByDay(
  deliveries: Deliveries,
  id: FeedId,
  span: DaySpan,
): ReadonlyMap<PlainDate, string> {
  const days = segmentsOf(deliveries, id, span).flatMap(s => daysOf(s).map(day => [day, s.print] as const))
  return new Map(days)
}

/** About how many rows a feed has in a span, were its days alike. */
export function rowsAbout(deliveries: Deliveries, id: FeedId, span: DaySpan): number {
  return coverage(deliveries.get(id) ?? [], span).reduce((rows, { piece, spans }) => {
    const days = spans.reduce((sum, s) => sum + daysBetween(s.from, s.to), 0)
    return rows + (piece.rows * days) / Math.max(1, daysBetween(piece.span.from, piece.span.to))
  }, 0)
}
