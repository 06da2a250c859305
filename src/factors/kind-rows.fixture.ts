import type { FeedId } from '#ingest'
import { addDays, addMonths, type DaySpan, type PlainDate, plainDate } from '#kernel'
import type { FeedRow } from './shelf.fixture.ts'

export const asOf = plainDate('2026-03-02')
export const ago = (days: number): PlainDate => addDays(asOf, -days)
export const past: DaySpan = { from: ago(800), to: asOf }

export function subscriber(sub: number, more: FeedRow): FeedRow {
  const day = past.from
  return {
    sub,
    day,
    subscriber_id: `u${sub}`,
    joined_on: '2025-11-30',
    status: 'active',
    status_since: ago(4),
    payment: 'prepaid',
    ...more,
  }
}

export const recharge = (sub: number, days: number, amount: number, way = 'app', hour = '09'): FeedRow => {
  return {
    sub,
    day: ago(days),
    recharge_id: `${sub} ${days} ${amount}`,
    paid_at: `${ago(days)} ${hour}:00:00`,
    amount,
    way,
  }
}
export const use = (sub: number, days: number, more: FeedRow = {}): FeedRow => {
  const day = ago(days)
  return {
    sub,
    day,
    started_at: `${day} 10:00:00`,
    kind: 'voice',
    direction: 'out',
    counterparty: 'x',
    counterparty_carrier: 'own',
    roaming: 'home',
    duration_s: 60,
    fee: 0,
    ...more,
  }
}

/** One kind, rows of a feed, and what must come out; the last factor is the one looked at. */
export interface Case {
  readonly kind: string
  readonly factors: readonly string[]
  readonly feed?: FeedId
  readonly rows?: readonly FeedRow[]
  /** The value of subscriber 1, who has rows, and of subscriber 2, who has none. */
  readonly values: readonly [unknown, unknown]
}

export const bill = (months: number, total: number): FeedRow => {
  const month = addMonths(plainDate('2026-03-01'), -months)
  const next = addMonths(month, 1)
  return {
    sub: 1,
    day: next,
    month,
    total,
    plan_fee: 0,
    voice_fee: 0,
    sms_fee: 0,
    data_fee: 0,
    value_added_fee: 0,
    discount: 0,
    paid: 0,
  }
}
