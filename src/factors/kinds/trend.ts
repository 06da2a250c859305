import { feedOf } from '#ingest'
import { placeOf } from '../definition.ts'
import { feedUnfit } from '../faults.ts'
import type { Rows } from '../rows.ts'
import { fail, rowsIn, type Scope } from '../scope.ts'
import { over } from '../unit.ts'
import { measure, type Value } from '../value.ts'
import { fromRows, type Resolution, unitOfColumn } from './kind.ts'

export interface Trend {
  readonly kind: 'trend'
  readonly rows: Rows
}

/** By how much a column rises each month: the slope of the least-squares line through the months that have it. */
export function resolveTrend(scope: Scope): Resolution<Trend> | undefined {
  const rows = rowsIn(scope, 'number')
  if (rows === undefined) return undefined
  if (feedOf(rows.feed).kind !== 'month') {
    return fail(
      scope,
      feedUnfit(placeOf(scope.definition, 'feed'), rows.feed, { en: 'monthly', zh: '按月数据源' }),
    )
  }
  const missing = { en: 'fewer than two months known', zh: '已知月份不足两个月' }
  const unit = over(unitOfColumn(rows), { month: 1 })
  return fromRows(rows, { body: { kind: 'trend', rows }, type: 'number', unit, missing })
}

export function lowerTrend(trend: Trend): Value {
  return measure(trend.rows, 'slope')
}
