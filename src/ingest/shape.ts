import { addDays, type DaySpan, daysBetween } from '#kernel'
import { dateOf, ident, join, type Sql, sql, type Warehouse } from '#warehouse'
import type { Column, Feed } from './contract/feed.ts'
import { namesSubscriber } from './shelf.ts'

/** How the values of one column are distributed on one data day: counts by bucket. */
export interface DayShape {
  readonly day: string
  readonly column: string
  /** 'missing', a code, or the power of two that a number lies under ('0': zero, '-': below zero); of a text only 'known'. */
  readonly buckets: Readonly<Record<string, number>>
}

const daysShapedMax = 60
/** More rows of a day say no more about its distribution; a fixed part of the subscribers is looked at. */
const rowsPerDayMax = 5_000

/** Rows by data day, and the shapes of the last days of a piece. */
export async function shapesOf(
  warehouse: Warehouse,
  feed: Feed,
  rows: { readonly relation: Sql; readonly count: number },
  span: DaySpan,
): Promise<{ days: Record<string, number>; shapes: DayShape[] }> {
  const columns = feed.columns.filter(isShaped)
  const first = [span.from, addDays(span.to, -daysShapedMax)].reduce((a, b) => (a > b ? a : b))
  const buckets = columns.map(c => sql`, ${bucketOf(c)} AS ${ident(c.name)}`)
  const sample = sql`SELECT day${join(buckets, '')} FROM ${rows.relation} WHERE day >= ${dateOf(first)} AND ${sampled(feed, rows.count, span)}`
  const perColumn = columns.map(
    c =>
      sql`SELECT ${c.name} AS col, day, ${ident(c.name)} AS bucket, count(*) AS n FROM sample GROUP BY day, bucket`,
  )
  const perDay = sql`SELECT '' AS col, day, '' AS bucket, count(*) AS n FROM ${rows.relation} GROUP BY day`
  const found = await warehouse.rows<{ col: string; day: string; bucket: string; n: number }>(
    sql`WITH sample AS MATERIALIZED (${sample}) ${join([perDay, ...perColumn], ' UNION ALL ')} ORDER BY col, day, bucket`,
  )
  const days = Object.fromEntries(found.filter(f => f.col === '').map(f => [f.day, f.n]))
  return { days, shapes: gathered(found.filter(f => f.col !== '')) }
}

/** The same part of the subscribers every day, so that days compare. */
function sampled(feed: Feed, count: number, span: DaySpan): Sql {
  const days = feed.kind === 'event' || feed.kind === 'day' ? daysBetween(span.from, span.to) : 1
  const oneIn = Math.floor(count / days / rowsPerDayMax)
  return namesSubscriber(feed) && oneIn > 1 ? sql`sub % ${oneIn} = 0` : sql`TRUE`
}

const distributed: readonly Column['type'][] = ['code', 'integer', 'money', 'number', 'flag']

/** Of texts, names and times it is only counted how many are there. */
function isShaped(column: Column): boolean {
  return distributed.includes(column.type) || column.nullable
}

function bucketOf(column: Column): Sql {
  const value = ident(column.name)
  if (!distributed.includes(column.type))
    return sql`CASE WHEN ${value} IS NULL THEN 'missing' ELSE 'known' END`
  if (column.type === 'code' || column.type === 'flag')
    return sql`coalesce(CAST(${value} AS VARCHAR), 'missing')`
  return sql`CASE WHEN ${value} IS NULL THEN 'missing' WHEN ${value} < 0 THEN '-' WHEN ${value} = 0 THEN '0'
    ELSE CAST(CAST(ceil(log2(${value} + 1)) AS BIGINT) AS VARCHAR) END`
}

function gathered(found: readonly { col: string; day: string; bucket: string; n: number }[]): DayShape[] {
  const shapes = new Map<string, { day: string; column: string; buckets: Record<string, number> }>()
  for (const { col, day, bucket, n } of found) {
    const shape = shapes.get(`${col} ${day}`) ?? { day, column: col, buckets: {} }
    shape.buckets[bucket] = n
    shapes.set(`${col} ${day}`, shape)
  }
  return [...shapes.values()]
}
