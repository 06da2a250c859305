import { feedOf } from '#ingest'
import { placeOf } from '../definition.ts'
import { feedUnfit } from '../faults.ts'
import type { Rows } from '../rows.ts'
import { fail, rowsIn, type Scope } from '../scope.ts'
import { call, measure, type Value } from '../value.ts'
import { fromRows, type Resolution } from './kind.ts'

export interface Seasonal {
  readonly kind: 'seasonal'
  readonly rows: Rows
}

/** A column's sum over the last closed months against the same calendar months of the year before. */
export function resolveSeasonal(scope: Scope): Resolution<Seasonal> | undefined {
  const rows = rowsIn(scope, 'number')
  if (rows === undefined) return undefined
  if (feedOf(rows.feed).kind !== 'month') {
    const wanted = { en: 'monthly', zh: '按月数据源' }
    return fail(scope, feedUnfit(placeOf(scope.definition, 'feed'), rows.feed, wanted))
  }
  const missing = { en: 'one of the two years has no such month', zh: '今年或去年同期没有数据' }
  return fromRows(rows, { body: { kind: 'seasonal', rows }, type: 'number', unit: {}, missing })
}

export function lowerSeasonal({ rows }: Seasonal): Value {
  const { window } = rows
  if (window.unit === 'all') throw new TypeError('a season needs a window')
  const yearBefore: Rows = { ...rows, window: { ...window, from: window.from + 12, to: window.to + 12 } }
  return call('divide', measure(rows, 'sum'), measure(yearBefore, 'sum'))
}
