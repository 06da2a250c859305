import path from 'node:path'
import { type Piece, pieces, type Shelf } from '#warehouse'
import { mornings } from './night-span.ts'
import { type Ground, measure, prepare, wholeCatalogue } from './nights.ts'
import { ownShelf } from './own-shelf.ts'

/** The whole catalogue's factor table of one morning, and where it lies. */
export interface WideTable {
  readonly ground: Ground
  readonly shelf: Shelf
  readonly piece: Piece
}

/** The wide table of so many subscribers: the one that an earlier run kept, or a new one. */
export async function wideTable(subscribers: number, folder?: string): Promise<WideTable> {
  const ground = await prepare(subscribers, 4096, folder)
  const shelf = { root: path.join(ground.folder, 'count') }
  const kept = (await pieces(shelf, 'factor')).at(-1)
  if (kept !== undefined) return { ground, shelf, piece: kept }
  const [morning] = mornings(1)
  if (morning === undefined) throw new RangeError('no morning')
  await ownShelf(shelf.root, ground.shelf)
  await measure(ground, { root: shelf.root, morning, incremental: false, catalogue: wholeCatalogue })
  const made = (await pieces(shelf, 'factor')).at(-1)
  if (made === undefined) throw new Error('no table was made')
  return { ground, shelf, piece: made }
}

/** The value below which a share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const ordered = values.toSorted((a, b) => a - b)
  return ordered[Math.min(ordered.length - 1, Math.ceil(share * ordered.length) - 1)] ?? 0
}
