import { placeOf } from '../definition.ts'
import { fieldMalformed } from '../faults.ts'
import type { Rows } from '../rows.ts'
import { fail, optionalText, type Scope } from '../scope.ts'
import { call, literal, measure, type Value } from '../value.ts'
import { daysRows } from './active-days.ts'
import { fromRows, neverMissing, type Resolution } from './kind.ts'

export interface Streak {
  readonly kind: 'streak'
  readonly rows: Rows
  readonly of: 'rows' | 'silence'
}

/** How many days in a row, up to the newest of the window, had such a row; or, of silence, had none. */
export function resolveStreak(scope: Scope): Resolution<Streak> | undefined {
  const of = optionalText(scope, 'of') ?? 'rows'
  if (of !== 'rows' && of !== 'silence') {
    const wanted = { en: 'rows or silence', zh: 'rows 或 silence' }
    return fail(scope, fieldMalformed(placeOf(scope.definition, 'of'), 'of', wanted))
  }
  const rows = daysRows(scope)
  if (rows === undefined) return undefined
  const body: Streak = { kind: 'streak', rows, of }
  return fromRows(rows, { body, type: 'integer', unit: { day: 1 }, missing: neverMissing })
}

export function lowerStreak({ rows, of }: Streak): Value {
  const { window } = rows
  const [from, to] = window.unit === 'all' ? [0, 0] : [window.from, window.to]
  const fn = of === 'rows' ? 'newest-run' : 'newest-silence'
  const none = literal(of === 'rows' ? 0 : from - to)
  return call('coalesce', call(fn, measure(rows, 'mask'), literal(to)), none)
}
