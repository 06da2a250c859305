import { feedOf } from '#ingest'
import { type Base, baseOf, type Output, type Partial, type Plan, type Table } from '../plan.ts'
import { daysMaskMax, pathsOf, type Window } from '../rows.ts'
import { foldsOver } from '../value.ts'
import { byDay } from './partials.ts'

/**
 * Windows move by a day each morning. What can be brought forward by the days that come and go is set apart from what
 * must be folded again (greatest and least values, what depends on today or on rows of other feeds).
 */
export function slide(plan: Plan): Plan {
  const named = new Map(plan.partials.map(p => [p.name, p]))
  const tables = plan.tables.flatMap(table => {
    if (table.grain !== undefined) return [byValue(table, named)]
    if (!mayMove(table)) return [table]
    const moving = table.outputs.filter(o => moves(baseOf(table, o), o.window))
    if (moving.length === 0) return [table]
    const resting = table.outputs.filter(o => !moving.includes(o))
    const part = only(table, moving)
    const kept = table.reads.from === 'partial' ? named.get(table.reads.partial) : undefined
    const { table: told, partial } = kept === undefined ? byDay(part) : { table: part, partial: kept }
    const sliding: Table = { ...told, span: { ...part.span, to: 0 }, slides: partial }
    if (resting.length === 0) return [sliding]
    return [sliding, { ...only(table, resting), name: `${table.name}_again` }]
  })
  return { ...plan, tables }
}

/** Whole numbers add up exactly. The commonest by a sum would have to tell a sum of nothing from a sum of zeros. */
function addsUp({ fold, column }: Base): boolean {
  return column === undefined || (fold !== 'most' && column.of.type !== 'number')
}

/** By value, all of a table moves or none: what is counted, on the days that bits have room for. */
function byValue(table: Table, named: ReadonlyMap<string, Partial>): Table {
  const kept = table.reads.from === 'partial' ? named.get(table.reads.partial) : undefined
  const { span } = table
  const isCounted = (b: Base) => foldsOver[b.fold] === 'value' && addsUp(b) && isSteady(b)
  if (kept === undefined || span.unit !== 'day' || span.from > daysMaskMax || !table.bases.every(isCounted))
    return table
  return { ...table, span: { ...span, to: 0 }, slides: kept }
}

function mayMove(table: Table): table is Table & { span: Window & { unit: 'day' } } {
  const { kind } = feedOf(table.feed)
  return (
    table.span.unit === 'day' &&
    (kind === 'event' || kind === 'day') &&
    pathsOf(table.where).every(p => p.hops.length === 0) &&
    table.where.every(t => t.right?.is !== 'as-of')
  )
}

/** Sums and counts take the new day in and the old one out; days are bits; of the newest only a newer one matters. */
function moves(base: Base, window: Window): boolean {
  if (window.unit !== 'day') return false
  if (!isSteady(base)) return false
  if (foldsOver[base.fold] === 'sum') return true
  if (base.fold === 'mask') return window.from <= daysMaskMax
  return (base.fold === 'last' || base.fold === 'last-day') && window.to === 0
}

/** Its rows of a day are the same whatever the morning. */
function isSteady(base: Base): boolean {
  const paths = [...(base.column === undefined ? [] : [base.column]), ...pathsOf(base.tests)]
  const isSet = base.tests.every(t => t.right?.is !== 'as-of' || isGuard(base, t.right.daysBefore))
  return isSet && paths.every(p => p.hops.length === 0)
}

/** That a mask has room for so many days only is no dependence on today. */
function isGuard(base: Base, daysBefore: number): boolean {
  return base.fold === 'mask' && daysBefore === daysMaskMax
}

function only<T extends Table>(table: T, outputs: readonly Output[]): T {
  const used = new Set(outputs.map(o => o.base))
  return { ...table, outputs, bases: table.bases.filter(b => used.has(b.name)) }
}
