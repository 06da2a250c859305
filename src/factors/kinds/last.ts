import type { Rows } from '../rows.ts'
import { rowsIn, type Scope } from '../scope.ts'
import { measure, type Value } from '../value.ts'
import { fromRows, noRows, type Resolution, typeOfColumn, unitOfColumn, valuesOfColumn } from './kind.ts'

export interface Last {
  readonly kind: 'last'
  readonly rows: Rows
}

/** The newest known value of a column; of several at the same moment the largest. */
export function resolveLast(scope: Scope): Resolution<Last> | undefined {
  const rows = rowsIn(scope, 'any')
  if (rows === undefined) return undefined
  const body: Last = { kind: 'last', rows }
  const meaning = { body, type: typeOfColumn(rows), unit: unitOfColumn(rows), missing: noRows }
  return { ...fromRows(rows, meaning), ...valuesOfColumn(rows) }
}

export function lowerLast(last: Last): Value {
  return measure(last.rows, 'last')
}
