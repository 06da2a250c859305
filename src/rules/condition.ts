/**
 * A condition over factors as plain data: it travels in JSON and YAML, is stored, compared and printed. One condition
 * has one meaning everywhere: a missing value satisfies no comparison, `not` of that is true, and "missing" can be asked.
 */
export type Condition<V = Operand> =
  | { readonly op: 'all' | 'any'; readonly of: readonly Condition<V>[] }
  | { readonly op: 'not'; readonly of: Condition<V> }
  | Comparison<V>

/** One question about one factor. */
export type Comparison<V = Operand> = {
  readonly [O in ComparisonOp]: { readonly op: O; readonly factor: string } & Shapes<V>[O]
}[ComparisonOp]

interface One<V> {
  readonly value: V
}
/** `[from, to)`: from is in, to is not. */
interface Range<V> {
  readonly from: V
  readonly to: V
}
interface Many<V> {
  readonly values: readonly V[]
}
type Bare = unknown

/** What each operator needs beside the factor. */
interface Shapes<V> {
  readonly eq: One<V>
  readonly ne: One<V>
  readonly lt: One<V>
  readonly le: One<V>
  readonly gt: One<V>
  readonly ge: One<V>
  readonly between: Range<V>
  readonly is: One<V>
  readonly is_not: One<V>
  readonly one_of: Many<V>
  readonly contains: One<V>
  readonly starts_with: One<V>
  readonly has: One<V>
  readonly has_any: Many<V>
  readonly has_all: Many<V>
  readonly is_true: Bare
  readonly is_false: Bare
  readonly missing: Bare
  readonly present: Bare
}

export type ComparisonOp = keyof Shapes<never>

/** A value written in place, or a parameter's, or a day counted from the as-of day (positive is later). */
export type Operand = Literal | ParameterName | FromAsOf
export type Literal = number | string
export interface ParameterName {
  readonly param: string
}
export interface FromAsOf {
  readonly daysFromAsOf: number | ParameterName
}

/** A condition whose parameters and relative days have become values: what is printed as SQL and what is evaluated. */
export type BoundCondition = Condition<Literal>
export type BoundComparison = Comparison<Literal>

export function isComparison<V>(condition: Condition<V>): condition is Comparison<V> {
  return condition.op !== 'all' && condition.op !== 'any' && condition.op !== 'not'
}

/** The operands of a comparison, in the order in which they are written. */
export function operandsOf<V>(comparison: Comparison<V>): readonly V[] {
  if ('values' in comparison) return comparison.values
  if ('value' in comparison) return [comparison.value]
  if ('from' in comparison) return [comparison.from, comparison.to]
  return []
}

/** Every factor a condition asks about, each once, in the order of first use. */
export function factorsUsed(condition: Condition<unknown>): readonly string[] {
  if (isComparison(condition)) return [condition.factor]
  const parts = condition.op === 'not' ? [condition.of] : condition.of
  return [...new Set(parts.flatMap(factorsUsed))]
}

/** Every parameter a condition names, each once. */
export function parametersUsed(condition: Condition): readonly string[] {
  if (isComparison(condition)) return [...new Set(operandsOf(condition).flatMap(parameterOf))]
  const parts = condition.op === 'not' ? [condition.of] : condition.of
  return [...new Set(parts.flatMap(parametersUsed))]
}

function parameterOf(operand: Operand): string[] {
  if (typeof operand !== 'object') return []
  if ('param' in operand) return [operand.param]
  return parameterOf(operand.daysFromAsOf)
}
