import type { Base, Partial, Plan, Table } from '../plan.ts'
import { hopsOf, pathsOf, pathText, testText } from '../rows.ts'
import { dense } from './cluster.ts'

/** Dense feeds are folded per day once and kept, so that a night reads only its new day's rows. */
export function partials(plan: Plan): Plan {
  const shared = [...Map.groupBy(plan.tables.filter(isKept), rowsKey).values()].map(shares)
  const partialOf = new Map(shared.flatMap(s => s.tables.map(t => [t.name, t] as const)))
  return {
    ...plan,
    partials: shared.map(s => s.partial),
    tables: plan.tables.map(t => partialOf.get(t.name) ?? t),
  }
}

function isKept(table: Table): boolean {
  return dense.has(table.feed) && table.span.unit === 'day'
}

/** Tables of the same rows, joined with the same others, keep what they need of a day in one partial. */
function rowsKey(table: Table): string {
  if (table.grain !== undefined) return table.name
  const paths = table.bases.flatMap(b => [...(b.column === undefined ? [] : [b.column]), ...pathsOf(b.tests)])
  const hops = hopsOf([...paths, ...pathsOf(table.where)]).map(h => h.map(x => x.column).join('.'))
  return [table.feed, ...table.where.map(testText).toSorted(), 'via', ...hops.toSorted()].join(' ')
}

/** The partial has the shortest of their names. */
function shares(group: readonly Table[]): { readonly tables: readonly Table[]; readonly partial: Partial } {
  const [first] = group.toSorted((a, b) => a.name.length - b.name.length)
  if (first === undefined) throw new TypeError('a partial that nothing reads')
  const { table: told, partial } = byDay({ ...first, bases: group.flatMap(t => t.bases) })
  const tables = group.map(t => {
    const names = new Set(t.bases.map(b => b.name))
    const bases = told.bases.filter(b => names.has(b.name))
    return { ...t, bases, reads: { from: 'partial' as const, partial: partial.name } }
  })
  return { tables, partial }
}

/** The table's fold of one day's rows, and the table whose bases know which column of that they are made of. */
export function byDay(table: Table): { readonly table: Table; readonly partial: Partial } {
  const daily = new Map<string, Base>()
  const bases = table.bases.map(base => {
    const made = ofOneDay(base)
    if (made === undefined) return base
    const key = [
      made.fold,
      made.column === undefined ? '' : pathText(made.column),
      ...made.tests.map(testText),
    ].join(' ')
    const stored = daily.get(key) ?? made
    daily.set(key, stored)
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

const counted: ReadonlySet<Base['fold']> = new Set(['mask', 'first-day', 'last-day', 'days', 'most'])
const totals: ReadonlySet<Base['fold']> = new Set(['squares', 'peak', 'days-over', 'top', 'value-squares'])

function totalOf({ name, column, tests, order, tied }: Base): Base {
  const counts = { name: `total_${name}`, fold: 'count', tests, order, tied } as const
  return column === undefined ? counts : { ...counts, fold: 'sum', column }
}

/** What one day keeps of a base. Which days had rows is read off a count; a value that was seen off its row. */
function ofOneDay(base: Base): Base | undefined {
  if (base.fold === 'distinct' || base.fold === 'new-values' || base.fold === 'lost-values') return undefined
  if (totals.has(base.fold)) return totalOf(base)
  if (!counted.has(base.fold)) return base
  const tests = base.tests.filter(t => t.right?.is !== 'as-of')
  return { name: `count_${base.name}`, fold: 'count', tests, order: base.order, tied: base.tied }
}
