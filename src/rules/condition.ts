import { beforeOf, inBaseBefore } from './beside.ts'

/**
 * A condition over factors as plain data: it travels in JSON and YAML, is stored, compared and printed. One condition
 * has one meaning everywhere: a missing value satisfies no comparison, `not` of that is true, and "missing" can be asked.
 */
export type Condition<V = Operand> =
  | Group<V>
  | { readonly op: 'not'; readonly of: Condition<V> }
  | Comparison<V>
  | ([V] extends [Literal] ? never : Turning<V>)

export interface Group<V> {
  readonly op: 'all' | 'any'
  readonly of: readonly Condition<V>[]
  /** What was written here before it was bound: only a sentence asks. */
  readonly turned?: Turn
}

/** `entered`: holds this morning and did not the morning before. `left`: the other way round. */
export type Turn = 'entered' | 'left'
/** As it is written; bound, it is a group that asks both mornings. */
export interface Turning<V = Operand> {
  readonly op: Turn
  readonly of: Condition<V>
}

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
  /** Of the value the morning before: both are known and differ; it is more, or later; it is less, or earlier. */
  readonly changed: Bare
  readonly risen: Bare
  readonly fallen: Bare
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

const joining: ReadonlySet<string> = new Set(['all', 'any', 'not', 'entered', 'left'])

export function isComparison<V>(condition: Condition<V>): condition is Comparison<V> {
  return !joining.has((condition as { readonly op: string }).op)
}

export function isTurning(condition: Condition<unknown>): condition is Turning<unknown> {
  return condition.op === 'entered' || condition.op === 'left'
}

/** Comparisons that ask the morning before as well. */
export type MorningsOp = 'changed' | 'risen' | 'fallen'
export function comparesMornings(op: ComparisonOp): op is MorningsOp {
  return op === 'changed' || op === 'risen' || op === 'fallen'
}

/** The operands of a comparison, in the order in which they are written. */
export function operandsOf<V>(comparison: Comparison<V>): readonly V[] {
  if ('values' in comparison) return comparison.values
  if ('value' in comparison) return [comparison.value]
  if ('from' in comparison) return [comparison.from, comparison.to]
  return []
}

/** Every column a condition asks about, each once, in the order of first use: factors, and what stands beside them. */
export function factorsUsed(condition: Condition<unknown>): readonly string[] {
  if (isComparison(condition)) {
    const { op, factor } = condition
    return comparesMornings(op) ? [factor, beforeOf(factor)] : [factor]
  }
  if (isTurning(condition)) {
    const own = factorsUsed(condition.of)
    return [...own, inBaseBefore, ...own.map(beforeOf)]
  }
  const parts = condition.op === 'not' ? [condition.of] : condition.of
  return [...new Set(parts.flatMap(factorsUsed))]
}

/** Every parameter a condition names, each once. */
export function parametersUsed(condition: Condition): readonly string[] {
  if (isComparison(condition)) return [...new Set(operandsOf(condition).flatMap(parameterOf))]
  if (isTurning(condition)) return parametersUsed(condition.of)
  const parts = condition.op === 'not' ? [condition.of] : condition.of
  return [...new Set(parts.flatMap(parametersUsed))]
}

function parameterOf(operand: Operand): string[] {
  if (typeof operand !== 'object') return []
  if ('param' in operand) return [operand.param]
  return parameterOf(operand.daysFromAsOf)
}
