import { numberOf, type Scope } from '../scope.ts'
import { measure, orZero, type Value } from '../value.ts'
import { type Totals, totalsIn } from './daily.ts'
import { fromRows, neverMissing, type Resolution } from './kind.ts'

export interface DaysOver extends Totals {
  readonly kind: 'days_over'
  readonly limit: number
}

/** On how many days the total exceeded `over`. */
export function resolveDaysOver(scope: Scope): Resolution<DaysOver> | undefined {
  const limit = numberOf(scope, 'over')
  const totals = totalsIn(scope, 'days')
  if (totals === undefined || limit === undefined) return undefined
  const body: DaysOver = { kind: 'days_over', ...totals, limit }
  return fromRows(totals.rows, { body, type: 'integer', unit: { day: 1 }, missing: neverMissing })
}

export function lowerDaysOver({ rows, limit }: DaysOver): Value {
  return orZero(measure(rows, 'days-over', { limit }))
}
