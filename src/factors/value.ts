import type { FeedId } from '#ingest'
import type { Path, Rows, Window } from './rows.ts'

/**
 * How rows become one number, and how the folds of single days make that of many. `sum`: they add up, so that a day can
 * also be taken away. `merge`: the greatest, least or newest of them; nothing can be taken away. `bits`: a bit per day.
 * `value`: not from days, but from what each value of a column folds to. `rows`: from the rows only.
 */
export const foldsOver = {
  count: 'sum',
  sum: 'sum',
  min: 'merge',
  max: 'merge',
  last: 'merge',
  'first-day': 'merge',
  'last-day': 'merge',
  /** Which days had a row, bit 0 = yesterday. */
  mask: 'bits',
  /** How many days had a row. */
  days: 'sum',
  /** Of daily totals: their squares added up, the greatest, and how many exceed `limit`. */
  squares: 'sum',
  peak: 'merge',
  'days-over': 'sum',
  distinct: 'value',
  most: 'value',
  /** Of each value's rows (or their column's sum): the `limit` greatest added up; and their squares added up. */
  top: 'value',
  'value-squares': 'value',
  /** How many values the newer half of the window has and the older lacks; and the other way round. */
  'new-values': 'value',
  'lost-values': 'value',
  slope: 'rows',
} as const

export type Fold = keyof typeof foldsOver

/** Folds that look at a day's rows together: where rows are read, they are folded per day first. */
export const dailyFolds: ReadonlySet<Fold> = new Set(['days', 'squares', 'peak', 'days-over'])

/** Folds by value that ask only whether a value was there. */
export const sightFolds: ReadonlySet<Fold> = new Set(['distinct', 'new-values', 'lost-values'])

/** One fold of a feed's rows over one window, per subscriber. */
export interface Measure extends Omit<Rows, 'window'> {
  readonly fold: Fold
  readonly window: Window
  /** The column whose values are told apart; without it `column` itself. */
  readonly grain?: Path
  /** For `days-over`: what a day's total must exceed; for `top`: of how many values. */
  readonly limit?: number
}

export type Fn =
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'divide'
  | 'negate'
  | 'equal'
  | 'unequal'
  | 'less'
  | 'less-equal'
  | 'greater'
  | 'greater-equal'
  | 'and'
  | 'or'
  | 'not'
  | 'is-missing'
  | 'if'
  | 'coalesce'
  | 'least'
  | 'greatest'
  | 'round'
  | 'days-between'
  | 'months-between'
  | 'next-anniversary'
  | 'month-end'
  | 'count-days'
  | 'longest-silence'
  | 'newest-run'
  | 'newest-silence'
  | 'millionths'
  | 'deviation'

export type Scalar = string | number | boolean | null

/** How one factor's value comes about: a tree of plain data. */
export type Value =
  | { readonly is: 'literal'; readonly value: Scalar }
  | { readonly is: 'as-of' }
  | { readonly is: 'measure'; readonly measure: Measure }
  /** A column of a state feed with one row per subscriber, or of what that row points to. */
  | { readonly is: 'field'; readonly feed: FeedId; readonly path: Path }
  /** A column of the state feed's row whose key is the value of the factor `key`. */
  | { readonly is: 'lookup'; readonly key: string; readonly feed: FeedId; readonly path: Path }
  | { readonly is: 'factor'; readonly id: string }
  /** The mean of a factor over the subscribers who have the same values of others. */
  | { readonly is: 'peers'; readonly of: string; readonly by: readonly string[] }
  | { readonly is: 'call'; readonly fn: Fn; readonly of: readonly Value[] }

export function literal(value: Scalar): Value {
  return { is: 'literal', value }
}

export function call(fn: Fn, ...of: readonly Value[]): Value {
  return { is: 'call', fn, of }
}

export const asOf: Value = { is: 'as-of' }

export function measure(rows: Rows, fold: Fold, more: Partial<Measure> = {}): Value {
  return { is: 'measure', measure: { ...rows, fold, ...more } }
}

/** Zero when there were no rows. */
export function orZero(value: Value): Value {
  return call('coalesce', value, literal(0))
}
