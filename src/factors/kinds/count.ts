import type { Rows } from '../rows.ts'
import { rowsIn, type Scope } from '../scope.ts'
import { measure, orZero, type Value } from '../value.ts'
import { fromRows, neverMissing, type Resolution } from './kind.ts'

export interface Count {
  readonly kind: 'count'
  readonly rows: Rows
}

/** How many rows. */
export function resolveCount(scope: Scope): Resolution<Count> | undefined {
  const rows = rowsIn(scope, 'none')
  if (rows === undefined) return undefined
  return fromRows(rows, {
    body: { kind: 'count', rows },
    type: 'integer',
    unit: { count: 1 },
    missing: neverMissing,
  })
}

export function lowerCount(count: Count): Value {
  return orZero(measure(count.rows, 'count'))
}
