import { type Base, type Plan, reachOf, type Table } from '../plan.ts'
import { daysMaskMax, type Test } from '../rows.ts'
import { dense } from './cluster.ts'
import { cutsOf } from './naive.ts'

const basesMin = 3

/**
 * Cuts time at every window's edge, so that a row is folded once per base and not once per base and window; a second
 * fold over the few buckets makes the windows. Worth it where a bucket holds many rows and several windows share
 * several bases: with a handful of rows per subscriber the buckets cost more than they spare.
 */
export function bucket(plan: Plan): Plan {
  return { ...plan, tables: plan.tables.map(t => (isWorthIt(t) ? cut(t) : t)) }
}

function isWorthIt(table: Table): boolean {
  if (
    !dense.has(table.feed) ||
    table.shape !== 'direct' ||
    table.span.unit !== 'day' ||
    table.bases.length < basesMin
  )
    return false
  return cutsOf(table.outputs.map(o => o.window)).length > 1 && table.outputs.length > table.bases.length
}

function cut(table: Table): Table {
  return {
    ...table,
    shape: 'buckets',
    cuts: cutsOf(table.outputs.map(o => o.window)),
    bases: table.bases.map(b => (b.fold === 'mask' && reachOf(table.span) > daysMaskMax ? guarded(b) : b)),
  }
}

/** A mask has room for 62 days: older rows must not be shifted out of it. */
function guarded(base: Base): Base {
  const of = { name: 'day', type: 'date', nullable: false, means: { en: 'data day', zh: '数据日' } } as const
  const recent: Test = {
    left: { hops: [], column: 'day', of },
    op: '>=',
    right: { is: 'as-of', daysBefore: daysMaskMax },
  }
  return { ...base, tests: [...base.tests, recent] }
}
