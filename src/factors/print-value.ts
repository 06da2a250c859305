import { join, type Sql, sql } from '#warehouse'
import {
  countBits,
  deviation,
  lastDayOfMonth,
  longestGap,
  millionths,
  runFrom,
  yearsLater,
} from './dialect.ts'
import type { Spelling } from './spelling.ts'
import type { Fn, Value } from './value.ts'

/** How the leaves of a value are called where it is printed. */
export interface Leaves {
  readonly spelling: Spelling
  leaf(value: Value & { is: 'measure' | 'field' | 'lookup' | 'factor' | 'peers' }): Sql
}

export function printValue(value: Value, leaves: Leaves): Sql {
  switch (value.is) {
    case 'literal':
      return sql`${value.value}`
    case 'as-of':
      return leaves.spelling.day(0)
    case 'call':
      return spell(
        value.fn,
        value.of.map(v => printValue(v, leaves)),
      )
    case 'measure':
    case 'field':
    case 'lookup':
    case 'factor':
    case 'peers':
      return leaves.leaf(value)
  }
}

const nothing = sql`NULL`

const signs: Partial<Record<Fn, string>> = {
  add: '+',
  subtract: '-',
  multiply: '*',
  equal: '=',
  unequal: '<>',
  less: '<',
  'less-equal': '<=',
  greater: '>',
  'greater-equal': '>=',
}

function spell(fn: Fn, of: readonly Sql[]): Sql {
  const [a = nothing, b = nothing, c = nothing] = of
  switch (fn) {
    case 'add':
    case 'subtract':
    case 'multiply':
      return infix(fn, a, b)
    case 'equal':
    case 'unequal':
    case 'less':
    case 'less-equal':
    case 'greater':
    case 'greater-equal':
      return sql`coalesce(${infix(fn, a, b)}, FALSE)`
    case 'divide':
      return sql`(CAST(${a} AS DOUBLE) / nullif(${b}, 0))`
    case 'negate':
      return sql`(-${a})`
    case 'and':
      return sql`(coalesce(${a}, FALSE) AND coalesce(${b}, FALSE))`
    case 'or':
      return sql`(coalesce(${a}, FALSE) OR coalesce(${b}, FALSE))`
    case 'not':
      return sql`(NOT coalesce(${a}, FALSE))`
    case 'is-missing':
      return sql`(${a} IS NULL)`
    case 'if':
      return sql`CASE WHEN ${a} THEN ${b} ELSE ${c} END`
    case 'coalesce':
      return sql`coalesce(${join(of)})`
    case 'least':
      return sql`CASE WHEN ${a} <= ${b} THEN ${a} WHEN ${b} < ${a} THEN ${b} END`
    case 'greatest':
      return sql`CASE WHEN ${a} >= ${b} THEN ${a} WHEN ${b} > ${a} THEN ${b} END`
    case 'round':
      return sql`CAST(round(${a}) AS BIGINT)`
    case 'millionths':
      return millionths(a)
    case 'deviation':
      return deviation(a, b, c)
    case 'days-between':
    case 'months-between':
    case 'next-anniversary':
    case 'month-end':
    case 'count-days':
    case 'longest-silence':
    case 'newest-run':
    case 'newest-silence':
      return spellDays(fn, a, b, c)
  }
}

type DayFn =
  | 'days-between'
  | 'months-between'
  | 'next-anniversary'
  | 'month-end'
  | 'count-days'
  | 'longest-silence'
  | 'newest-run'
  | 'newest-silence'

function spellDays(fn: DayFn, a: Sql, b: Sql, c: Sql): Sql {
  switch (fn) {
    case 'days-between':
      return sql`CAST(${b} - ${a} AS BIGINT)`
    case 'months-between':
      return sql`(${monthNumber(b)} - ${monthNumber(a)} - CASE WHEN extract(day FROM ${a}) > extract(day FROM ${b}) THEN 1 ELSE 0 END)`
    case 'next-anniversary':
      return nextAnniversary(a, b)
    case 'month-end':
      return lastDayOfMonth(a)
    case 'count-days':
      return countBits(a)
    case 'longest-silence':
      return longestGap(a, b, c)
    case 'newest-run':
      return runFrom(a, b, 'set')
    case 'newest-silence':
      return runFrom(a, b, 'unset')
  }
}

function infix(fn: Fn, a: Sql, b: Sql): Sql {
  return join([sql`(${a}`, sql`${b})`], ` ${signs[fn] ?? ''} `)
}

function monthNumber(date: Sql): Sql {
  return sql`(extract(year FROM ${date}) * 12 + extract(month FROM ${date}))`
}

function nextAnniversary(date: Sql, asOf: Sql): Sql {
  const years = sql`extract(year FROM ${asOf}) - extract(year FROM ${date})`
  const thisYear = yearsLater(date, years)
  const nextYear = yearsLater(date, sql`${years} + 1`)
  return sql`CAST(CASE WHEN ${thisYear} >= ${asOf} THEN ${thisYear} ELSE ${nextYear} END - ${asOf} AS BIGINT)`
}
