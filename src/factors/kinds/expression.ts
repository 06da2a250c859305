import { placeOf } from '../definition.ts'
import type { Factor, FactorType } from '../factor.ts'
import { factorUnknown, formulaMalformed, typeClash, unitClash } from '../faults.ts'
import { type Formula, namesIn, parseFormula } from '../formula.ts'
import { Clash, typed } from '../formula-type.ts'
import { fail, type Scope, textOf } from '../scope.ts'
import type { Value } from '../value.ts'
import type { Resolution } from './kind.ts'
import { fromFactors } from './other.ts'

export interface Expression {
  readonly kind: 'expression'
  readonly value: Value
}

/** A formula over other factors, checked for types and units. */
export function resolveExpression(scope: Scope): Resolution<Expression> | undefined {
  const text = textOf(scope, 'formula')
  if (text === undefined) return undefined
  const place = placeOf(scope.definition, 'formula')
  const parsed = parseFormula(text)
  if ('found' in parsed) return fail(scope, formulaMalformed(place, text, parsed.found))
  const names = namesIn(parsed)
  const unknown = names.filter(id => !scope.known.has(id))
  for (const id of unknown) fail(scope, factorUnknown(place, id))
  if (unknown.length > 0) return undefined
  const of = names.flatMap(id => scope.known.get(id) ?? [])
  return checked(scope, parsed, of)
}

function checked(scope: Scope, formula: Formula, of: readonly Factor[]): Resolution<Expression> | undefined {
  const place = placeOf(scope.definition, 'formula')
  try {
    const { type, unit, value } = typed(formula, scope.known)
    const missing = { en: 'something it needs is missing', zh: '所依赖的因子缺失' }
    const made: FactorType = type === 'nothing' ? 'number' : type
    return fromFactors(of, { body: { kind: 'expression', value }, type: made, unit: unit ?? {}, missing })
  } catch (error) {
    if (!(error instanceof Clash)) throw error
    return fail(scope, error.units ? unitClash(place, ...error.units) : typeClash(place, error.en, error.zh))
  }
}

export function lowerExpression(expression: Expression): Value {
  return expression.value
}
