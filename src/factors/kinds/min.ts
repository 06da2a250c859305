import type { Rows } from '../rows.ts'
import { rowsIn, type Scope } from '../scope.ts'
import { measure, type Value } from '../value.ts'
import { fromRows, noRows, type Resolution, typeOfColumn, unitOfColumn } from './kind.ts'

export interface Min {
  readonly kind: 'min'
  readonly rows: Rows
}

/** The smallest value of a number or date column. */
export function resolveMin(scope: Scope): Resolution<Min> | undefined {
  const rows = rowsIn(scope, 'ordered')
  if (rows === undefined) return undefined
  const body: Min = { kind: 'min', rows }
  return fromRows(rows, { body, type: typeOfColumn(rows), unit: unitOfColumn(rows), missing: noRows })
}

export function lowerMin(min: Min): Value {
  return measure(min.rows, 'min')
}
