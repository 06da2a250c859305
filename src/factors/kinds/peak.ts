import type { FactorType } from '../factor.ts'
import type { Scope } from '../scope.ts'
import { measure, orZero, type Value } from '../value.ts'
import { type Totals, totalsIn } from './daily.ts'
import { fromRows, neverMissing, type Resolution, typeOfColumn, unitOfColumn } from './kind.ts'

export interface Peak extends Totals {
  readonly kind: 'peak'
}

/** The largest daily total. */
export function resolvePeak(scope: Scope): Resolution<Peak> | undefined {
  const totals = totalsIn(scope, 'days')
  if (totals === undefined) return undefined
  const body: Peak = { kind: 'peak', ...totals }
  return fromRows(totals.rows, { body, ...totalMeaning(totals), missing: neverMissing })
}

export function lowerPeak({ rows }: Peak): Value {
  return orZero(measure(rows, 'peak'))
}

function totalMeaning({ rows, fold }: Totals): { type: FactorType; unit: ReturnType<typeof unitOfColumn> } {
  return fold === 'count'
    ? { type: 'integer', unit: { count: 1 } }
    : { type: typeOfColumn(rows), unit: unitOfColumn(rows) }
}
