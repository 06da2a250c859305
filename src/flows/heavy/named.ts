import type { PlainDate } from '#kernel'
import { parquet, pieceFiles, pieces, type Shelf } from '#warehouse'

/** Whom imported tags name on a morning: `sub`, `tag_id`. */
export const namedDataset = 'tag_named'

/** It as the night reads it; undefined where no tag was imported. */
export async function namedOn(shelf: Shelf, day: PlainDate) {
  const all = (await pieces(shelf, namedDataset)).filter(p => p.span.from === day)
  const piece = all.toSorted((a, b) => a.version - b.version).at(-1)
  if (piece === undefined) return undefined
  return { table: parquet(pieceFiles(shelf, piece)), fingerprint: piece.fingerprint }
}
