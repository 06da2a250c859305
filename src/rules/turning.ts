import type { PlainDate } from '#kernel'
import {
  type BoundCondition,
  type Condition,
  isComparison,
  isTurning,
  type Literal,
  type Operand,
  operandsOf,
} from './condition.ts'
import type { Parameter } from './parameter.ts'
import type { Tried } from './preview.ts'
import { bindRule, type Rule } from './rule.ts'
import { inOrder, type Threshold, thresholdsOf, turnedTo, valuesAround } from './sensitivity.ts'

/** A threshold of a rule that is turned while all else stays: a parameter, or a number or day written in place. */
export interface TriedThreshold extends Threshold {
  /** Wherever it stands it is turned together. */
  readonly parameter?: Parameter
  /** Values to try, in order; its own among them. */
  readonly values: readonly Literal[]
}

const stepsMax = 9

/** The thresholds of a rule with the values that are worth trying on a table, within the range of each parameter. */
export async function turnablesOf(
  tried: Tried,
  rule: Rule,
  asOf: PlainDate,
): Promise<readonly TriedThreshold[]> {
  const condition = bindRule(rule, asOf)
  const places = placesIn(rule.condition, [])
  const seen = new Set<string>()
  const found: TriedThreshold[] = []
  for (const threshold of thresholdsOf(condition)) {
    const operand = places.get(placeOf(threshold))
    if (operand === undefined) continue
    if (typeof operand !== 'object') {
      found.push({ ...threshold, values: await valuesAround(tried, condition, threshold) })
      continue
    }
    const isDays = 'daysFromAsOf' in operand
    const named = isDays ? operand.daysFromAsOf : operand
    const parameter = typeof named === 'number' ? undefined : rule.parameters.find(p => p.id === named.param)
    if (parameter === undefined || seen.has(parameter.id)) continue
    seen.add(parameter.id)
    const around = isDays ? [] : await valuesAround(tried, condition, threshold)
    found.push({ ...threshold, parameter, value: parameter.default, values: within(parameter, around) })
  }
  return found
}

/** The rule's condition with one threshold turned. */
export function turnedRule(
  rule: Rule,
  turnable: TriedThreshold,
  value: Literal,
  asOf: PlainDate,
): BoundCondition {
  const { parameter } = turnable
  if (parameter !== undefined) return bindRule(rule, asOf, { [parameter.id]: value })
  return turnedTo(bindRule(rule, asOf), turnable, value)
}

/** What may be tried of a parameter: what lies in its range, and steps across it where both ends are known. */
function within({ type, min, max, default: own }: Parameter, values: readonly Literal[]): readonly Literal[] {
  const fits = values.filter(v => (min === undefined || v >= min) && (max === undefined || v <= max))
  const steps =
    typeof min === 'number' && typeof max === 'number' ? stepsBetween(min, max, type !== 'number') : []
  return inOrder([...fits, ...steps, own])
}

function stepsBetween(min: number, max: number, isWhole: boolean): readonly number[] {
  return Array.from({ length: stepsMax }, (_, i) => {
    const value = min + ((max - min) * i) / (stepsMax - 1)
    return isWhole ? Math.round(value) : Number(value.toPrecision(12))
  })
}

/** Operands by where they stand, as they were written. Binding leaves every place where it is, except within what turned. */
function placesIn(condition: Condition, path: readonly number[]): Map<string, Operand> {
  if (isComparison(condition)) {
    const parts = 'from' in condition ? (['from', 'to'] as const) : (['value'] as const)
    return new Map(
      operandsOf(condition).flatMap((operand, i) => {
        const part = parts[i]
        return part === undefined ? [] : [[placeOf({ path, part }), operand] as const]
      }),
    )
  }
  if (isTurning(condition)) return new Map()
  const inner = condition.op === 'not' ? [condition.of] : condition.of
  return new Map(inner.flatMap((part, i) => [...placesIn(part, [...path, i])]))
}

function placeOf({ path, part }: Pick<Threshold, 'path' | 'part'>): string {
  return `${path.join('/')} ${part}`
}
