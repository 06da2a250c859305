import type { FeedId } from '#ingest'
import type { Path, Rows, Window } from './rows.ts'

/** How rows become one number. `mask`: which days had a row, bit 0 = yesterday. */
export type Fold =
  | 'count'
  | 'sum'
  | 'min'
  | 'max'
  | 'last'
  | 'last-day'
  | 'mask'
  | 'distinct'
  | 'most'
  | 'slope'

/** One fold of a feed's rows over one window, per subscriber. */
export interface Measure extends Omit<Rows, 'window'> {
  readonly fold: Fold
  readonly window: Window
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
