import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Fault } from '#kernel'
import { undeclared } from './declared.ts'
import type { Factor } from './factor.ts'
import { catalogueEmpty } from './faults.ts'
import type { FactorColumn } from './lower.ts'
import { parse, type Source } from './parse.ts'
import { resolve } from './resolve.ts'

/** Every factor, each after what it needs, and by id; and everything that is wrong with the definitions. */
export interface FactorCatalogue {
  readonly factors: readonly Factor[]
  readonly byId: ReadonlyMap<string, Factor>
  readonly columns: readonly FactorColumn[]
  readonly faults: readonly Fault[]
}

/** Reads every .yaml of a folder. All faults at once, each with file and line; the sound factors are there all the same. */
export async function readFactors(folder: string): Promise<FactorCatalogue> {
  const names = (await readdir(folder).catch(() => [])).filter(n => n.endsWith('.yaml')).toSorted()
  const sources = names.map(async file => ({ file, text: await readFile(path.join(folder, file), 'utf8') }))
  const compiled = compileFactors(await Promise.all(sources))
  const faults = [...compiled.faults, ...compiled.factors.flatMap(undeclared)]
  const catalogue = { ...compiled, faults }
  const nothing = catalogue.factors.length === 0 && catalogue.faults.length === 0
  return nothing ? { ...catalogue, faults: [catalogueEmpty(folder)] } : catalogue
}

/** Texts → factors; what only a catalogue must say (`helps`, `range`) may be left out. */
export function compileFactors(sources: readonly Source[]): FactorCatalogue {
  const parsed = sources.map(parse)
  const { factors, columns, faults } = resolve(parsed.flatMap(p => p.definitions))
  const all = [...parsed.flatMap(p => p.faults), ...faults]
  return { factors, columns, byId: new Map(factors.map(f => [f.id, f])), faults: all }
}

/** A factor and all it is computed from, directly or not. */
export function needsOf(catalogue: FactorCatalogue, id: string): ReadonlySet<string> {
  return closure([id], f => catalogue.byId.get(f)?.needs ?? [])
}

export function closure(
  start: readonly string[],
  next: (id: string) => readonly string[],
): ReadonlySet<string> {
  const found = new Set(start)
  for (const id of found) for (const other of next(id)) found.add(other)
  return found
}
