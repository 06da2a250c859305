import { withoutErased } from '#ingest'
import type { Fault, PlainDate } from '#kernel'
import {
  ident,
  join,
  type Piece,
  parquet,
  pieceFiles,
  pieces,
  type Row,
  type Shelf,
  type Sql,
  shelve,
  sql,
  type Warehouse,
} from '#warehouse'
import type { OffFactor } from './off.ts'

/**
 * The factor table of a morning: `sub`, `subscriber_id` and a column per factor, as now known or as it was known on the
 * morning `knownBy`. Undefined when none was computed.
 */
export async function factorTable(
  shelf: Shelf,
  asOf: PlainDate,
  knownBy?: PlainDate,
): Promise<Sql | undefined> {
  const found = await newestOf(shelf, 'factor', asOf, knownBy)
  if (found === undefined) return undefined
  return withoutErased(shelf, sql`(SELECT * FROM ${parquet(pieceFiles(shelf, found))})`, ['sub'])
}

/** The mornings that have a factor table, oldest first. */
export async function factorDays(shelf: Shelf): Promise<readonly PlainDate[]> {
  return [...new Set((await pieces(shelf, 'factor')).map(p => p.span.from))].toSorted()
}

/** Every factor of one subscriber on one morning; undefined when it has none. */
export async function factorVector(
  warehouse: Warehouse,
  shelf: Shelf,
  asOf: PlainDate,
  subscriberId: string,
): Promise<Row | undefined> {
  const table = await factorTable(shelf, asOf)
  if (table === undefined) return undefined
  const [row] = await warehouse.rows(sql`SELECT * FROM ${table} WHERE subscriber_id = ${subscriberId}`)
  return row
}

/** Which factors could not be computed on a morning, and why. */
export async function factorsOff(
  warehouse: Warehouse,
  shelf: Shelf,
  asOf: PlainDate,
): Promise<readonly OffFactor[]> {
  const found = await newestOf(shelf, 'factor_off', asOf)
  if (found === undefined) return []
  const rows = await warehouse.rows<Fault & { id: string }>(
    sql`SELECT id, code, en, zh FROM ${parquet(pieceFiles(shelf, found))} ORDER BY id`,
  )
  return rows.map(({ id, code, en, zh }) => ({ id, fault: { code, en, zh } }))
}

/** Kept before the table itself, so that whoever sees the table knows what is missing in it. */
export async function writeOff(
  warehouse: Warehouse,
  shelf: Shelf,
  piece: Pick<Piece, 'span' | 'version' | 'fingerprint' | 'learnedOn'>,
  off: readonly OffFactor[],
): Promise<void> {
  const rows = off.map(o => sql`(${o.id}, ${o.fault.code}, ${o.fault.en}, ${o.fault.zh})`)
  const values = rows.length === 0 ? [sql`('', '', '', '')`] : rows
  const names = join(['id', 'code', 'en', 'zh'].map(ident))
  const query = sql`SELECT * FROM (VALUES ${join(values)}) AS off(${names}) WHERE id <> ''`
  await shelve(warehouse, shelf, { ...piece, dataset: 'factor_off' }, query, [ident('id')])
}

export async function newestOf(
  shelf: Shelf,
  dataset: string,
  asOf: PlainDate,
  knownBy?: PlainDate,
): Promise<Piece | undefined> {
  return newestByMorning(await pieces(shelf, dataset, knownBy)).get(asOf)
}

/** Which piece answers for each morning: what was learned last; of two that know the same, the one made last. */
export function newestByMorning(all: readonly Piece[]): ReadonlyMap<PlainDate, Piece> {
  const order = (a: Piece, b: Piece) =>
    a.learnedOn < b.learnedOn ? -1 : a.learnedOn > b.learnedOn ? 1 : a.version - b.version
  return new Map(all.toSorted(order).map(p => [p.span.from, p]))
}
