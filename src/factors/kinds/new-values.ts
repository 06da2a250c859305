import { placeOf } from '../definition.ts'
import { feedUnfit } from '../faults.ts'
import type { Rows } from '../rows.ts'
import { fail, rowsIn, type Scope } from '../scope.ts'
import { measure, orZero, type Value } from '../value.ts'
import { daysOfWindow } from './daily.ts'
import { fromRows, neverMissing, type Resolution } from './kind.ts'

export interface NewValues {
  readonly kind: 'new_values' | 'lost_values'
  readonly rows: Rows
}

/** How many values of a column came up in the window and not in the equally long one before it; or the other way round. */
export function resolveNewValues(
  kind: NewValues['kind'],
): (scope: Scope) => Resolution<NewValues> | undefined {
  return scope => {
    const rows = rowsIn(scope, 'text')
    if (rows === undefined) return undefined
    if (rows.window.unit !== 'day') {
      const wanted = { en: 'one of events or of days', zh: '事件或按日数据源' }
      return fail(scope, feedUnfit(placeOf(scope.definition, 'feed'), rows.feed, wanted))
    }
    const body: NewValues = { kind, rows }
    return fromRows(rows, { body, type: 'integer', unit: { count: 1 }, missing: neverMissing })
  }
}

export function lowerNewValues({ kind, rows }: NewValues): Value {
  const { window } = rows
  if (window.unit === 'all') throw new TypeError('new values need a window')
  const both: Rows = { ...rows, window: { ...window, from: window.from + daysOfWindow(rows) } }
  return orZero(measure(both, kind === 'new_values' ? 'new-values' : 'lost-values'))
}
