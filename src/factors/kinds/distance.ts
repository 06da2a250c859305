import type { Scope } from '../scope.ts'
import { asOf, call, type Value } from '../value.ts'
import type { Resolution } from './kind.ts'
import { factorIn, fromFactors } from './other.ts'

const ways = ['days_since', 'days_until', 'months_since', 'days_to_anniversary'] as const

export interface Distance {
  readonly kind: (typeof ways)[number]
  readonly of: string
}

/** How far a date is from the as-of day: whole days since or until it, full months since it, days to its next anniversary. */
export function resolveDistance(kind: Distance['kind']): (scope: Scope) => Resolution<Distance> | undefined {
  return scope => {
    const of = factorIn(scope, 'of', ['date'])
    if (of === undefined) return undefined
    return fromFactors([of], {
      body: { kind, of: of.id },
      type: 'integer',
      unit: kind === 'months_since' ? { month: 1 } : { day: 1 },
      missing: { en: 'the date is missing', zh: '日期缺失' },
    })
  }
}

export function lowerDistance(distance: Distance): Value {
  const date: Value = { is: 'factor', id: distance.of }
  switch (distance.kind) {
    case 'days_since':
      return call('days-between', date, asOf)
    case 'days_until':
      return call('days-between', asOf, date)
    case 'months_since':
      return call('months-between', date, asOf)
    case 'days_to_anniversary':
      return call('next-anniversary', date, asOf)
  }
}
