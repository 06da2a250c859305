import type { FeedId } from '#ingest'
import { homeZone } from '#kernel'
import { ident, raw, type Sql } from '#warehouse'
import type { Window } from './rows.ts'

/** What a plan's names stand for on one morning, or in the compiled text that people read. */
export interface Spelling {
  /** The as-of day less so many days, as a date. */
  day(daysBefore: number): Sql
  /** The end of the last closed month less so many months, as a date. */
  month(monthsBefore: number): Sql
  /** The rows of a feed: of an event feed over a window, of a state feed all there are. */
  feed(id: FeedId, window: Window): Sql
  partial(name: string, window: Window): Sql
  /** A folded table made before. */
  table(name: string): Sql
  /** Means over those who are alike, made before. */
  peers(name: string): Sql
  /** Every key (sub, subscriber_id), for when the feed of subscribers is off. */
  readonly keys: Sql
  /** Those who have a row in the wide table, by key. */
  readonly subscribers: Sql
  /** The carrier's time zone. */
  readonly zone: string
}

/** For reading: the as-of day and all relations by name. */
export const symbolic: Spelling = {
  day: n => (n === 0 ? raw('$as_of') : raw(`($as_of - ${n})`)),
  month: n => (n === 0 ? raw('$month_end') : raw(`($month_end - INTERVAL ${n} MONTH)`)),
  feed: id => ident(id),
  partial: name => ident(`partial_${name}`),
  table: name => ident(`t_${name}`),
  peers: name => ident(`peers_${name}`),
  keys: ident('subscriber_keys'),
  subscribers: ident('subscribers'),
  zone: homeZone,
}
