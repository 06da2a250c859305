import type { Rows } from '../rows.ts'
import type { Scope } from '../scope.ts'
import { call, literal, measure, type Value } from '../value.ts'
import { daysRows } from './active-days.ts'
import { fromRows, neverMissing, type Resolution } from './kind.ts'

export interface SilentDays {
  readonly kind: 'silent_days'
  readonly rows: Rows
}

/** The longest run of days in the window without such a row; the whole window when there was none. */
export function resolveSilentDays(scope: Scope): Resolution<SilentDays> | undefined {
  const rows = daysRows(scope)
  if (rows === undefined) return undefined
  const body: SilentDays = { kind: 'silent_days', rows }
  return fromRows(rows, { body, type: 'integer', unit: { day: 1 }, missing: neverMissing })
}

export function lowerSilentDays(silentDays: SilentDays): Value {
  const { window } = silentDays.rows
  const from = window.unit === 'all' ? 0 : window.from
  const to = window.unit === 'all' ? 0 : window.to
  const longest = call('longest-silence', measure(silentDays.rows, 'mask'), literal(from), literal(to))
  return call('coalesce', longest, literal(from - to))
}
