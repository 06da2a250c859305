import { feedOf } from '#ingest'
import { placeOf } from '../definition.ts'
import { feedUnfit, fieldMalformed } from '../faults.ts'
import type { Rows } from '../rows.ts'
import { fail, lengthIn, rowsIn, type Scope, textOf } from '../scope.ts'
import { call, literal, measure, orZero, type Value } from '../value.ts'
import { fromRows, type Resolution, rowsWithColumn } from './kind.ts'

const folds = ['sum', 'count'] as const

export interface Pace {
  readonly kind: 'pace'
  readonly rows: Rows
  readonly fold: (typeof folds)[number]
  /** How long the base window is, which ends where the window begins. */
  readonly against: number
}

/** The daily mean of a window against that of a longer one just before it; of monthly rows the mean of the months known. */
export function resolvePace(scope: Scope): Resolution<Pace> | undefined {
  const text = textOf(scope, 'fold')
  const fold = folds.find(f => f === text)
  if (fold === undefined) {
    const wanted = { en: 'sum or count', zh: 'sum 或 count' }
    if (text !== undefined) fail(scope, fieldMalformed(placeOf(scope.definition, 'fold'), 'fold', wanted))
    return undefined
  }
  const rows = rowsIn(scope, fold === 'sum' ? 'number' : 'none')
  if (rows === undefined) return undefined
  if (rows.window.unit === 'all' || (rows.window.unit === 'month' && fold === 'count')) {
    const wanted = {
      en: 'one of events or days, or monthly with fold: sum',
      zh: '事件或按日数据源；按月数据源只能用 fold: sum',
    }
    return fail(scope, feedUnfit(placeOf(scope.definition, 'feed'), rows.feed, wanted))
  }
  const against = lengthIn(scope, 'against', rows.window.unit)
  if (against === undefined) return undefined
  const body: Pace = { kind: 'pace', rows, fold, against }
  const missing = { en: 'nothing in the window before', zh: '此前的对照窗口没有数据' }
  return fromRows(rows, { body, type: 'number', unit: {}, missing })
}

export function lowerPace({ rows, fold, against }: Pace): Value {
  const { window } = rows
  if (window.unit === 'all') throw new TypeError('a pace needs a window')
  const before: Rows = { ...rows, window: { ...window, from: window.from + against, to: window.from } }
  if (feedOf(rows.feed).kind === 'month') return call('divide', mean(rows), mean(before))
  const longer = literal(against / (window.from - window.to))
  return call('multiply', call('divide', orZero(measure(rows, fold)), measure(before, fold)), longer)
}

function mean(rows: Rows): Value {
  return call('divide', measure(rows, 'sum'), measure(rowsWithColumn(rows), 'count'))
}
