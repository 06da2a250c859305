import { feedOf } from '#ingest'
import { placeOf } from '../definition.ts'
import { feedUnfit, fieldMalformed } from '../faults.ts'
import type { Rows } from '../rows.ts'
import { fail, rowsIn, type Scope, textOf } from '../scope.ts'

/** Rows of a feed with days (or months, where a row is a month), and how those of one day become its total. */
export interface Totals {
  readonly rows: Rows
  readonly fold: 'sum' | 'count'
}

export function totalsIn(scope: Scope, wants: 'days' | 'days or months'): Totals | undefined {
  const text = textOf(scope, 'fold')
  const fold = (['sum', 'count'] as const).find(f => f === text)
  if (fold === undefined) {
    const wanted = { en: 'sum or count', zh: 'sum 或 count' }
    if (text !== undefined) fail(scope, fieldMalformed(placeOf(scope.definition, 'fold'), 'fold', wanted))
    return undefined
  }
  const rows = rowsIn(scope, fold === 'sum' ? 'number' : 'none')
  if (rows === undefined) return undefined
  if (rows.window.unit === 'day') return { rows, fold }
  if (wants === 'days or months' && isMonthly(rows) && fold === 'sum') return { rows, fold }
  const days = { en: 'one of events or of days', zh: '事件或按日数据源' }
  const months = { en: `${days.en}, or monthly with fold: sum`, zh: `${days.zh}；按月数据源只能用 fold: sum` }
  const wanted = wants === 'days' ? days : months
  return fail(scope, feedUnfit(placeOf(scope.definition, 'feed'), rows.feed, wanted))
}

export function isMonthly(rows: Rows): boolean {
  return feedOf(rows.feed).kind === 'month'
}

export function daysOfWindow({ window }: Rows): number {
  return window.unit === 'all' ? 0 : window.from - window.to
}
