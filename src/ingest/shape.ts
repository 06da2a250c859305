import { addDays, type DaySpan } from '#kernel'
import { dateOf, ident, join, type Sql, sql, type Warehouse } from '#warehouse'
import type { Column, Feed } from './contract/feed.ts'
import { namesSubscriber } from './shelf.ts'

/** How the values of one column are distributed on one data day: counts by bucket, and the sum in millionths. */
export interface DayShape {
  readonly day: string
  readonly column: string
  /** 'missing', a code, or the power of two that a number lies under ('0': zero, '-': below zero). */
  readonly buckets: Readonly<Record<string, number>>
}

const daysShapedMax = 60
/** More rows of a day say no more about its distribution; a fixed part of the subscribers is looked at. */
const rowsPerDayMax = 5_000

/** Rows by data day, and the shapes of the last days of a piece. */
export async function shapesOf(
  warehouse: Warehouse,
  feed: Feed,
  rows: Sql,
  span: DaySpan,
): Promise<{ days: Record<string, number>; shapes: DayShape[] }> {
  const counted = await warehouse.rows<{ day: string; n: number }>(
    sql`SELECT day, count(*) AS n FROM ${rows} GROUP BY day ORDER BY day`,
  )
  const days = Object.fromEntries(counted.map(c => [c.day, c.n]))
  const columns = feed.columns.filter(isShaped)
  if (columns.length === 0 || counted.length === 0) return { days, shapes: [] }
  const busiest = Math.max(...counted.map(c => c.n))
  const oneIn = namesSubscriber(feed) ? Math.max(1, Math.floor(busiest / rowsPerDayMax)) : 1
  const first = [span.from, addDays(span.to, -daysShapedMax)].reduce((a, b) => (a > b ? a : b))
  const some = oneIn === 1 ? sql`TRUE` : sql`sub % ${oneIn} = 0`
  const sample = sql`SELECT day, ${join(columns.map(c => sql`${bucketOf(c)} AS ${ident(c.name)}`))}
    FROM ${rows} WHERE day >= ${dateOf(first)} AND ${some}`
  const perColumn = columns.map(
    c =>
      sql`SELECT ${c.name} AS col, day, ${ident(c.name)} AS bucket, count(*) AS n FROM sample GROUP BY day, bucket`,
  )
  const found = await warehouse.rows<{ col: string; day: string; bucket: string; n: number }>(
    sql`WITH sample AS MATERIALIZED (${sample}) ${join(perColumn, ' UNION ALL ')} ORDER BY col, day, bucket`,
  )
  return { days, shapes: gathered(found) }
}

function isShaped(column: Column): boolean {
  return ['code', 'integer', 'money', 'number', 'flag'].includes(column.type)
}

function bucketOf(column: Column): Sql {
  const value = ident(column.name)
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
