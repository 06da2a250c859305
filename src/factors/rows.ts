import { type Column, type Feed, type FeedId, feedOf } from '#ingest'

/** Which rows of a feed a factor looks at, and which column of them: names resolved against the contract. */
export interface Rows {
  readonly feed: FeedId
  readonly column?: Path
  readonly where: readonly Test[]
  readonly window: Window
  /** Of a state feed: the date that its window looks at. */
  readonly by?: Path
  /** What orders rows in time, for `last`. */
  readonly order: string
  /** Two rows of one subscriber may have the same `order`. */
  readonly tied: boolean
}

/**
 * A column of a feed, or of what its rows point to: `product_id.monthly_fee` has one hop. `column` is the name on the
 * shelf (`sub` for subscriber_id).
 */
export interface Path {
  readonly hops: readonly Hop[]
  readonly column: string
  readonly of: Column
  /** The hour (0 … 23) of a moment on the carrier's clocks, or the weekday (1 Monday … 7 Sunday) of a date. */
  readonly part?: 'hour' | 'weekday'
}

/** Follow `column` to the state feed whose key it is. */
export interface Hop {
  readonly column: string
  readonly feed: FeedId
}

export type Operand =
  | { readonly is: 'literal'; readonly value: string | number | boolean }
  | { readonly is: 'list'; readonly values: readonly (string | number)[] }
  | { readonly is: 'column'; readonly path: Path }
  | { readonly is: 'as-of'; readonly daysBefore: number }

/** One comparison on a row. A missing value satisfies none, only `missing` asks for it. */
export interface Test {
  readonly left: Path
  readonly op: '=' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in' | 'known' | 'missing'
  readonly right?: Operand
}

/** `[asOf − from, asOf − to)` in days; in months it counts from the end of the last closed month; `all`: every row. */
export type Window =
  | { readonly unit: 'day' | 'month'; readonly from: number; readonly to: number }
  | { readonly unit: 'all' }

export const daysMaskMax = 62

/** The column's name on the shelf. */
export function shelfName(feed: Feed, column: string): string {
  return column === 'subscriber_id' && feed.id !== 'subscriber' ? 'sub' : column
}

/** The key of a state feed that a hop lands on. */
export function hopKey(feed: FeedId): string {
  if (feed === 'subscriber') return 'sub'
  const landing = feedOf(feed)
  return shelfName(landing, landing.key[0] ?? '')
}

export function pathText(path: Path): string {
  const name = [...path.hops.map(h => h.column), path.column].join('.')
  return path.part === undefined ? name : `${path.part}(${name})`
}

/** Equal tests have equal text: used to find what factors share. */
export function testText(test: Test): string {
  const right = test.right
  if (right === undefined) return `${pathText(test.left)} ${test.op}`
  switch (right.is) {
    case 'literal':
      return `${pathText(test.left)} ${test.op} ${JSON.stringify(right.value)}`
    case 'list':
      return `${pathText(test.left)} ${test.op} ${JSON.stringify(right.values)}`
    case 'column':
      return `${pathText(test.left)} ${test.op} ${pathText(right.path)}`
    case 'as-of':
      return `${pathText(test.left)} ${test.op} as_of-${right.daysBefore}`
  }
}

/** Every hop that the column and the tests make, each prefix once. */
export function hopsOf(paths: readonly Path[]): readonly (readonly Hop[])[] {
  const found = new Map<string, readonly Hop[]>()
  for (const path of paths) {
    path.hops.forEach((_, i) => {
      const hops = path.hops.slice(0, i + 1)
      found.set(hops.map(h => h.column).join('.'), hops)
    })
  }
  return [...found.values()]
}

export function pathsOf(tests: readonly Test[]): readonly Path[] {
  return tests.flatMap(t => [t.left, ...(t.right?.is === 'column' ? [t.right.path] : [])])
}
