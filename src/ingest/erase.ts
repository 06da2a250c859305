import type { Shelf } from '#warehouse'
import { type Erased, keepErased } from './erased.ts'
import { dropFolds } from './state.ts'

/** Leaves somebody out of every reading from now on, and of what was folded so far. The caller holds a lock. */
export async function eraseFromFeeds(shelf: Shelf, more: Erased): Promise<void> {
  await keepErased(shelf, more)
  await dropFolds({ shelf })
}
