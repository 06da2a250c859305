import type { Rows } from '../rows.ts'
import { lengthIn, type Scope } from '../scope.ts'
import { call, literal, measure, orZero, type Value } from '../value.ts'
import { daysOfWindow, isMonthly, type Totals, totalsIn } from './daily.ts'
import { fromRows, type Resolution, rowsWithColumn } from './kind.ts'

export interface Pace extends Totals {
  readonly kind: 'pace'
  /** How long the base window is, which ends where the window begins. */
  readonly against: number
}

/** The daily mean of a window against that of a longer one just before it; of monthly rows the mean of the months known. */
export function resolvePace(scope: Scope): Resolution<Pace> | undefined {
  const totals = totalsIn(scope, 'days or months')
  if (totals === undefined) return undefined
  const { rows } = totals
  const unit = rows.window.unit === 'month' ? 'month' : 'day'
  const against = lengthIn(scope, 'against', unit)
  if (against === undefined) return undefined
  const body: Pace = { kind: 'pace', ...totals, against }
  const missing = { en: 'nothing in the window before', zh: '此前的对照窗口没有数据' }
  return fromRows(rows, { body, type: 'number', unit: {}, missing })
}

export function lowerPace({ rows, fold, against }: Pace): Value {
  const { window } = rows
  if (window.unit === 'all') throw new TypeError('a pace needs a window')
  const before: Rows = { ...rows, window: { ...window, from: window.from + against, to: window.from } }
  if (isMonthly(rows)) return call('divide', mean(rows), mean(before))
  const longer = literal(against / daysOfWindow(rows))
  return call('multiply', call('divide', orZero(measure(rows, fold)), measure(before, fold)), longer)
}

function mean(rows: Rows): Value {
  return call('divide', measure(rows, 'sum'), measure(rowsWithColumn(rows), 'count'))
}
