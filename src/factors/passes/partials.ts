import type { Base, Partial, Plan, Table } from '../plan.ts'
import { pathText, testText } from '../rows.ts'
import { dense } from './cluster.ts'

/** Dense feeds are folded per day once and kept, so that a night reads only its new day's rows. */
export function partials(plan: Plan): Plan {
  const made = plan.tables.map(t => (dense.has(t.feed) && t.span.unit === 'day' ? kept(t) : { table: t }))
  return {
    ...plan,
    partials: made.flatMap(m => ('partial' in m ? [m.partial] : [])),
    tables: made.map(m => m.table),
  }
}

function kept(table: Table): { readonly table: Table; readonly partial: Partial } {
  const { table: told, partial } = byDay(table)
  return { partial, table: { ...told, reads: { from: 'partial', partial: partial.name } } }
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
