import type { Rows } from '../rows.ts'
import { rowsIn, type Scope } from '../scope.ts'
import { measure, type Value } from '../value.ts'
import { fromRows, noRows, type Resolution, valuesOfColumn } from './kind.ts'

export interface Most {
  readonly kind: 'most'
  readonly rows: Rows
}

/** The commonest value of a column; of equally common ones the last in alphabetical order. */
export function resolveMost(scope: Scope): Resolution<Most> | undefined {
  const rows = rowsIn(scope, 'text')
  if (rows === undefined) return undefined
  const meaning = { body: { kind: 'most', rows } as const, type: 'text', unit: {}, missing: noRows } as const
  return { ...fromRows<Most>(rows, meaning), ...valuesOfColumn(rows) }
}

export function lowerMost(most: Most): Value {
  return measure(most.rows, 'most')
}
