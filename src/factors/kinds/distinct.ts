import type { Rows } from '../rows.ts'
import { rowsIn, type Scope } from '../scope.ts'
import { measure, orZero, type Value } from '../value.ts'
import { fromRows, neverMissing, type Resolution } from './kind.ts'

export interface Distinct {
  readonly kind: 'distinct'
  readonly rows: Rows
}

/** How many different values of a column: counterparties, cells. */
export function resolveDistinct(scope: Scope): Resolution<Distinct> | undefined {
  const rows = rowsIn(scope, 'text')
  if (rows === undefined) return undefined
  const body: Distinct = { kind: 'distinct', rows }
  return fromRows(rows, { body, type: 'integer', unit: { count: 1 }, missing: neverMissing })
}

export function lowerDistinct(distinct: Distinct): Value {
  return orZero(measure(distinct.rows, 'distinct'))
}
