import type { Fault } from '#kernel'
import { besideForm } from './beside.ts'
import type { Comparison, ComparisonOp, Condition, Operand } from './condition.ts'
import { malformed, strangeKey, tooLarge, unknownOperator } from './faults.ts'

/** A condition as it was found, with every fault of its shape and the place of each. */
export interface ParsedCondition {
  /** Undefined when a fault leaves nothing that could be meant. */
  readonly condition: Condition | undefined
  readonly faults: readonly Fault[]
}

/** Limits of one condition: what a person can still read. */
export const limits = { depthMax: 12, partsMax: 400, valuesMax: 2000, textMax: 200, daysMax: 36_600 } as const

type Operands = 'one' | 'range' | 'many' | 'none'

const operandsOfOp: Readonly<Record<ComparisonOp, Operands>> = {
  eq: 'one',
  ne: 'one',
  lt: 'one',
  le: 'one',
  gt: 'one',
  ge: 'one',
  between: 'range',
  is: 'one',
  is_not: 'one',
  one_of: 'many',
  contains: 'one',
  starts_with: 'one',
  has: 'one',
  has_any: 'many',
  has_all: 'many',
  is_true: 'none',
  is_false: 'none',
  missing: 'none',
  present: 'none',
  changed: 'none',
  risen: 'none',
  fallen: 'none',
}

const keysOf: Readonly<Record<Operands, readonly string[]>> = {
  one: ['value'],
  range: ['from', 'to'],
  many: ['values'],
  none: [],
}

/** Reads what came from YAML or JSON. `path` is where it stands, as `condition/of/1`. */
export function parseCondition(input: unknown, path = 'condition'): ParsedCondition {
  const reading: Reading = { faults: [], parts: 0 }
  const condition = conditionIn(reading, input, path, 0)
  return { condition: reading.faults.length === 0 ? condition : undefined, faults: reading.faults }
}

interface Reading {
  readonly faults: Fault[]
  parts: number
}

function conditionIn(reading: Reading, input: unknown, path: string, depth: number): Condition | undefined {
  reading.parts += 1
  if (depth > limits.depthMax) return refuse(reading, tooLarge({ path }, 'nested too deeply', '嵌套过深'))
  if (reading.parts > limits.partsMax)
    return refuse(reading, tooLarge({ path }, 'too many parts', '条件项过多'))
  if (!isRecord(input))
    return refuse(reading, malformed({ path }, 'a condition is expected here', '此处应为条件'))
  const op = input['op']
  if (op === 'all' || op === 'any') return groupIn(reading, op, input, path, depth)
  if (op === 'not' || op === 'entered' || op === 'left') {
    extraKeys(reading, input, ['op', 'of'], path)
    const of = conditionIn(reading, input['of'], `${path}/of`, depth + 1)
    return of === undefined ? undefined : { op, of }
  }
  if (typeof op !== 'string' || !Object.hasOwn(operandsOfOp, op)) {
    return refuse(reading, unknownOperator({ path: `${path}/op` }, String(op)))
  }
  return comparisonIn(reading, op as ComparisonOp, input, path)
}

function groupIn(reading: Reading, op: 'all' | 'any', input: Fields, path: string, depth: number) {
  extraKeys(reading, input, ['op', 'of'], path)
  const parts = input['of']
  if (!Array.isArray(parts) || parts.length === 0) {
    return refuse(
      reading,
      malformed({ path: `${path}/of` }, `"${op}" needs a list of conditions`, `“${op}”需要条件列表`),
    )
  }
  const of = parts.map((part, i) => conditionIn(reading, part, `${path}/of/${i}`, depth + 1))
  return { op, of: of.filter(part => part !== undefined) }
}

function comparisonIn(
  reading: Reading,
  op: ComparisonOp,
  input: Fields,
  path: string,
): Condition | undefined {
  const keys = keysOf[operandsOfOp[op]]
  extraKeys(reading, input, ['op', 'factor', ...keys], path)
  const factor = input['factor']
  if (typeof factor !== 'string' || !besideForm.test(factor)) {
    return refuse(
      reading,
      malformed({ path: `${path}/factor` }, 'a factor id is expected here', '此处应为因子标识'),
    )
  }
  const operands = keys.map(key =>
    key === 'values'
      ? ([key, operandListIn(reading, input[key], `${path}/${key}`)] as const)
      : ([key, operandIn(reading, input[key], `${path}/${key}`)] as const),
  )
  return { op, factor, ...Object.fromEntries(operands) } as Comparison
}

function operandListIn(reading: Reading, input: unknown, path: string): Operand[] | undefined {
  if (!Array.isArray(input) || input.length === 0) {
    return refuse(reading, malformed({ path }, 'a list of values is expected here', '此处应为取值列表'))
  }
  if (input.length > limits.valuesMax)
    return refuse(reading, tooLarge({ path }, 'too many values', '取值过多'))
  return input.map((v, i) => operandIn(reading, v, `${path}/${i}`)).filter(v => v !== undefined)
}

function operandIn(reading: Reading, input: unknown, path: string): Operand | undefined {
  if (typeof input === 'number' && Number.isFinite(input)) return input
  if (typeof input === 'string' && isPlainText(input)) return input
  const operand = isRecord(input) && Object.keys(input).length === 1 ? namedOperand(input) : undefined
  if (operand !== undefined) return operand
  const en = 'a number, a text, {param: name} or {daysFromAsOf: n} is expected here'
  return refuse(
    reading,
    malformed({ path }, en, '此处应为数值、文本、{param: 参数名} 或 {daysFromAsOf: 天数}'),
  )
}

function namedOperand(input: Fields): Operand | undefined {
  const { param, daysFromAsOf: days } = input
  if (typeof param === 'string') return { param }
  if (typeof days === 'number' && Math.abs(days) <= limits.daysMax && Number.isInteger(days))
    return { daysFromAsOf: days }
  const named = isRecord(days) ? namedOperand(days) : undefined
  return typeof named === 'object' && 'param' in named ? { daysFromAsOf: named } : undefined
}

function isPlainText(text: string): boolean {
  return text.length <= limits.textMax && text.isWellFormed() && !text.includes('\0')
}

function extraKeys(reading: Reading, input: Fields, known: readonly string[], path: string): void {
  for (const key of Object.keys(input)) {
    if (known.includes(key)) continue
    reading.faults.push(strangeKey(`${path}/${key}`, key))
  }
}

function refuse(reading: Reading, fault: Fault): undefined {
  reading.faults.push(fault)
  return undefined
}

export type Fields = Readonly<Record<string, unknown>>

export function isRecord(input: unknown): input is Fields {
  return typeof input === 'object' && input !== null && !Array.isArray(input)
}
