import type { Rows } from '../rows.ts'
import { rowsIn, type Scope } from '../scope.ts'
import { call, measure, type Value } from '../value.ts'
import { fromRows, noRows, type Resolution, rowsWithColumn, typeOfColumn, unitOfColumn } from './kind.ts'

export interface Avg {
  readonly kind: 'avg'
  readonly rows: Rows
}

/** The mean of a column over the rows that have it; of money, rounded to whole fen. */
export function resolveAvg(scope: Scope): Resolution<Avg> | undefined {
  const rows = rowsIn(scope, 'number')
  if (rows === undefined) return undefined
  const type = typeOfColumn(rows) === 'money' ? 'money' : 'number'
  return fromRows(rows, { body: { kind: 'avg', rows }, type, unit: unitOfColumn(rows), missing: noRows })
}

export function lowerAvg(avg: Avg): Value {
  const mean = call('divide', measure(avg.rows, 'sum'), measure(rowsWithColumn(avg.rows), 'count'))
  return typeOfColumn(avg.rows) === 'money' ? call('round', mean) : mean
}
