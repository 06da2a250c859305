import { type FeedReader, subscriberKeys } from '#ingest'
import { addDays, addMonths, type DaySpan, daysOf, err, ok, type PlainDate, type Result } from '#kernel'
import {
  type Cell,
  dateOf,
  foreignFile,
  ident,
  join,
  type Piece,
  parquet,
  pieceFiles,
  pieces,
  type Sql,
  sql,
  type Warehouse,
} from '#warehouse'
import type { FactorCatalogue } from './catalogue.ts'
import type { Factor } from './factor.ts'
import { historyTooLong, noSuchFactor, noSuchSubscriber } from './faults.ts'
import { newestByMorning } from './table.ts'

/**
 * Why some mornings have no value: nothing was computed or its table is no longer kept (`no-table`); the factor was off or
 * did not exist yet (`no-factor`); the subscriber was not in the network (`not-there`).
 */
export type GapReason = 'no-table' | 'no-factor' | 'not-there'

export interface FactorHistory {
  readonly factor: Factor
  /** The mornings asked for. */
  readonly span: DaySpan
  /** Oldest first. A null is a missing value, known to be missing. */
  readonly points: readonly { readonly asOf: PlainDate; readonly value: Cell }[]
  /** The mornings of the span that have no point. */
  readonly gaps: readonly { readonly span: DaySpan; readonly why: GapReason }[]
}

export const historyMonthsMax = 12

/**
 * One factor of one subscriber on every morning of a span, as now known: two columns of each morning's table, of which
 * only the rows around the subscriber are read. Faults factor.unknown, factor.subscriber-unknown, factor.history-too-long.
 */
export async function factorHistory(
  warehouse: Warehouse,
  reader: FeedReader,
  catalogue: FactorCatalogue,
  asked: { readonly id: string; readonly subscriberId: string; readonly span: DaySpan },
): Promise<Result<FactorHistory>> {
  const { id, subscriberId, span } = asked
  const factor = catalogue.byId.get(id)
  if (factor === undefined) return err(noSuchFactor(id))
  if (span.from < addMonths(span.to, -historyMonthsMax)) return err(historyTooLong(historyMonthsMax))
  const [key] = await warehouse.rows<{ sub: number }>(
    sql`SELECT sub FROM ${await subscriberKeys(reader)} AS k WHERE subscriber_id = ${subscriberId}`,
  )
  if (key === undefined) return err(noSuchSubscriber())
  const tables = newestByMorning(await pieces(reader.shelf, 'factor'))
  const off = await morningsOff(warehouse, reader, id, span)
  const holding: Piece[] = []
  for (const asOf of daysOf(span)) {
    const piece = tables.get(asOf)
    if (piece !== undefined && !off.has(asOf) && (await hasColumn(warehouse, reader, piece, id)))
      holding.push(piece)
  }
  const values = await valuesOf(warehouse, reader, holding, id, key.sub)
  const held = new Set(holding.map(p => p.span.from))
  const why = (asOf: PlainDate): GapReason =>
    !tables.has(asOf) ? 'no-table' : held.has(asOf) ? 'not-there' : 'no-factor'
  const missing = daysOf(span).filter(asOf => !values.has(asOf))
  return ok({
    factor,
    span,
    points: [...values].map(([asOf, value]) => ({ asOf, value })),
    gaps: runsOf(missing.map(asOf => ({ asOf, why: why(asOf) }))),
  })
}

async function hasColumn(
  warehouse: Warehouse,
  reader: FeedReader,
  piece: Piece,
  id: string,
): Promise<boolean> {
  const [file] = pieceFiles(reader.shelf, piece)
  if (file === undefined) return false
  return (await foreignFile.parquetColumns(warehouse, file)).some(c => c.name === id)
}

async function valuesOf(
  warehouse: Warehouse,
  reader: FeedReader,
  holding: readonly Piece[],
  id: string,
  sub: number,
): Promise<ReadonlyMap<PlainDate, Cell>> {
  const rows = await ofAll<{ as_of: PlainDate; value: Cell }>(
    warehouse,
    holding.map(
      p =>
        sql`SELECT ${dateOf(p.span.from)} AS as_of, ${ident(id)} AS value FROM ${parquet(pieceFiles(reader.shelf, p))} AS t WHERE sub = ${sub}`,
    ),
  )
  return new Map(rows.map(r => [r.as_of, r.value] as const))
}

/** The mornings on which the factor could not be computed. */
async function morningsOff(
  warehouse: Warehouse,
  { shelf }: FeedReader,
  id: string,
  span: DaySpan,
): Promise<ReadonlySet<PlainDate>> {
  const lists = [...newestByMorning(await pieces(shelf, 'factor_off')).values()].filter(
    p => span.from <= p.span.from && p.span.from < span.to && p.rows > 0,
  )
  const rows = await ofAll<{ as_of: PlainDate }>(
    warehouse,
    lists.map(
      p =>
        sql`SELECT ${dateOf(p.span.from)} AS as_of FROM ${parquet(pieceFiles(shelf, p))} AS t WHERE id = ${id}`,
    ),
  )
  return new Set(rows.map(r => r.as_of))
}

/** The rows of many small queries that each say `as_of`, in its order. */
async function ofAll<T extends object>(warehouse: Warehouse, queries: readonly Sql[]): Promise<readonly T[]> {
  if (queries.length === 0) return []
  return warehouse.rows<T>(sql`SELECT * FROM (${join(queries, ' UNION ALL ')}) AS u ORDER BY as_of`)
}

/** Mornings in order, put together where they follow each other for the same reason. */
function runsOf(
  mornings: readonly { readonly asOf: PlainDate; readonly why: GapReason }[],
): FactorHistory['gaps'] {
  const runs: { span: DaySpan; why: GapReason }[] = []
  for (const { asOf, why } of mornings) {
    const last = runs.at(-1)
    if (last?.why === why && last.span.to === asOf)
      runs[runs.length - 1] = { why, span: { from: last.span.from, to: addDays(asOf, 1) } }
    else runs.push({ why, span: { from: asOf, to: addDays(asOf, 1) } })
  }
  return runs
}
