/** The words of the feed contract: what a carrier may send, before any mapping. */

export interface Words {
  readonly en: string
  readonly zh: string
}

/**
 * `id`: an opaque key of the carrier's. `money`: whole fen. `moment`: UTC instant, microseconds. `code`: one of `values`.
 * In the warehouse: id/text/code VARCHAR, integer/money BIGINT, number DOUBLE, date DATE, moment TIMESTAMP, flag BOOLEAN.
 */
export type ColumnType = 'id' | 'text' | 'code' | 'integer' | 'money' | 'number' | 'date' | 'moment' | 'flag'

export interface Column {
  readonly name: string
  readonly type: ColumnType
  readonly unit?: 'fen' | 's' | 'min' | 'KiB' | 'count' | 'day' | 'month' | 'share' | 'year'
  readonly nullable: boolean
  readonly means: Words
  /** For `code`: the legal values and what they mean. */
  readonly values?: Readonly<Record<string, Words>>
  /** Inclusive limits; a row outside is quarantined. */
  readonly min?: number
  readonly max?: number
  /**
   * The feed whose key this names. When that feed is delivered, a row with an unknown key is quarantined; if the column
   * may be missing, the row is kept and counted instead.
   */
  readonly references?: FeedId
}

/**
 * `event`: something that happened on a day. `day`: one row per key and day. `month`: one row per key and closed month.
 * `state`: how a thing stands from that day on; a later row for the same key replaces the earlier one, so a delivery may
 * hold everything or only what changed.
 */
export type FeedKind = 'event' | 'day' | 'month' | 'state'

export type FeedId =
  | 'subscriber'
  | 'customer'
  | 'plan'
  | 'product'
  | 'subscription'
  | 'contract'
  | 'usage'
  | 'daily_usage'
  | 'monthly_summary'
  | 'recharge'
  | 'balance'
  | 'bill'
  | 'device'
  | 'cell'
  | 'service_contact'
  | 'fault'
  | 'installation'
  | 'visit'
  | 'score'
  | 'warning'
  | 'warning_life'
  | 'contact'

/**
 * Each row of a feed belongs to one data day. `event`/`day` feeds carry it in `dayColumn` (a date, or a moment whose day
 * in the carrier's time zone counts); `month` feeds belong to the day after the month closed; `state` feeds to the day of
 * their delivery, or to `dayColumn` if they name one.
 */
export interface Feed {
  readonly id: FeedId
  readonly kind: FeedKind
  readonly title: Words
  readonly means: Words
  /** Columns that name one row (within a data day for `event` and `day`, within a month for `month`). */
  readonly key: readonly string[]
  readonly dayColumn?: string
  readonly columns: readonly Column[]
  /** `carrier`: delivered by the carrier. `internal`: written by Weiwan's own night from desk facts. */
  readonly source: 'carrier' | 'internal'
}

/** Shorthand used by the contract's files. */
export function column(
  name: string,
  type: ColumnType,
  en: string,
  zh: string,
  more: Partial<Omit<Column, 'name' | 'type' | 'means'>> = {},
): Column {
  return {
    name,
    type,
    nullable: false,
    means: { en, zh },
    ...(type === 'money' ? { unit: 'fen' as const } : {}),
    ...more,
  }
}

export const subscriberId = column('subscriber_id', 'id', 'the subscriber', '用户标识', {
  references: 'subscriber',
})
