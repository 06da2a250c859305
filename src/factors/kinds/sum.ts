import type { Rows } from '../rows.ts'
import { rowsIn, type Scope } from '../scope.ts'
import { measure, orZero, type Value } from '../value.ts'
import { fromRows, neverMissing, type Resolution, typeOfColumn, unitOfColumn } from './kind.ts'

export interface Sum {
  readonly kind: 'sum'
  readonly rows: Rows
}

/** The total of a column. */
export function resolveSum(scope: Scope): Resolution<Sum> | undefined {
  const rows = rowsIn(scope, 'number')
  if (rows === undefined) return undefined
  const body: Sum = { kind: 'sum', rows }
  return fromRows(rows, { body, type: typeOfColumn(rows), unit: unitOfColumn(rows), missing: neverMissing })
}

export function lowerSum(sum: Sum): Value {
  return orZero(measure(sum.rows, 'sum'))
}
