import type { Body, Reply } from '#wire'

/** A rule as it is being written: groups and comparisons, of which some may be unfinished. */
export type Part = Group | Comparison

export interface Group {
  readonly kind: 'group'
  readonly key: string
  readonly join: 'all' | 'any'
  readonly isNot: boolean
  /** Asked of both mornings: what was entered or left since the one before; null: of this one. */
  readonly turn: Turn | null
  readonly parts: readonly Part[]
}

export interface Comparison {
  readonly kind: 'comparison'
  readonly key: string
  readonly factor: string | null
  readonly op: Op | null
  readonly operands: readonly Operand[]
}

export type Turn = 'entered' | 'left'

/** What a factor is compared with: a value (null: not typed yet), a parameter, or a day counted from the as-of day. */
export type Operand =
  | { readonly is: 'value'; readonly value: Literal | null }
  | { readonly is: 'parameter'; readonly id: string; readonly inDays: boolean }
  | { readonly is: 'days'; readonly days: number | null }

export type Literal = number | string
/** A factor, or what may be asked about beside them. */
export type Factor = Reply<'listFactors'>['beside'][number]
export type FactorType = Factor['type']

export interface Parameter {
  readonly id: string
  readonly title: { readonly zh: string; readonly en: string }
  readonly type: 'number' | 'integer' | 'money' | 'date' | 'text'
  readonly unit: string | null
  readonly default: Literal
  readonly min: Literal | null
  readonly max: Literal | null
}

export interface Draft {
  readonly root: Group
  readonly parameters: readonly Parameter[]
  readonly action: string | null
}

export type Op = (
  | typeof quantityOps
  | typeof textOps
  | typeof listOps
  | typeof flagOps
  | typeof movedOps
  | typeof anyOps
)[number]

const quantityOps = ['lt', 'le', 'gt', 'ge', 'between', 'eq', 'ne'] as const
const textOps = ['is', 'is_not', 'one_of', 'contains', 'starts_with'] as const
const listOps = ['has', 'has_any', 'has_all'] as const
const flagOps = ['is_true', 'is_false'] as const
const anyOps = ['missing', 'present', 'changed'] as const
const movedOps = ['risen', 'fallen'] as const

/** What can be asked of a factor of this type. */
export function opsFor(type: FactorType): readonly Op[] {
  if (type === 'text') return [...textOps, ...anyOps]
  if (type === 'list') return [...listOps, ...anyOps]
  if (type === 'flag') return [...flagOps, ...anyOps]
  return [...quantityOps, ...anyOps, ...movedOps]
}

/** How many values an operator is asked with. */
export function operandsOf(op: Op): 'none' | 'one' | 'range' | 'many' {
  if (op === 'between') return 'range'
  if (op === 'one_of' || op === 'has_any' || op === 'has_all') return 'many'
  return [...flagOps, ...anyOps, ...movedOps].some(bare => bare === op) ? 'none' : 'one'
}

let made = 0
const freshKey = () => `part${made++}`
const unsaid: Operand = { is: 'value', value: null }

export function emptyComparison(): Comparison {
  return { kind: 'comparison', key: freshKey(), factor: null, op: null, operands: [] }
}

export function emptyGroup(): Group {
  return { kind: 'group', key: freshKey(), join: 'any', isNot: false, turn: null, parts: [emptyComparison()] }
}

export function emptyDraft(): Draft {
  const root: Group = { ...emptyGroup(), join: 'all' }
  return { root, parameters: [], action: null }
}

/** The comparison asked of another factor: operator and values stay where the new type allows them. */
export function ofFactor(comparison: Comparison, factor: Factor): Comparison {
  const ops = opsFor(factor.type)
  const op = comparison.op !== null && ops.includes(comparison.op) ? comparison.op : (ops[0] ?? null)
  const fresh = { ...comparison, factor: factor.id, op: null, operands: [] }
  return op === null ? fresh : withOp(fresh, op)
}

export function withOp(comparison: Comparison, op: Op): Comparison {
  const wanted = { none: 0, one: 1, range: 2, many: Math.max(1, comparison.operands.length) }[operandsOf(op)]
  const operands = Array.from({ length: wanted }, (_, i) => comparison.operands[i] ?? unsaid)
  return { ...comparison, op, operands }
}

/** The group with one of its parts (however deep) changed, or taken out. */
export function changed(group: Group, key: string, by: (part: Part) => Part | null): Group {
  const parts = group.parts.flatMap(part => {
    const next = part.key === key ? by(part) : part.kind === 'group' ? changed(part, key, by) : part
    return next === null ? [] : [next]
  })
  return { ...group, parts }
}

export function comparisonsIn(group: Group): readonly Comparison[] {
  return group.parts.flatMap(part => (part.kind === 'group' ? comparisonsIn(part) : [part]))
}

export function isFinished({ factor, op, operands }: Comparison): boolean {
  return (
    factor !== null &&
    op !== null &&
    operands.every(o =>
      o.is === 'value' ? o.value !== null && o.value !== '' : o.is === 'days' ? o.days !== null : true,
    )
  )
}

type Condition = Body<'countDraft'>['condition']

/** What the server is asked: only what is finished. Undefined while nothing is. */
export function askedOf({ root, parameters, action }: Draft): Body<'countDraft'> | undefined {
  const condition = conditionOf(root)
  if (condition === undefined) return undefined
  const used = new Set(
    comparisonsIn(root)
      .filter(isFinished)
      .flatMap(c => c.operands.flatMap(o => (o.is === 'parameter' ? [o.id] : []))),
  )
  return {
    condition,
    parameters: parameters.filter(p => used.has(p.id)).map(parameterAsked),
    ...(action === null ? {} : { action }),
  }
}

export function parameterAsked({ unit, min, max, ...rest }: Parameter) {
  return {
    ...rest,
    ...(unit === null ? {} : { unit }),
    ...(min === null ? {} : { min }),
    ...(max === null ? {} : { max }),
  }
}

function conditionOf(part: Part): Condition | undefined {
  if (part.kind === 'comparison') return isFinished(part) ? comparisonOf(part) : undefined
  const of = part.parts.map(conditionOf).filter(one => one !== undefined)
  const [only] = of
  if (only === undefined) return undefined
  const joined = of.length === 1 ? only : { op: part.join, of }
  const turned = part.turn === null ? joined : { op: part.turn, of: joined }
  return part.isNot ? { op: 'not', of: turned } : turned
}

function comparisonOf({ factor, op, operands }: Comparison): Condition {
  const said = operands.map(operandOf)
  const shape = op === null ? 'none' : operandsOf(op)
  if (shape === 'range') return { op, factor, from: said[0], to: said[1] }
  if (shape === 'many') return { op, factor, values: said }
  return shape === 'one' ? { op, factor, value: said[0] } : { op, factor }
}

function operandOf(operand: Operand): unknown {
  if (operand.is === 'parameter')
    return operand.inDays ? { daysFromAsOf: { param: operand.id } } : { param: operand.id }
  return operand.is === 'days' ? { daysFromAsOf: operand.days } : operand.value
}

// ---- from a rule that is there

/** A rule of the server as one that can be written further. */
export function draftOf(condition: unknown, parameters: readonly Parameter[], action: string | null): Draft {
  const part = partOf(condition)
  const root: Group =
    part.kind === 'group' && !part.isNot && part.turn === null
      ? part
      : { ...emptyGroup(), join: 'all', parts: [part] }
  return { root, parameters, action }
}

function partOf(condition: unknown): Part {
  const { op, of, factor, value, from, to, values } = condition as Readonly<Record<string, unknown>>
  if (op === 'not') {
    const inner = partOf(of)
    return inner.kind === 'group' && !inner.isNot
      ? { ...inner, isNot: true }
      : { ...emptyGroup(), join: 'all', isNot: true, parts: [inner] }
  }
  if (op === 'entered' || op === 'left') {
    const inner = partOf(of)
    return inner.kind === 'group' && !inner.isNot && inner.turn === null
      ? { ...inner, turn: op }
      : { ...emptyGroup(), join: 'all', turn: op, parts: [inner] }
  }
  if (op === 'all' || op === 'any') {
    const parts = (of as unknown[]).map(partOf)
    return { kind: 'group', key: freshKey(), join: op, isNot: false, turn: null, parts }
  }
  const shape = operandsOf(op as Op)
  const said = { none: [], one: [value], range: [from, to], many: values as unknown[] }[shape]
  return {
    kind: 'comparison',
    key: freshKey(),
    factor: String(factor),
    op: op as Op,
    operands: said.map(operandFrom),
  }
}

function operandFrom(said: unknown): Operand {
  if (typeof said !== 'object' || said === null) return { is: 'value', value: said as Literal }
  if ('param' in said) return { is: 'parameter', id: String(said.param), inDays: false }
  const { daysFromAsOf: days } = said as { readonly daysFromAsOf: unknown }
  return typeof days === 'number'
    ? { is: 'days', days }
    : { is: 'parameter', id: String((days as { readonly param: string }).param), inDays: true }
}
