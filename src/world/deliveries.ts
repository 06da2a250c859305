import { addDays, addMonths, type DaySpan, monthStart, type PlainDate } from '#kernel'
import { raw, type Sql, sql } from '#warehouse'
import { dayFacts, dayNumber } from './calendar.ts'
import { type Delivery, deliverParquet, deliverText } from './deliver.ts'
import { spoiltLines } from './dirt.ts'
import { faultRows, installationRows, scoreRows, serviceContactRows, visitRows } from './feeds-care.ts'
import { balanceRows, rechargeRows } from './feeds-money.ts'
import {
  cellRows,
  contractRows,
  customerRows,
  deviceRows,
  planRows,
  productRows,
  subscriberRows,
  subscriptionRows,
} from './feeds-parties.ts'
import { billRows, dailyUsageRows, monthlySummaryRows, usageRows } from './feeds-use.ts'
import type { Slice } from './slice.ts'
import type { World } from './tables.ts'

/** Feeds delivered as text; the others are Parquet. A large carrier sends them all as Parquet. */
export const textFeeds = [
  'customer',
  'plan',
  'product',
  'subscription',
  'contract',
  'service_contact',
  'fault',
  'installation',
  'visit',
]
const textSubscribersMax = 100_000

export function isText(world: World, feed: string): boolean {
  return textFeeds.includes(feed) && world.plan.subscribers <= textSubscribersMax
}

async function deliver(
  world: World,
  root: string,
  feed: string,
  span: DaySpan,
  rows: Sql,
  sums: readonly string[] = [],
): Promise<void> {
  const delivery: Delivery = { feed, span, rows, sums }
  if (isText(world, feed)) await deliverText(world.warehouse, root, delivery, spoiltLines(world, delivery))
  else await deliverParquet(world.warehouse, root, delivery)
}

/** What happened on the lived days of a span: usage, balances, recharges, and the months that closed. */
export async function deliverSpan(world: World, root: string, span: DaySpan): Promise<void> {
  await deliver(world, root, 'usage', span, usageRows(world), ['fee'])
  await deliver(world, root, 'daily_usage', span, dailyUsageRows(), ['fee'])
  await deliver(world, root, 'balance', span, balanceRows(), ['balance'])
  await deliver(
    world,
    root,
    'recharge',
    span,
    rechargeRows(world, sql`(SELECT * FROM dayrow WHERE rech > 0)`),
    ['amount'],
  )
  await deliverMonths(world, root, span)
}

export async function deliverRecharges(world: World, root: string, span: DaySpan, paid: Sql): Promise<void> {
  await deliver(world, root, 'recharge', span, rechargeRows(world, paid), ['amount'])
}

/** Summaries and bills of the months that closed just before a day of the span; they leave `month_sum`. */
export async function deliverMonths(world: World, root: string, span: DaySpan): Promise<void> {
  const closed: number[] = []
  for (
    let first = monthStart(addMonths(addDays(span.from, -1), 1));
    first < span.to;
    first = addMonths(first, 1)
  ) {
    closed.push(dayFacts(first).monthNo - 1)
  }
  const [oldest, newest] = [closed[0], closed.at(-1)]
  if (oldest === undefined || newest === undefined) return
  const months = sql`(SELECT * FROM month_sum WHERE month_no BETWEEN ${oldest} AND ${newest})`
  await deliver(world, root, 'monthly_summary', span, monthlySummaryRows(months), [
    'revenue',
    'recharge_amount',
  ])
  await deliver(world, root, 'bill', span, billRows(world.dice, months), ['total'])
  await world.warehouse.run(sql`DELETE FROM month_sum WHERE month_no <= ${newest}`)
}

/** How everything stands at the end of a span; on a lived day only what changed on it. */
export async function deliverStates(
  world: World,
  root: string,
  span: DaySpan,
  everything: boolean,
): Promise<void> {
  const slice: Slice = { from: dayNumber(span.from), to: dayNumber(span.to), everything }
  const { dice, size } = world
  const states: readonly (readonly [string, Sql, string])[] = [
    ['plan', planRows(), 'plan_id'],
    ['product', productRows(), 'product_id'],
    ['cell', cellRows(size), 'cell_id'],
    ['customer', customerRows(slice, dice), 'customer_id'],
    ['subscriber', subscriberRows(slice, size, dice), 'subscriber_id'],
    ['device', deviceRows(slice, dice), 'subscriber_id'],
    ['contract', contractRows(slice, dice), 'contract_id'],
    ['subscription', subscriptionRows(slice, dice), 'order_id'],
  ]
  for (const [feed, rows, key] of states) {
    await deliver(world, root, feed, span, sql`SELECT * FROM (${rows}) ORDER BY ${raw(key)}`)
  }
}

/** What went well or wrong on the days of a span. */
export async function deliverCare(
  world: World,
  root: string,
  span: DaySpan,
  everything: boolean,
): Promise<void> {
  const slice: Slice = { from: dayNumber(span.from), to: dayNumber(span.to), everything }
  await deliver(world, root, 'service_contact', span, serviceContactRows(world.dice, slice))
  await deliver(world, root, 'visit', span, visitRows(world.dice, slice))
  await deliver(world, root, 'fault', span, faultRows(world.dice, slice))
  await deliver(world, root, 'installation', span, installationRows(world.dice, slice))
}

export async function deliverScores(world: World, root: string, span: DaySpan): Promise<void> {
  const slice: Slice = { from: dayNumber(span.from), to: dayNumber(span.to), everything: false }
  await deliver(world, root, 'score', span, scoreRows(world.dice, slice))
}

export function spanOfDay(day: PlainDate): DaySpan {
  return { from: day, to: addDays(day, 1) }
}
