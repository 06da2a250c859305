import { addDays, type Fault, FaultError, type PlainDate } from '#kernel'
import {
  type BoundComparison,
  type BoundCondition,
  type Comparison,
  type Condition,
  isComparison,
  type Literal,
  type Operand,
  parametersUsed,
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
  return bound(condition, operand => literalOf(operand, known, binding.asOf))
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

function bound(condition: Condition, literal: (operand: Operand) => Literal): BoundCondition {
  if (isComparison(condition)) return boundComparison(condition, literal)
  if (condition.op === 'not') return { op: 'not', of: bound(condition.of, literal) }
  return { op: condition.op, of: condition.of.map(part => bound(part, literal)) }
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
