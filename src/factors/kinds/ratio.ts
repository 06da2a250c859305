import type { Scope } from '../scope.ts'
import { over, parseUnit } from '../unit.ts'
import { call, type Value } from '../value.ts'
import type { Resolution } from './kind.ts'
import { factorIn, fromFactors, numeric } from './other.ts'

export interface Ratio {
  readonly kind: 'ratio'
  readonly over: string
  readonly under: string
}

/** One factor divided by another. */
export function resolveRatio(scope: Scope): Resolution<Ratio> | undefined {
  const above = factorIn(scope, 'over', numeric)
  const below = factorIn(scope, 'under', numeric)
  if (above === undefined || below === undefined) return undefined
  return fromFactors([above, below], {
    body: { kind: 'ratio', over: above.id, under: below.id },
    type: 'number',
    unit: over(parseUnit(above.unit) ?? {}, parseUnit(below.unit) ?? {}),
    missing: { en: 'the divisor is zero or missing', zh: '除数为零或缺失' },
  })
}

export function lowerRatio(ratio: Ratio): Value {
  return call('divide', { is: 'factor', id: ratio.over }, { is: 'factor', id: ratio.under })
}
