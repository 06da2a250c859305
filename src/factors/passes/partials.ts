import type { Base, Partial, Plan, Table } from '../plan.ts'
import { hopsOf, pathsOf, pathText, testText } from '../rows.ts'
import { sightFolds } from '../value.ts'
import { dense } from './cluster.ts'

/**
 * Dense feeds are folded per day once and kept, so that a night reads only its new day's rows. What `before` keeps
 * already stays as it is: a new factor makes a partial of its own for what is new in it, and only that is folded back.
 */
export function partials(plan: Plan, before: readonly Partial[] = []): Plan {
  const homes = [...Map.groupBy(plan.tables.filter(isKept), rowsKey).values()].map(g => housed(g, before))
  const tablesOf = new Map(homes.flatMap(h => h.tables))
  return {
    ...plan,
    partials: homes.flatMap(h => h.partials),
    tables: plan.tables.flatMap(t => tablesOf.get(t.name) ?? [t]),
  }
}

/** What rows of other feeds say may change after the day: it is looked up anew each night. */
function isKept(table: Table): boolean {
  const paths = [
    ...(table.grain === undefined ? [] : [table.grain]),
    ...table.bases.flatMap(b => [...(b.column === undefined ? [] : [b.column]), ...pathsOf(b.tests)]),
    ...pathsOf(table.where),
  ]
  return dense.has(table.feed) && table.span.unit === 'day' && paths.every(p => p.hops.length === 0)
}

/** Tables of the same rows, joined with the same others, keep what they need of a day in one partial. */
function rowsKey(table: Table): string {
  if (table.grain !== undefined) return table.name
  const paths = table.bases.flatMap(b => [...(b.column === undefined ? [] : [b.column]), ...pathsOf(b.tests)])
  const hops = hopsOf([...paths, ...pathsOf(table.where)]).map(h => h.map(x => x.column).join('.'))
  return [table.feed, ...table.where.map(testText).toSorted(), 'via', ...hops.toSorted()].join(' ')
}

/** Where each table of the same rows finds what it folds: one table more for each further partial. */
function housed(group: readonly Table[], before: readonly Partial[]) {
  const [first] = group.toSorted((a, b) => a.name.length - b.name.length)
  if (first === undefined) throw new TypeError('a partial that nothing reads')
  const { table: told, partial: whole } = byDay({ ...first, bases: group.flatMap(t => t.bases) })
  const known = before.filter(p => partialKey(p) === partialKey(whole))
  const isKnown = (base: Base) => known.some(p => p.bases.some(b => dailyKey(b) === dailyKey(base)))
  const fresh = { ...whole, bases: whole.bases.filter(b => !isKnown(b)) }
  const isNew = known.length === 0 || fresh.bases.length > 0
  const all = isNew ? [...known, { ...fresh, name: freeName(whole.name, before) }] : known
  const dailyOf = new Map(whole.bases.map(b => [b.name, b]))
  const tables = group.map(table => {
    const names = new Set(table.bases.map(b => b.name))
    const bases = told.bases.filter(b => names.has(b.name))
    return [table.name, moved({ ...table, bases }, all, dailyOf)] as const
  })
  const read = new Set(tables.flatMap(([, parts]) => parts.map(t => partialRead(t))))
  return { tables, partials: all.filter(p => read.has(p.name)) }
}

function partialRead(table: Table): string | undefined {
  return table.reads.from === 'partial' ? table.reads.partial : undefined
}

/** The table, its outputs parted by the partial that keeps what they are made of. */
function moved(table: Table, all: readonly Partial[], dailyOf: ReadonlyMap<string, Base>): readonly Table[] {
  const homeOf = (base: Base): { readonly home: Partial | undefined; readonly base: Base } => {
    const daily = base.stored === undefined ? undefined : dailyOf.get(base.stored)
    if (daily === undefined) return { home: all[0], base }
    const home = all.find(p => p.bases.some(b => dailyKey(b) === dailyKey(daily)))
    const stored = home?.bases.find(b => dailyKey(b) === dailyKey(daily))?.name
    return { home, base: { ...base, ...(stored === undefined ? {} : { stored }) } }
  }
  const parts = Map.groupBy(table.bases.map(homeOf), found => found.home)
  return [...parts].map(([home, found], i) => {
    if (home === undefined) throw new TypeError(`nothing keeps a day of ${table.name}`)
    const names = new Set(found.map(f => f.base.name))
    return {
      ...table,
      name: i === 0 ? table.name : `${table.name}_from_${home.name}`,
      bases: found.map(f => f.base),
      outputs: table.outputs.filter(o => names.has(o.base)),
      reads: { from: 'partial' as const, partial: home.name },
    }
  })
}

function freeName(wanted: string, before: readonly Partial[]): string {
  const taken = new Set(before.map(p => p.name))
  let name = wanted
  for (let n = 2; taken.has(name); n++) name = `${wanted}_${n}`
  return name
}

/** Partials of the same rows have equal keys. */
function partialKey({ feed, where, grain, bases }: Partial): string {
  const paths = [...bases.flatMap(b => [...(b.column === undefined ? [] : [b.column]), ...pathsOf(b.tests)])]
  const hops = hopsOf([...paths, ...pathsOf(where)]).map(h => h.map(x => x.column).join('.'))
  const by = grain === undefined ? '' : pathText(grain)
  return [feed, 'by', by, ...where.map(testText).toSorted(), 'via', ...hops.toSorted()].join(' ')
}

/** Equal folds of a day have equal keys. */
function dailyKey(base: Base): string {
  return [
    base.fold,
    base.column === undefined ? '' : pathText(base.column),
    ...base.tests.map(testText),
  ].join(' ')
}

/** The table's fold of one day's rows, and the table whose bases know which column of that they are made of. */
export function byDay(table: Table): { readonly table: Table; readonly partial: Partial } {
  const daily = new Map<string, Base>()
  const bases = table.bases.map(base => {
    const made = ofOneDay(base)
    if (made === undefined) return base
    const stored = daily.get(dailyKey(made)) ?? made
    daily.set(dailyKey(made), stored)
    return { ...base, stored: stored.name }
  })
  const { name, feed, where, grain } = table
  const partial: Partial = {
    name,
    feed,
    where,
    ...(grain === undefined ? {} : { grain }),
    bases: [...daily.values()],
  }
  return { partial, table: { ...table, bases } }
}

const counted: ReadonlySet<Base['fold']> = new Set([
  ...sightFolds,
  'mask',
  'first-day',
  'last-day',
  'days',
  'most',
])
const totals: ReadonlySet<Base['fold']> = new Set(['squares', 'peak', 'days-over', 'top', 'value-squares'])

function totalOf({ name, column, tests, order, tied }: Base): Base {
  const counts = { name: `total_${name}`, fold: 'count', tests, order, tied } as const
  return column === undefined ? counts : { ...counts, fold: 'sum', column }
}

/** What one day keeps of a base. Which days had rows is read off a count; a value that was seen off its row. */
function ofOneDay(base: Base): Base | undefined {
  if (sightFolds.has(base.fold) && base.tests.length === 0) return undefined
  if (totals.has(base.fold)) return totalOf(base)
  if (!counted.has(base.fold)) return base
  const tests = base.tests.filter(t => t.right?.is !== 'as-of')
  return { name: `count_${base.name}`, fold: 'count', tests, order: base.order, tied: base.tied }
}
