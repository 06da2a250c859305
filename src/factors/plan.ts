import type { FeedId } from '#ingest'
import type { FactorType } from './factor.ts'
import type { Hop, Path, Test, Window } from './rows.ts'
import type { Fold, Value } from './value.ts'

/**
 * How all factors of one morning are computed: every choice as data, nothing spelled. Any plan between two passes of
 * `fuse` is a whole plan and gives the same rows; the passes only make it cheaper.
 */
export interface Plan {
  /** Whose rows the factor table has: subscribers that satisfy `where`, or every key when that feed is off. */
  readonly spine: { readonly feed: 'subscriber' | 'none'; readonly where: readonly Test[] }
  readonly partials: readonly Partial[]
  readonly tables: readonly Table[]
  readonly joins: readonly Join[]
  readonly peers: readonly Peers[]
  readonly columns: readonly PlanColumn[]
}

/** Rows of one feed folded to one row per subscriber. */
export interface Table {
  readonly name: string
  readonly feed: FeedId
  /** The rows themselves, or the day partial of that name. */
  readonly reads: { readonly from: 'rows' } | { readonly from: 'partial'; readonly partial: string }
  /** Rows outside are not read: it holds every output's window. */
  readonly span: Window
  readonly where: readonly Test[]
  /**
   * `direct`: each output tests its own window on every row. `buckets`: rows fold into the buckets between `cuts`, and
   * those into windows. `values`: rows fold per value of `grain` first, for distinct values and the commonest one.
   * `days`: rows fold per day first, for what looks at a day's rows together.
   */
  readonly shape: 'direct' | 'buckets' | 'values' | 'days'
  readonly grain?: Path
  /** Where time is cut, in days before the as-of day, smallest first: bucket i ends cuts[i] days before. */
  readonly cuts: readonly number[]
  readonly bases: readonly Base[]
  readonly outputs: readonly Output[]
  /** How one day's rows fold, when tomorrow's table can be made of today's and of the days that come and go. */
  readonly slides?: Partial
}

/** A fold whatever the window: what several outputs share. */
export interface Base {
  readonly name: string
  readonly fold: Fold
  readonly column?: Path
  readonly tests: readonly Test[]
  readonly order: string
  readonly tied: boolean
  /** The column of a day partial that it is made of. */
  readonly stored?: string
  /** Of a newest value: the day it was seen on, in its place. */
  readonly takes?: 'day'
  /** For `days-over`: what a day's total must exceed; for `top`: of how many values. */
  readonly limit?: number
}

/** A base over one window: what factors refer to by `key`. */
export interface Output {
  readonly name: string
  readonly key: string
  readonly base: string
  readonly window: Window
}

/** What of each day's rows is kept for later nights: one row per subscriber and day (and value of `grain`). */
export interface Partial {
  readonly name: string
  readonly feed: FeedId
  readonly where: readonly Test[]
  readonly grain?: Path
  readonly bases: readonly Base[]
}

/** A state feed joined to the subscriber's row. */
export interface Join {
  readonly alias: string
  readonly feed: FeedId
  /** Where the key stands: in the spine, in an earlier join, or in a column of a lower level. */
  readonly on:
    | { readonly is: 'sub' }
    | { readonly is: 'hop'; readonly alias: string; readonly hop: Hop }
    | { readonly is: 'factor'; readonly id: string }
  readonly level: number
}

/** Means of some factors over the subscribers who have the same values of others, for columns of one level. */
export interface Peers {
  readonly name: string
  readonly by: readonly string[]
  readonly of: readonly string[]
  readonly level: number
}

export interface PlanColumn {
  readonly id: string
  readonly type: FactorType
  readonly value: Value
  /** Columns of level n use only columns of lower levels. */
  readonly level: number
}

/** What an output is a window of. */
export function baseOf(table: Table, output: Output): Base {
  const found = table.bases.find(b => b.name === output.base)
  if (found === undefined) throw new TypeError(`no base ${output.base} in ${table.name}`)
  return found
}

/** The length of a window in its own unit; a table of state has none. */
export function reachOf(window: Window): number {
  return window.unit === 'all' ? 0 : window.from
}
