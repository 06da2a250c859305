import type { Rows } from '../rows.ts'
import { rowsIn, type Scope } from '../scope.ts'
import { measure, type Value } from '../value.ts'
import { fromRows, noRows, type Resolution } from './kind.ts'

export interface FirstDay {
  readonly kind: 'first_day'
  readonly rows: Rows
}

/** The oldest day with such a row; of a state feed the oldest date `by`. */
export function resolveFirstDay(scope: Scope): Resolution<FirstDay> | undefined {
  const rows = rowsIn(scope, 'none')
  if (rows === undefined) return undefined
  return fromRows(rows, { body: { kind: 'first_day', rows }, type: 'date', unit: {}, missing: noRows })
}

export function lowerFirstDay({ rows }: FirstDay): Value {
  return rows.by === undefined ? measure(rows, 'first-day') : measure(rows, 'min', { column: rows.by })
}
