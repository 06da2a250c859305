import type { Cell, Row } from '#warehouse'
import { beforeOf } from './beside.ts'
import {
  type BoundCondition,
  type Comparison,
  type ComparisonOp,
  comparesMornings,
  isComparison,
  type Literal,
  type MorningsOp,
} from './condition.ts'

/**
 * Whether one row of factor values satisfies the condition: the plain twin of `where`, used on live facts just before a
 * contact. It shares no evaluation code with the SQL; a property test keeps the two equal. A factor that is not in the
 * row at all, or has a value of another type, is a bug and throws: it is never taken for missing.
 */
export function holds(condition: BoundCondition, row: Row, tests: Tests = test): boolean {
  if (isComparison(condition)) {
    const value = valueIn(row, condition.factor)
    const before = comparesMornings(condition.op) ? valueIn(row, beforeOf(condition.factor)) : null
    const ask = tests[condition.op] as (value: Cell, asked: typeof condition, before: Cell) => boolean
    return ask(value, condition, before)
  }
  if (condition.op === 'not') return tests.not(holds(condition.of, row, tests))
  return tests[condition.op](condition.of.map(part => holds(part, row, tests)))
}

type Test<O extends ComparisonOp> = (
  value: Cell,
  comparison: Extract<Comparison<Literal>, { op: O }>,
  ...before: O extends MorningsOp ? [Cell] : []
) => boolean

/** What each operator asks. A test replaces one at a time to show that a wrong one is noticed. */
export type Tests = { readonly [O in ComparisonOp]: Test<O> } & {
  readonly not: (part: boolean) => boolean
  readonly all: (parts: readonly boolean[]) => boolean
  readonly any: (parts: readonly boolean[]) => boolean
}

export const test: Tests = {
  all: parts => !parts.includes(false),
  any: parts => parts.includes(true),
  not: part => !part,
  eq: (value, c) => value !== null && order(value, c.value) === 0,
  ne: (value, c) => value !== null && order(value, c.value) !== 0,
  lt: (value, c) => value !== null && order(value, c.value) < 0,
  le: (value, c) => value !== null && order(value, c.value) <= 0,
  gt: (value, c) => value !== null && order(value, c.value) > 0,
  ge: (value, c) => value !== null && order(value, c.value) >= 0,
  between: (value, c) => value !== null && order(value, c.from) >= 0 && order(value, c.to) < 0,
  is: (value, c) => value !== null && text(value) === c.value,
  is_not: (value, c) => value !== null && text(value) !== c.value,
  one_of: (value, c) => value !== null && c.values.includes(text(value)),
  contains: (value, c) => value !== null && text(value).includes(String(c.value)),
  starts_with: (value, c) => value !== null && text(value).startsWith(String(c.value)),
  has: (value, c) => value !== null && list(value).includes(c.value),
  has_any: (value, c) => value !== null && c.values.some(wanted => list(value).includes(wanted)),
  has_all: (value, c) => value !== null && c.values.every(wanted => list(value).includes(wanted)),
  is_true: value => value !== null && flag(value),
  is_false: value => value !== null && !flag(value),
  missing: value => value === null,
  present: value => value !== null,
  changed: (value, _, before) => value !== null && before !== null && differ(value, before),
  risen: (value, _, before) => value !== null && before !== null && order(value, quantity(before)) > 0,
  fallen: (value, _, before) => value !== null && before !== null && order(value, quantity(before)) < 0,
}

function valueIn(row: Row, factor: string): Cell {
  const value = Object.hasOwn(row, factor) ? row[factor] : undefined
  if (value === undefined) throw new TypeError(`the row has no factor ${factor}`)
  return value
}

/** A number however large, or a day. */
function quantity(value: Cell): number | bigint | string {
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'string') return value
  throw new TypeError(`not a quantity: ${describe(value)}`)
}

/** Two known values of one column: lists by their items in order, numbers however they are kept. */
function differ(one: Cell, other: Cell): boolean {
  if (Array.isArray(one)) {
    const items = list(other)
    return one.length !== items.length || one.some((item, i) => item !== items[i])
  }
  const isNumeric = typeof one === 'number' || typeof one === 'bigint'
  return isNumeric ? order(one, quantity(other)) !== 0 : one !== other
}

/** Negative, zero or positive, as the value is below, equal to or above the other. ISO days sort as text. */
function order(value: Cell, other: Literal | bigint): number {
  const isNumeric = typeof value === 'number' || typeof value === 'bigint'
  if (isNumeric ? typeof other === 'string' : typeof value !== 'string' || typeof other !== 'string') {
    throw new TypeError(`cannot compare ${describe(value)} with ${describe(other)}`)
  }
  const left = value as number | bigint | string
  return left < other ? -1 : left > other ? 1 : 0
}

function text(value: Cell): string {
  if (typeof value === 'string') return value
  throw new TypeError(`not text: ${describe(value)}`)
}

function flag(value: Cell): boolean {
  if (typeof value === 'boolean') return value
  throw new TypeError(`not a flag: ${describe(value)}`)
}

function list(value: Cell): readonly Cell[] {
  if (Array.isArray(value)) return value as readonly Cell[]
  throw new TypeError(`not a list: ${describe(value)}`)
}

/** The type only: values may be personal data and do not belong in messages. */
function describe(value: Cell): string {
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`
}
