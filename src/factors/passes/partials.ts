import type { Base, Partial, Plan, Table } from '../plan.ts'
import { pathText, testText } from '../rows.ts'
import { dense } from './cluster.ts'

/** Dense feeds are folded per day once and kept, so that a night reads only its new day's rows. */
export function partials(plan: Plan): Plan {
  const made = plan.tables.map(t => (dense.has(t.feed) && t.span.unit === 'day' ? split(t) : { table: t }))
  return {
    ...plan,
    partials: made.flatMap(m => ('partial' in m ? [m.partial] : [])),
    tables: made.map(m => m.table),
  }
}

/** The table's own fold per day, and the table that folds those days. */
function split(table: Table): { readonly table: Table; readonly partial: Partial } {
  const kept = new Map<string, Base>()
  const bases = table.bases.map(base => {
    const daily = perDay(base)
    if (daily === undefined) return base
    const key = [
      daily.fold,
      daily.column === undefined ? '' : pathText(daily.column),
      ...daily.tests.map(testText),
    ].join(' ')
    const stored = kept.get(key) ?? daily
    kept.set(key, stored)
    return { ...base, stored: stored.name }
  })
  const { name, feed, where, grain } = table
  const partial: Partial = {
    name,
    feed,
    where,
    ...(grain === undefined ? {} : { grain }),
    bases: [...kept.values()],
  }
  return { partial, table: { ...table, bases, reads: { from: 'partial', partial: name } } }
}

/** What one day keeps of a base. Which days had rows is read off a count; a value that was seen off its row. */
function perDay(base: Base): Base | undefined {
  if (base.fold === 'distinct') return undefined
  if (base.fold !== 'mask' && base.fold !== 'last-day' && base.fold !== 'most') return base
  const tests = base.tests.filter(t => t.right?.is !== 'as-of')
  return { name: `count_${base.name}`, fold: 'count', tests, order: base.order, tied: base.tied }
}
