import type { Rows } from '../rows.ts'
import { rowsIn, type Scope } from '../scope.ts'
import { measure, type Value } from '../value.ts'
import { fromRows, noRows, type Resolution, typeOfColumn, unitOfColumn } from './kind.ts'

export interface Max {
  readonly kind: 'max'
  readonly rows: Rows
}

/** The largest value of a number or date column. */
export function resolveMax(scope: Scope): Resolution<Max> | undefined {
  const rows = rowsIn(scope, 'ordered')
  if (rows === undefined) return undefined
  const body: Max = { kind: 'max', rows }
  return fromRows(rows, { body, type: typeOfColumn(rows), unit: unitOfColumn(rows), missing: noRows })
}

export function lowerMax(max: Max): Value {
  return measure(max.rows, 'max')
}
