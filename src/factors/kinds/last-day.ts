import type { Rows } from '../rows.ts'
import { rowsIn, type Scope } from '../scope.ts'
import { measure, type Value } from '../value.ts'
import { fromRows, noRows, type Resolution } from './kind.ts'

export interface LastDay {
  readonly kind: 'last_day'
  readonly rows: Rows
}

/** The newest day with such a row; of a state feed the newest date `by`. */
export function resolveLastDay(scope: Scope): Resolution<LastDay> | undefined {
  const rows = rowsIn(scope, 'none')
  if (rows === undefined) return undefined
  return fromRows(rows, { body: { kind: 'last_day', rows }, type: 'date', unit: {}, missing: noRows })
}

export function lowerLastDay({ rows }: LastDay): Value {
  return rows.by === undefined ? measure(rows, 'last-day') : measure(rows, 'max', { column: rows.by })
}
