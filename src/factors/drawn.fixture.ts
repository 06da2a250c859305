import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { uniform } from '#kernel'
import { compileFactors, type FactorCatalogue } from './catalogue.ts'
import type { Source } from './parse.ts'

const folder = path.join(import.meta.dirname, '../../catalogue/factors')

/**
 * A factor of every kind and a factor of every feed, drawn from the catalogue by the seed, with what they need: a test of
 * many nights has no time for all. `more` are definitions of the test's own, all of them taken.
 */
export async function drawnFactors(seed: string, more?: Source): Promise<FactorCatalogue> {
  const names = (await readdir(folder)).filter(n => n.endsWith('.yaml')).toSorted()
  const files = names.map(async file => ({ file, text: await readFile(path.join(folder, file), 'utf8') }))
  const whole = compileFactors([...(await Promise.all(files)), ...(more === undefined ? [] : [more])])
  if (whole.faults.length > 0) throw new Error(whole.faults.map(f => f.en).join('\n'))
  const shuffled = whole.factors.toSorted((a, b) => uniform(seed, a.id) - uniform(seed, b.id))
  const groups = [Map.groupBy(shuffled, f => f.kind), Map.groupBy(shuffled, f => f.feeds[0])]
  const drawn = groups.flatMap(found => [...found.values()].flatMap(([one]) => one ?? []))
  const own = more === undefined ? [] : whole.factors.filter(f => f.file === more.file)
  return someOf(whole, new Set([...drawn, ...own].map(f => f.id)))
}

/** Those factors and what they need. */
export function someOf(whole: FactorCatalogue, ids: ReadonlySet<string>): FactorCatalogue {
  const wanted = new Set(ids)
  for (const f of whole.factors.toReversed()) if (wanted.has(f.id)) for (const id of f.needs) wanted.add(id)
  const factors = whole.factors.filter(f => wanted.has(f.id))
  const byId = new Map(factors.map(f => [f.id, f]))
  return { ...whole, factors, byId, columns: whole.columns.filter(c => wanted.has(c.id)) }
}
