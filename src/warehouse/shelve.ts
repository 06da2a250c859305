import path from 'node:path'
import type { DaySpan } from '#kernel'
import type { Warehouse } from './engine.ts'
import { writeParquet } from './files.ts'
import { commitPiece, type Piece, pieceName, type Shelf } from './manifest.ts'
import type { Sql } from './sql.ts'

/** Later than every piece that holds any of these days. */
export function nextVersion(all: readonly Piece[], span: DaySpan): number {
  const holding = all.filter(p => p.span.from < span.to && span.from < p.span.to)
  return 1 + Math.max(0, ...holding.map(p => p.version))
}

/** Writes a query's rows as a piece of one file and commits it: readers see all of it, or nothing. */
export async function shelve(
  warehouse: Warehouse,
  shelf: Shelf,
  stamp: Omit<Piece, 'files' | 'rows'>,
  query: Sql,
  sortedBy: readonly Sql[],
): Promise<Piece> {
  const file = `${pieceName(stamp.span, stamp.version)}.parquet`
  const { rows } = await writeParquet(warehouse, query, path.join(shelf.root, stamp.dataset, file), sortedBy)
  const piece = { ...stamp, files: [file], rows }
  await commitPiece(shelf, piece)
  return piece
}
