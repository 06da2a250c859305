import { placeOf } from '../definition.ts'
import { windowTooLong } from '../faults.ts'
import { daysMaskMax, type Rows } from '../rows.ts'
import { fail, rowsIn, type Scope } from '../scope.ts'
import { call, measure, orZero, type Value } from '../value.ts'
import { fromRows, neverMissing, type Resolution } from './kind.ts'

export interface ActiveDays {
  readonly kind: 'active_days'
  readonly rows: Rows
}

/** On how many days there was such a row. */
export function resolveActiveDays(scope: Scope): Resolution<ActiveDays> | undefined {
  const rows = daysRows(scope)
  if (rows === undefined) return undefined
  const body: ActiveDays = { kind: 'active_days', rows }
  return fromRows(rows, { body, type: 'integer', unit: { day: 1 }, missing: neverMissing })
}

export function lowerActiveDays(activeDays: ActiveDays): Value {
  return orZero(call('count-days', measure(activeDays.rows, 'mask')))
}

/** Rows over a window of days that fits a 64-bit mask. */
export function daysRows(scope: Scope): Rows | undefined {
  const rows = rowsIn(scope, 'none')
  if (rows === undefined) return undefined
  if (rows.window.unit === 'day' && rows.window.from <= daysMaskMax) return rows
  return fail(scope, windowTooLong(placeOf(scope.definition, 'window'), daysMaskMax))
}
