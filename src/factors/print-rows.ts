import { type FeedId, feedOf } from '#ingest'
import { ident, join, type Sql, sql } from '#warehouse'
import { hourIn, weekday } from './dialect.ts'
import { hopKey, hopsOf, type Operand, type Path, type Test, type Window } from './rows.ts'
import type { Spelling } from './spelling.ts'

/** A relation of feed rows with the state feeds that its paths lead to. */
export function source(feed: FeedId, relation: Sql, paths: readonly Path[], spelling: Spelling): Sql {
  const hops = hopsOf(paths)
  if (hops.length === 0) return sql`${relation} AS r`
  const joins = hops.map(path => {
    const hop = path.at(-1)
    if (hop === undefined) throw new TypeError(`an empty path in ${feed}`)
    const alias = hopAlias(path.map(h => h.column))
    const key = sql`${hopAlias(path.slice(0, -1).map(h => h.column))}.${ident(hop.column)}`
    const landing = spelling.feed(feedOf(hop.feed).id, { unit: 'all' })
    return sql`LEFT JOIN ${landing} AS ${alias} ON ${alias}.${ident(hopKey(hop.feed))} = ${key}`
  })
  return join([sql`${relation} AS r`, ...joins], '\n  ')
}

function hopAlias(columns: readonly string[]): Sql {
  return columns.length === 0 ? sql`r` : ident(['r', ...columns].join('_'))
}

export function column(path: Path): Sql {
  return sql`${hopAlias(path.hops.map(h => h.column))}.${ident(path.column)}`
}

/** What a test looks at: the column, or a part of its time. */
function tested(path: Path, spelling: Spelling): Sql {
  if (path.part === undefined) return column(path)
  return path.part === 'hour' ? hourIn(spelling.zone, column(path)) : weekday(column(path))
}

/** True or unknown, never an error: a missing value fails every comparison when it stands in WHERE or CASE WHEN. */
export function condition(test: Test, spelling: Spelling): Sql {
  const left = tested(test.left, spelling)
  switch (test.op) {
    case 'known':
      return sql`${left} IS NOT NULL`
    case 'missing':
      return sql`${left} IS NULL`
    case 'in':
      return sql`${left} IN ${operand(test.right, spelling)}`
    case 'not in':
      return sql`${left} NOT IN ${operand(test.right, spelling)}`
    case '=':
      return sql`${left} = ${operand(test.right, spelling)}`
    case '!=':
      return sql`${left} <> ${operand(test.right, spelling)}`
    case '<':
      return sql`${left} < ${operand(test.right, spelling)}`
    case '<=':
      return sql`${left} <= ${operand(test.right, spelling)}`
    case '>':
      return sql`${left} > ${operand(test.right, spelling)}`
    case '>=':
      return sql`${left} >= ${operand(test.right, spelling)}`
  }
}

function operand(right: Operand | undefined, spelling: Spelling): Sql {
  if (right === undefined) throw new TypeError('a comparison with nothing')
  switch (right.is) {
    case 'literal':
      return sql`${right.value}`
    case 'list':
      return sql`(${join(right.values.map(v => sql`${v}`))})`
    case 'column':
      return tested(right.path, spelling)
    case 'as-of':
      return spelling.day(right.daysBefore)
  }
}

/** The comparisons that keep a row inside a window; none where the window is the whole span that is read. */
export function within(window: Window, span: Window, spelling: Spelling): readonly Sql[] {
  if (window.unit === 'all' || span.unit === 'all') return []
  const [name, at] = window.unit === 'day' ? [sql`r."day"`, spelling.day] : [sql`r."month"`, spelling.month]
  return [
    ...(window.from < span.from ? [sql`${name} >= ${at(window.from)}`] : []),
    ...(window.to > span.to ? [sql`${name} < ${at(window.to)}`] : []),
  ]
}

/** The comparisons that restrict what is read to the span itself. */
export function inSpan(span: Window, spelling: Spelling): readonly Sql[] {
  if (span.unit === 'all') return []
  const [name, at] = span.unit === 'day' ? [sql`r."day"`, spelling.day] : [sql`r."month"`, spelling.month]
  return [sql`${name} >= ${at(span.from)}`, sql`${name} < ${at(span.to)}`]
}

export function all(conditions: readonly Sql[]): Sql {
  return join(conditions, ' AND ')
}
