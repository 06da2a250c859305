import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { type Shelf, writeWhole } from '#warehouse'
import type { Partial } from './plan.ts'

/**
 * Every day partial that was ever begun on a shelf, as plain data. A factor that is new or changed adds a partial for
 * what is new in it; those there are stay, so that nothing else is folded again. Removing the folder `partial` begins anew.
 */
export async function readLedger(shelf: Shelf): Promise<readonly Partial[]> {
  const text = await readFile(fileOf(shelf), 'utf8').catch(() => '[]')
  return JSON.parse(text) as Partial[]
}

/** Adds what a plan begins to keep; written before any of it is folded. */
export async function enterLedger(shelf: Shelf, begun: readonly Partial[]): Promise<void> {
  const before = await readLedger(shelf)
  const names = new Set(before.map(p => p.name))
  const fresh = begun.filter(p => !names.has(p.name))
  if (fresh.length > 0) await writeWhole(fileOf(shelf), JSON.stringify([...before, ...fresh], null, 1))
}

function fileOf(shelf: Shelf): string {
  return path.join(shelf.root, 'partial', 'ledger.json')
}
