import { cutsOf } from './passes/naive.ts'
import { type Base, baseOf, type Output, type Table } from './plan.ts'
import { daysMaskMax } from './rows.ts'
import { sightFolds } from './value.ts'

/**
 * What is kept of a sliding table from one morning to the next, a column each: a window's sum; the days with rows as
 * bits; the newest day with rows; the newest value and, beside it, its day.
 */
export interface Cell {
  readonly name: string
  readonly is: 'sum' | 'days' | 'day' | 'value'
  readonly base: Base
  readonly window: DayWindow
}

export interface DayWindow {
  readonly unit: 'day'
  readonly from: number
  readonly to: number
}

export function cellsOf(table: Table): readonly Cell[] {
  const cells = new Map<string, Cell>()
  if (table.grain !== undefined) cells.set('seen', presence(table))
  for (const output of table.outputs) {
    for (const cell of cellsFor(table, output)) cells.set(cell.name, cell)
  }
  return [...cells.values()]
}

function cellsFor(table: Table, output: Output): readonly Cell[] {
  const base = baseOf(table, output)
  if (table.span.unit !== 'day' || output.window.unit !== 'day')
    throw new TypeError(`${output.name} does not slide`)
  const span: DayWindow = { unit: 'day', from: table.span.from, to: table.span.to }
  if (table.grain !== undefined) return valueCells(base, output, span)
  if (base.fold === 'mask')
    return [
      { name: base.name, is: 'days', base, window: { ...span, from: Math.min(span.from, daysMaskMax) } },
    ]
  if (base.fold === 'last-day') return [{ name: base.name, is: 'day', base, window: span }]
  if (base.fold === 'last')
    return [
      { name: base.name, is: 'value', base, window: span },
      { name: dayOf(base), is: 'day', base: { ...base, name: dayOf(base), takes: 'day' }, window: span },
    ]
  const { from, to } = output.window
  return [{ name: output.name, is: 'sum', base, window: { unit: 'day', from, to } }]
}

/** By value: on which days rows of a base were there, or how many of them in the window. */
function valueCells(base: Base, output: Output, span: DayWindow): readonly Cell[] {
  if (output.window.unit !== 'day') throw new TypeError(`${output.name} does not slide`)
  if (!sightFolds.has(base.fold))
    return [
      {
        name: `n_${output.name}`,
        is: 'sum',
        base,
        window: { ...span, from: output.window.from, to: output.window.to },
      },
    ]
  return base.stored === undefined ? [] : [{ name: `seen_${base.stored}`, is: 'days', base, window: span }]
}

/** On which days the value was there at all. */
function presence(table: Table): Cell {
  const { span } = table
  if (span.unit !== 'day') throw new TypeError(`${table.name} does not slide`)
  const base: Base = { name: 'seen', fold: 'mask', tests: [], order: 'day', tied: false }
  return { name: 'seen', is: 'days', base, window: { unit: 'day', from: span.from, to: span.to } }
}

/** The cell beside a newest value that holds its day. */
export function dayOf(base: Base): string {
  return `${base.name}_on`
}

/** The table that folds the cells themselves: how they begin, and what they are checked against. */
export function cellTable(table: Table): Table {
  const cells = cellsOf(table)
  const bases = new Map(cells.map(c => [c.base.name, c.base]))
  const outputs = cells.map<Output>(c => ({ name: c.name, key: c.name, base: c.base.name, window: c.window }))
  const cuts = table.shape === 'buckets' ? cutsOf(outputs.map(o => o.window)) : table.cuts
  return { ...table, bases: [...bases.values()], outputs, cuts }
}
