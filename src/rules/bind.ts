import { addDays, type Fault, FaultError, type PlainDate } from '#kernel'
import { beforeOf, inBaseBefore } from './beside.ts'
import {
  type BoundComparison,
  type BoundCondition,
  type Comparison,
  type Condition,
  isComparison,
  isTurning,
  type Literal,
  type Operand,
  parametersUsed,
  type Turning,
} from './condition.ts'
import { parameterOutOfRange, unknownParameter } from './faults.ts'
import { isValueOf, isWithin, type Parameter, type ParameterValues } from './parameter.ts'

/** What a condition is bound to: its parameters' values (their defaults unless told) and the as-of day. */
export interface Binding {
  readonly asOf: PlainDate
  readonly parameters: readonly Parameter[]
  readonly values?: ParameterValues
}

/** Puts values in place of parameters and relative days. Throws all faults at once when a value is unknown or out of range. */
export function bind(condition: Condition, binding: Binding): BoundCondition {
  const [first, ...rest] = valueFaults(binding.parameters, binding.values ?? {})
  if (first !== undefined) throw new FaultError(first, ...rest)
  const known = new Map(binding.parameters.map(p => [p.id, binding.values?.[p.id] ?? p.default]))
  const [unknown] = parametersUsed(condition).filter(name => !known.has(name))
  if (unknown !== undefined) throw new FaultError(unknownParameter({ parameter: unknown }, unknown))
  return bound(condition, (operand, asOf) => literalOf(operand, known, asOf), binding.asOf)
}

/** Faults of values given for parameters: an unknown name, a wrong type, out of range. */
export function valueFaults(parameters: readonly Parameter[], values: ParameterValues): readonly Fault[] {
  const known = new Map(parameters.map(p => [p.id, p]))
  return Object.entries(values).flatMap(([name, value]): Fault[] => {
    const parameter = known.get(name)
    if (parameter === undefined) return [unknownParameter({ parameter: name }, name)]
    if (isValueOf(parameter.type, value) && isWithin(parameter, value)) return []
    return [parameterOutOfRange({ parameter: name }, name, String(value), rangeOf(parameter))]
  })
}

export function rangeOf(parameter: Parameter): string {
  return `${parameter.type} ${parameter.min ?? '…'} – ${parameter.max ?? '…'}`
}

type Read = (operand: Operand, asOf: PlainDate) => Literal

function bound(condition: Condition, read: Read, asOf: PlainDate): BoundCondition {
  if (isComparison(condition)) return boundComparison(condition, operand => read(operand, asOf))
  if (isTurning(condition)) return turned(condition, read, asOf)
  if (condition.op === 'not') return { op: 'not', of: bound(condition.of, read, asOf) }
  return { op: condition.op, of: condition.of.map(part => bound(part, read, asOf)) }
}

/**
 * What turned since the morning before, as a question to both mornings, each with its own days. Whoever was not in the base
 * then did not satisfy anything then.
 */
function turned({ op, of }: Turning, read: Read, asOf: PlainDate): BoundCondition {
  const now = bound(of, read, asOf)
  const there = { op: 'is_true', factor: inBaseBefore } as const
  const before: BoundCondition = { op: 'all', of: [there, dayBefore(bound(of, read, addDays(asOf, -1)))] }
  const parts: readonly BoundCondition[] =
    op === 'entered' ? [now, { op: 'not', of: before }] : [{ op: 'not', of: now }, before]
  return { op: 'all', of: parts, turned: op }
}

/** The same question to the columns of the morning before. */
function dayBefore(condition: BoundCondition): BoundCondition {
  if (isComparison(condition)) return { ...condition, factor: beforeOf(condition.factor) }
  if (condition.op === 'not') return { op: 'not', of: dayBefore(condition.of) }
  return { op: condition.op, of: condition.of.map(dayBefore) }
}

function boundComparison(c: Comparison, literal: (operand: Operand) => Literal): BoundComparison {
  if ('values' in c) return { ...c, values: c.values.map(literal) }
  if ('value' in c) return { ...c, value: literal(c.value) }
  if ('from' in c) return { ...c, from: literal(c.from), to: literal(c.to) }
  return c
}

function literalOf(operand: Operand, known: ReadonlyMap<string, Literal>, asOf: PlainDate): Literal {
  if (typeof operand !== 'object') return operand
  if ('param' in operand) return known.get(operand.param) as Literal
  return addDays(asOf, Number(literalOf(operand.daysFromAsOf, known, asOf)))
}
