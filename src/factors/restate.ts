import type { FeedReader } from '#ingest'
import type { PlainDate } from '#kernel'
import { ident, join, parquet, pieceFiles, pieces, sql, type Warehouse } from '#warehouse'
import type { FactorCatalogue } from './catalogue.ts'
import { deliveriesOf, learnedLast } from './inputs.ts'
import { type FactorsOptions, runFactors } from './run.ts'
import { newestByMorning, newestOf } from './table.ts'

/** What a past morning's factors would have been, had been known then what is known now. */
export interface Restatement {
  readonly asOf: PlainDate
  /** Subscribers of whom at least one factor differs, or who would have been in the table, or not. */
  readonly subscribers: number
  /** Factors that differ, those that differ for most subscribers first. */
  readonly factors: readonly { readonly id: string; readonly subscribers: number }[]
}

/**
 * Computes a past morning anew when something it read came late or was corrected since, and says what differs from what
 * was known before; undefined when nothing was learned, or the morning was never computed.
 */
export async function restateFactors(
  warehouse: Warehouse,
  reader: FeedReader,
  catalogue: FactorCatalogue,
  asOf: PlainDate,
  options: FactorsOptions = {},
): Promise<Restatement | undefined> {
  const { shelf } = reader
  const before = await newestOf(shelf, 'factor', asOf)
  if (before === undefined || learnedLast(await deliveriesOf(reader), asOf) <= before.learnedOn)
    return undefined
  await runFactors(warehouse, reader, catalogue, asOf, options)
  return lastRestatement(warehouse, reader, asOf)
}

/** How what is known of a morning now differs from what was known the time before. */
export async function lastRestatement(
  warehouse: Warehouse,
  { shelf }: FeedReader,
  asOf: PlainDate,
): Promise<Restatement | undefined> {
  const all = await pieces(shelf, 'factor')
  const now = newestByMorning(all).get(asOf)
  if (now === undefined) return undefined
  const before = newestByMorning(all.filter(p => p.learnedOn < now.learnedOn)).get(asOf)
  if (before === undefined) return undefined
  const [one, other] = [parquet(pieceFiles(shelf, before)), parquet(pieceFiles(shelf, now))]
  const names = async (file: typeof one) =>
    (await warehouse.rows<{ column_name: string }>(sql`DESCRIBE SELECT * FROM ${file}`)).map(
      c => c.column_name,
    )
  const known = new Set(await names(other))
  const shared = (await names(one)).filter(n => known.has(n) && n !== 'sub' && n !== 'subscriber_id')
  const differs = shared.map(n => sql`a.${ident(n)} IS DISTINCT FROM b.${ident(n)}`)
  const counts = shared.map(
    (n, i) => sql`count(CASE WHEN ${differs[i] ?? sql`FALSE`} THEN 1 END) AS ${ident(n)}`,
  )
  const [row] = await warehouse.rows<Record<string, number>>(
    sql`SELECT count(CASE WHEN ${join(differs, ' OR ')} THEN 1 END) AS sub, ${join(counts)} FROM ${one} AS a FULL JOIN ${other} AS b ON a.sub = b.sub`,
  )
  const factors = shared.flatMap(id => ((row?.[id] ?? 0) > 0 ? [{ id, subscribers: row?.[id] ?? 0 }] : []))
  return {
    asOf,
    subscribers: row?.['sub'] ?? 0,
    factors: factors.toSorted((a, b) => b.subscribers - a.subscribers || (a.id < b.id ? -1 : 1)),
  }
}
