import type { DaySpan } from '#kernel'
import { dateOf, type Sql, sql } from '#warehouse'
import type { Outcomes } from './effect.ts'

/** What may happen to a subscriber in some days. */
export type Happening = 'left' | 'recharged'

/**
 * The rows of a table (column `sub`, one a subscriber) of those who were still there when the span began, with `_happened`:
 * whether it did on a day of the span. However often somebody recharged, they are one row.
 */
export function happenedIn(
  table: Sql,
  { leavings, recharges }: Pick<Outcomes, 'leavings' | 'recharges'>,
  what: Happening,
  { from, to }: DaySpan,
): Sql {
  const left = sql`l.left_on IS NOT NULL AND l.left_on < ${dateOf(to)}`
  const happened = what === 'left' ? left : sql`p.sub IS NOT NULL`
  return sql`(SELECT f.*, coalesce(${happened}, FALSE) AS _happened FROM ${table} AS f
    LEFT JOIN (SELECT sub, min(left_on) AS left_on FROM ${leavings} AS o GROUP BY sub) AS l ON l.sub = f.sub
    LEFT JOIN (SELECT DISTINCT sub FROM ${recharges} AS r WHERE r.day >= ${dateOf(from)} AND r.day < ${dateOf(to)}) AS p ON p.sub = f.sub
    WHERE l.left_on IS NULL OR l.left_on >= ${dateOf(from)})`
}
