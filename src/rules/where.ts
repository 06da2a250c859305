import { isPlainDate } from '#kernel'
import { dateOf, ident, join, type Sql, sql } from '#warehouse'
import { beforeOf } from './beside.ts'
import {
  type BoundCondition,
  type Comparison,
  type ComparisonOp,
  isComparison,
  type Literal,
  type MorningsOp,
} from './condition.ts'

/**
 * The condition as a SQL value that is true or false, never unknown. Every comparison is wrapped in `coalesce`
 * on its own: plain SQL would say "unknown" for a missing value, and `not` would keep it unknown.
 */
export function where(condition: BoundCondition, printers: Printers = printer): Sql {
  if (isComparison(condition)) return printers.known(printed(condition, printers))
  if (condition.op === 'not') return printers.not(where(condition.of, printers))
  return printers[condition.op](condition.of.map(part => where(part, printers)))
}

/**
 * The condition as what follows WHERE or CASE WHEN: there "unknown" selects nobody, so that only below a `not` it must be
 * made false. Bare comparisons let the engine skip what cannot match.
 */
export function selecting(condition: BoundCondition, printers: Printers = printer): Sql {
  if (isComparison(condition)) return sql`(${printed(condition, printers)})`
  if (condition.op === 'not') return where(condition, printers)
  return printers[condition.op](condition.of.map(part => selecting(part, printers)))
}

type Printer<O extends ComparisonOp> = (
  column: Sql,
  comparison: Extract<Comparison<Literal>, { op: O }>,
  ...before: O extends MorningsOp ? [Sql] : []
) => Sql

/** How each operator is spelled. A test replaces one at a time to show that a wrong spelling is noticed. */
export type Printers = { readonly [O in ComparisonOp]: Printer<O> } & {
  /** Makes "unknown" false. */
  readonly known: (part: Sql) => Sql
  readonly not: (part: Sql) => Sql
  readonly all: (parts: readonly Sql[]) => Sql
  readonly any: (parts: readonly Sql[]) => Sql
}

export const printer: Printers = {
  known: part => sql`coalesce(${part}, FALSE)`,
  all: parts => (parts.length === 0 ? sql`TRUE` : sql`(${join(parts, ' AND ')})`),
  any: parts => (parts.length === 0 ? sql`FALSE` : sql`(${join(parts, ' OR ')})`),
  not: part => sql`(NOT ${part})`,
  eq: (column, c) => sql`${column} = ${quantity(c.value)}`,
  ne: (column, c) => sql`${column} <> ${quantity(c.value)}`,
  lt: (column, c) => sql`${column} < ${quantity(c.value)}`,
  le: (column, c) => sql`${column} <= ${quantity(c.value)}`,
  gt: (column, c) => sql`${column} > ${quantity(c.value)}`,
  ge: (column, c) => sql`${column} >= ${quantity(c.value)}`,
  between: (column, c) => sql`${column} >= ${quantity(c.from)} AND ${column} < ${quantity(c.to)}`,
  is: (column, c) => sql`${column} = ${c.value}`,
  is_not: (column, c) => sql`${column} <> ${c.value}`,
  one_of: (column, c) => (c.values.length === 0 ? sql`FALSE` : sql`${column} IN (${literals(c.values)})`),
  contains: (column, c) => sql`contains(${column}, ${c.value})`,
  starts_with: (column, c) => sql`starts_with(${column}, ${c.value})`,
  has: (column, c) => sql`list_contains(${column}, ${c.value})`,
  has_any: (column, c) => anyOf(c.values.map(v => sql`list_contains(${column}, ${v})`)),
  has_all: (column, c) =>
    allOf(
      column,
      c.values.map(v => sql`list_contains(${column}, ${v})`),
    ),
  is_true: column => column,
  is_false: column => sql`NOT ${column}`,
  missing: column => sql`${column} IS NULL`,
  present: column => sql`${column} IS NOT NULL`,
  changed: (column, _, before) => sql`${column} <> ${before}`,
  risen: (column, _, before) => sql`${column} > ${before}`,
  fallen: (column, _, before) => sql`${column} < ${before}`,
}

function printed(comparison: Comparison<Literal>, printers: Printers): Sql {
  const print = printers[comparison.op] as (column: Sql, asked: typeof comparison, before: Sql) => Sql
  return print(ident(comparison.factor), comparison, ident(beforeOf(comparison.factor)))
}

/** Numbers and money as they are, ISO days as dates: only these are ordered. */
function quantity(value: Literal): Sql {
  if (typeof value === 'number') return sql`${value}`
  if (!isPlainDate(value)) throw new TypeError(`neither a number nor a day: ${JSON.stringify(value)}`)
  return dateOf(value)
}

function literals(values: readonly Literal[]): Sql {
  return join(values.map(v => sql`${v}`))
}

function anyOf(parts: readonly Sql[]): Sql {
  return parts.length === 0 ? sql`FALSE` : sql`(${join(parts, ' OR ')})`
}

function allOf(column: Sql, parts: readonly Sql[]): Sql {
  return join([sql`${column} IS NOT NULL`, ...parts], ' AND ')
}
