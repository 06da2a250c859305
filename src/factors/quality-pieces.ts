import { addDays, digest, type PlainDate } from '#kernel'
import {
  ident,
  join,
  type Piece,
  parquet,
  pieceFiles,
  pieces,
  type Shelf,
  shelve,
  sql,
  type Warehouse,
} from '#warehouse'

/**
 * What is found out about a morning is kept as one row per factor: its id, and what was found as plain data. A piece is
 * written once for equal inputs, like any other.
 */
export interface Kept {
  readonly id: string
}

export type QualityDataset = 'factor_quality' | 'factor_verdict'

export async function pieceOf(shelf: Shelf, dataset: string, asOf: PlainDate): Promise<Piece | undefined> {
  return (await pieces(shelf, dataset)).findLast(p => p.span.from === asOf && p.span.to === addDays(asOf, 1))
}

export async function readKept<T extends Kept>(
  warehouse: Warehouse,
  shelf: Shelf,
  of: readonly Piece[],
): Promise<readonly (readonly T[])[]> {
  if (of.length === 0) return []
  const parts = of.map(
    (piece, i) => sql`SELECT ${i} AS piece, id, found FROM ${parquet(pieceFiles(shelf, piece))}`,
  )
  const rows = await warehouse.rows<{ piece: number; id: string; found: string }>(
    sql`SELECT * FROM (${join(parts, ' UNION ALL ')}) AS k ORDER BY piece, id`,
  )
  const byPiece = Map.groupBy(rows, r => r.piece)
  return of.map((_, i) => (byPiece.get(i) ?? []).map(r => JSON.parse(r.found) as T))
}

/** Makes the piece unless it is there: what `fingerprint` names is all that `rows` depends on. */
export async function keepOnce<T extends Kept>(
  warehouse: Warehouse,
  shelf: Shelf,
  asked: {
    readonly dataset: QualityDataset
    readonly asOf: PlainDate
    readonly learnedOn: PlainDate
    readonly madeFrom: readonly string[]
    readonly rows: () => Promise<readonly T[]>
  },
): Promise<Piece> {
  const { dataset, asOf, learnedOn } = asked
  const fingerprint = digest(`${dataset} 1`, ...asked.madeFrom)
  const newest = await pieceOf(shelf, dataset, asOf)
  if (newest?.fingerprint === fingerprint) return newest
  const span = { from: asOf, to: addDays(asOf, 1) }
  const version = (newest?.version ?? 0) + 1
  const values = (await asked.rows()).map(row => sql`(${row.id}, ${JSON.stringify(row)})`)
  const all = values.length === 0 ? [sql`('', '')`] : values
  const query = sql`SELECT * FROM (VALUES ${join(all)}) AS kept(id, found) WHERE id <> ''`
  return shelve(warehouse, shelf, { dataset, span, version, fingerprint, learnedOn }, query, [ident('id')])
}
