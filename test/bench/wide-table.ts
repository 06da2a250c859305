import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { digest } from '#kernel'
import { type Piece, pieces, type Shelf, writeWhole } from '#warehouse'
import { mornings } from './night-span.ts'
import { type Ground, measure, prepare, readWhole, wholeCatalogue } from './nights.ts'
import { ownShelf } from './own-shelf.ts'

/** The whole catalogue's factor table of one morning, and where it lies. */
export interface WideTable {
  readonly ground: Ground
  readonly shelf: Shelf
  readonly piece: Piece
}

/** The wide table of so many subscribers: the one that an earlier run kept of the same catalogue, or a new one. */
export async function wideTable(subscribers: number, folder?: string): Promise<WideTable> {
  const ground = await prepare(subscribers, 4096, folder)
  const shelf = { root: path.join(ground.folder, 'count') }
  const catalogue = digest(...(await readWhole()).factors.map(f => `${f.id} ${f.version}`))
  const recipe = path.join(shelf.root, 'catalogue')
  const kept = (await pieces(shelf, 'factor')).at(-1)
  if (kept !== undefined && (await readFile(recipe, 'utf8').catch(() => '')) === catalogue)
    return { ground, shelf, piece: kept }
  const [morning] = mornings(1)
  if (morning === undefined) throw new RangeError('no morning')
  await ownShelf(shelf.root, ground.shelf)
  await measure(ground, { root: shelf.root, morning, incremental: false, catalogue: wholeCatalogue })
  const made = (await pieces(shelf, 'factor')).at(-1)
  if (made === undefined) throw new Error('no table was made')
  await writeWhole(recipe, catalogue)
  return { ground, shelf, piece: made }
}

/** The value below which a share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const ordered = values.toSorted((a, b) => a - b)
  return ordered[Math.min(ordered.length - 1, Math.ceil(share * ordered.length) - 1)] ?? 0
}
