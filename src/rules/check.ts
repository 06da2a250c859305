import type { Fault } from '#kernel'
import { beforeOf } from './beside.ts'
import { rangeOf } from './bind.ts'
import {
  type Comparison,
  type ComparisonOp,
  type Condition,
  comparesMornings,
  factorsUsed,
  isComparison,
  isTurning,
  type Literal,
  type Operand,
  parametersUsed,
} from './condition.ts'
import {
  emptyRange,
  noMorningBefore,
  parameterOutOfRange,
  unitDiffers,
  unknownFactor,
  unknownParameter,
  unusedParameter,
  wrongOperator,
  wrongValue,
} from './faults.ts'
import type { FactorType, KnownFactor, KnownFactors } from './known-factor.ts'
import { isValueOf, isWithin, type Parameter, type ParameterType } from './parameter.ts'

const quantities: readonly FactorType[] = ['number', 'integer', 'money', 'date']
const any: readonly FactorType[] = ['number', 'integer', 'money', 'date', 'text', 'flag', 'list']

/** Which types of factor each comparison can be asked of. */
export const typesOfOp: Readonly<Record<ComparisonOp, readonly FactorType[]>> = {
  eq: quantities,
  ne: quantities,
  lt: quantities,
  le: quantities,
  gt: quantities,
  ge: quantities,
  between: quantities,
  is: ['text'],
  is_not: ['text'],
  one_of: ['text'],
  contains: ['text'],
  starts_with: ['text'],
  has: ['list'],
  has_any: ['list'],
  has_all: ['list'],
  is_true: ['flag'],
  is_false: ['flag'],
  missing: any,
  present: any,
  changed: any,
  risen: quantities,
  fallen: quantities,
}

/**
 * Everything that is wrong with a condition over these factors and parameters, each with its place: unknown factor or
 * parameter, a comparison the type does not allow, a value of another type, a unit that differs, a range of nothing.
 */
export function check(
  condition: Condition,
  factors: KnownFactors,
  parameters: readonly Parameter[],
  path = 'condition',
): readonly Fault[] {
  const used = parametersUsed(condition)
  return [
    ...parameters.flatMap((p, i) => parameterFaults(p, `parameters/${i}`)),
    ...parameters.filter(p => !used.includes(p.id)).map(p => unusedParameter({ path: 'parameters' }, p.id)),
    ...conditionFaults(condition, { factors, parameters: new Map(parameters.map(p => [p.id, p])) }, path),
  ]
}

interface Known {
  readonly factors: KnownFactors
  readonly parameters: ReadonlyMap<string, Parameter>
}

function parameterFaults(parameter: Parameter, path: string): Fault[] {
  const limits = [parameter.min, parameter.max].filter(v => v !== undefined)
  const isWrong = [...limits, parameter.default].some(v => !isValueOf(parameter.type, v))
  if (!isWrong && isWithin(parameter, parameter.default)) return []
  const value = String(parameter.default)
  return [parameterOutOfRange({ path }, parameter.id, value, rangeOf(parameter))]
}

function conditionFaults(condition: Condition, known: Known, path: string): Fault[] {
  if (isComparison(condition)) return comparisonFaults(condition, known, path)
  if (isTurning(condition)) {
    const inner = conditionFaults(condition.of, known, `${path}/of`)
    return inner.length > 0 ? inner : morningFaults(factorsUsed(condition), known, path)
  }
  if (condition.op === 'not') return conditionFaults(condition.of, known, `${path}/of`)
  return condition.of.flatMap((part, i) => conditionFaults(part, known, `${path}/of/${i}`))
}

function comparisonFaults(c: Comparison, known: Known, path: string): Fault[] {
  const factor = known.factors.get(c.factor)
  if (factor === undefined) return [unknownFactor({ path: `${path}/factor` }, c.factor)]
  if (!typesOfOp[c.op].includes(factor.type)) {
    return [wrongOperator({ path: `${path}/op` }, c.op, factor.id, factor.type)]
  }
  return [
    ...(comparesMornings(c.op) ? morningFaults([beforeOf(c.factor)], known, path) : []),
    ...placedOperands(c).flatMap(([place, operand]) =>
      operandFaults(operand, factor, known, `${path}/${place}`),
    ),
    ...rangeFaults(c, known, path),
  ]
}

/** A question to the morning before: about all that has one, and not about the morning before that. */
function morningFaults(asked: readonly string[], known: Known, path: string): Fault[] {
  const none = asked.find(id => !known.factors.has(id))
  return none === undefined ? [] : [noMorningBefore({ path }, none.replace(/^(before\.)+/, ''))]
}

function placedOperands(c: Comparison): (readonly [string, Operand])[] {
  if ('values' in c) return c.values.map((v, i) => [`values/${i}`, v])
  if ('value' in c) return [['value', c.value]]
  if ('from' in c) {
    return [
      ['from', c.from],
      ['to', c.to],
    ]
  }
  return []
}

function operandFaults(operand: Operand, factor: KnownFactor, known: Known, path: string): Fault[] {
  if (typeof operand !== 'object') {
    return isValueOf(valueType(factor), operand)
      ? []
      : [wrongValue({ path }, String(operand), factor.id, factor.type)]
  }
  if ('param' in operand)
    return namedFaults(operand.param, valueType(factor), factor.unit, factor, known, path)
  if (factor.type !== 'date') return [wrongValue({ path }, 'a day', factor.id, factor.type)]
  const days = operand.daysFromAsOf
  return typeof days === 'number' ? [] : namedFaults(days.param, 'integer', 'day', factor, known, path)
}

function namedFaults(
  name: string,
  type: ParameterType,
  unit: string | undefined,
  factor: KnownFactor,
  known: Known,
  path: string,
): Fault[] {
  const parameter = known.parameters.get(name)
  if (parameter === undefined) return [unknownParameter({ path }, name)]
  if (parameter.type !== type && !(type === 'number' && parameter.type === 'integer')) {
    return [wrongValue({ path }, `parameter "${name}" (${parameter.type})`, factor.id, factor.type)]
  }
  if (parameter.unit === unit) return []
  return [unitDiffers({ path }, name, parameter.unit ?? '–', factor.id, unit ?? '–')]
}

/** Elements of a list are texts; a flag takes no value at all. */
function valueType(factor: KnownFactor): ParameterType {
  return factor.type === 'list' || factor.type === 'flag' ? 'text' : factor.type
}

function rangeFaults(c: Comparison, known: Known, path: string): Fault[] {
  if (!('from' in c)) return []
  const from = comparable(c.from, known)
  const to = comparable(c.to, known)
  if (from === undefined || to === undefined || typeof from !== typeof to || from < to) return []
  return [emptyRange({ path }, c.factor)]
}

/** The value a bound stands for at the defaults; days from the as-of day compare as their count. */
function comparable(operand: Operand, known: Known): Literal | undefined {
  if (typeof operand !== 'object') return operand
  if ('param' in operand) return known.parameters.get(operand.param)?.default
  return comparable(operand.daysFromAsOf, known)
}
