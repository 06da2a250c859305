import { type FeedId, feedOf } from '#ingest'

export interface Words {
  readonly zh: string
  readonly en: string
}

export interface Coded {
  readonly code: string
  readonly title: Words
}

/** A code of a feed's column with the title the contract gives it; the code itself where the contract has none. */
export function codedOf(feed: FeedId, column: string, code: string): Coded {
  const title = feedOf(feed).columns.find(c => c.name === column)?.values?.[code]
  return { code, title: title ?? { zh: code, en: code } }
}

export function codedOrNull(feed: FeedId, column: string, code: string | null): Coded | null {
  return code === null ? null : codedOf(feed, column, code)
}
