import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
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

/** Puts the definitions of those factors, and no others, in a folder of their own: a small catalogue is read sooner. */
export async function writeDefinitions(catalogue: FactorCatalogue, to: string): Promise<void> {
  await mkdir(to, { recursive: true })
  for (const file of new Set(catalogue.factors.map(f => f.file))) {
    const [head = '', ...entries] = (await readFile(path.join(folder, file), 'utf8')).split(
      /^(?= {2}- id: )/m,
    )
    const own = entries.filter(e => catalogue.byId.has(/- id: (\w+)/.exec(e)?.[1] ?? ''))
    await writeFile(path.join(to, file), [head, ...own].join(''))
  }
}

/** Those factors, what they need, and what they say they are twins of. */
function someOf(whole: FactorCatalogue, ids: ReadonlySet<string>): FactorCatalogue {
  const wanted = new Set(ids)
  // A set is walked to its end, also to what is added on the way.
  for (const id of wanted) {
    const { needs = [], twin } = whole.byId.get(id) ?? {}
    for (const other of [...needs, ...(twin === undefined ? [] : [twin.of])]) wanted.add(other)
  }
  const factors = whole.factors.filter(f => wanted.has(f.id))
  const byId = new Map(factors.map(f => [f.id, f]))
  return { ...whole, factors, byId, columns: whole.columns.filter(c => wanted.has(c.id)) }
}
