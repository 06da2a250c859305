import type { Factor, FactorType } from './factor.ts'
import type { Formula } from './formula.ts'
import { over, parseUnit, sameUnit, times, type Unit, unitText } from './unit.ts'
import { asOf, call, type Fn, literal, type Value } from './value.ts'

/** A formula's type, unit and value. A bare number has no unit of its own: it takes that of its neighbour. */
export interface Typed {
  readonly type: FactorType | 'nothing'
  readonly unit: Unit | undefined
  readonly value: Value
}

/** Types or units that do not go together; caught where the place in the catalogue is known. */
export class Clash extends Error {
  readonly en: string
  readonly zh: string
  readonly units: readonly [string, string] | undefined
  constructor(en: string, zh: string, units?: readonly [string, string]) {
    super(en)
    this.en = en
    this.zh = zh
    this.units = units
  }
}

export function typed(formula: Formula, known: ReadonlyMap<string, Factor>): Typed {
  switch (formula.is) {
    case 'literal':
      return {
        type: literalType(formula.value),
        unit: literalUnit(formula.unit),
        value: literal(formula.value),
      }
    case 'missing':
      return { type: 'nothing', unit: undefined, value: literal(null) }
    case 'as-of':
      return { type: 'date', unit: undefined, value: asOf }
    case 'name':
      return named(formula.id, known)
    case 'call':
      return applied(
        formula.fn,
        formula.of.map(f => typed(f, known)),
      )
  }
}

function literalUnit(unit: string | undefined): Unit | undefined {
  return unit === undefined ? undefined : parseUnit(unit)
}

function literalType(value: number | string | boolean): FactorType {
  if (typeof value === 'string') return 'text'
  if (typeof value === 'boolean') return 'flag'
  return Number.isInteger(value) ? 'integer' : 'number'
}

function named(id: string, known: ReadonlyMap<string, Factor>): Typed {
  const factor = known.get(id)
  if (factor === undefined) throw new TypeError(`unknown factor in a checked formula: ${id}`)
  const unit = isNumeric(factor.type) ? (parseUnit(factor.unit) ?? {}) : undefined
  return { type: factor.type, unit, value: { is: 'factor', id } }
}

interface Made {
  readonly type: Typed['type']
  readonly unit: Unit | undefined
}

const flag: Made = { type: 'flag', unit: undefined }
const alike = (of: readonly Typed[]): Made => together(numbers(of))
const compared = (of: readonly Typed[]): Made => {
  together(of)
  return flag
}
const logical = (of: readonly Typed[]): Made => {
  for (const t of of) wantType(t, ['flag'])
  return flag
}

/** What each function asks of its parts, and makes of them. Those that no formula can name are not here. */
const laws: Readonly<Partial<Record<Fn, (of: readonly Typed[]) => Made>>> = {
  add: alike,
  subtract: alike,
  least: alike,
  greatest: alike,
  negate: alike,
  multiply: of => ({ type: productType(numbers(of)), unit: of.map(t => t.unit ?? {}).reduce(times) }),
  divide: of => ({
    type: 'number',
    unit: numbers(of)
      .map(t => t.unit ?? {})
      .reduce(over),
  }),
  round(of) {
    const { unit } = together(numbers(of))
    return { type: isFen(unit) ? 'money' : 'integer', unit }
  },
  'days-between'(of) {
    for (const t of of) wantType(t, ['date'])
    return { type: 'integer', unit: { day: 1 } }
  },
  and: logical,
  or: logical,
  not: logical,
  if(of) {
    logical(of.slice(0, 1))
    return together(of.slice(1))
  },
  coalesce: together,
  'is-missing': () => flag,
  equal: compared,
  unequal: compared,
  less: compared,
  'less-equal': compared,
  greater: compared,
  'greater-equal': compared,
}

function applied(fn: Fn, of: readonly Typed[]): Typed {
  const law = laws[fn]
  if (law === undefined) throw new TypeError(`no formula can name ${fn}`)
  return { ...law(of), value: call(fn, ...of.map(t => t.value)) }
}

/** One type and one unit for all of them, or a clash. */
function together(of: readonly Typed[]): { readonly type: Typed['type']; readonly unit: Unit | undefined } {
  const said = of.filter(t => t.type !== 'nothing')
  const [first, ...rest] = said
  if (first === undefined) return { type: 'nothing', unit: undefined }
  return rest.reduce<{ type: Typed['type']; unit: Unit | undefined }>(
    (sum, t) => ({ type: commonType(sum.type, t), unit: commonUnit(sum.unit, t.unit) }),
    { type: first.type, unit: first.unit },
  )
}

function commonType(type: Typed['type'], other: Typed): Typed['type'] {
  if (type === other.type) return type
  if (!isNumeric(type) || !isNumeric(other.type)) throw typesClash(type, other.type)
  if (type === 'number' || other.type === 'number') return 'number'
  return 'money'
}

function commonUnit(a: Unit | undefined, b: Unit | undefined): Unit | undefined {
  if (a === undefined || b === undefined) return a ?? b
  if (sameUnit(a, b)) return a
  throw new Clash('units', '单位', [unitText(a), unitText(b)])
}

function productType(of: readonly Typed[]): FactorType {
  const types = of.map(t => t.type)
  if (types.includes('number')) return 'number'
  return types.includes('money') ? 'money' : 'integer'
}

function numbers(of: readonly Typed[]): readonly Typed[] {
  for (const t of of) wantType(t, ['number', 'integer', 'money'])
  return of
}

function wantType(t: Typed, types: readonly FactorType[]): void {
  if (t.type !== 'nothing' && !types.includes(t.type)) throw typesClash(t.type, types.join(' | '))
}

function typesClash(a: string, b: string): Clash {
  return new Clash(`types do not go together: ${a} and ${b}`, `类型不一致：${a} 与 ${b}`)
}

function isNumeric(type: Typed['type']): boolean {
  return type === 'number' || type === 'integer' || type === 'money'
}

function isFen(unit: Unit | undefined): boolean {
  return unit !== undefined && sameUnit(unit, { fen: 1 })
}
