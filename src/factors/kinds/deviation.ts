import type { Words } from '../factor.ts'
import type { Scope } from '../scope.ts'
import { call, literal, measure, orZero, type Value } from '../value.ts'
import { daysOfWindow, isMonthly, type Totals, totalsIn } from './daily.ts'
import {
  fromRows,
  neverMissing,
  type Resolution,
  rowsWithColumn,
  typeOfColumn,
  unitOfColumn,
} from './kind.ts'

export interface Deviation extends Totals {
  readonly kind: 'deviation'
}

export const fewMonths: Words = { en: 'fewer than two months known', zh: '已知月份不足两个月' }

/**
 * How far daily totals lie from their mean (the population's standard deviation); days without rows count as zero. Of
 * monthly rows over the months known. Of money, rounded to whole fen.
 */
export function resolveDeviation(scope: Scope): Resolution<Deviation> | undefined {
  const totals = totalsIn(scope, 'days or months')
  if (totals === undefined) return undefined
  const { rows, fold } = totals
  const type = fold === 'sum' && typeOfColumn(rows) === 'money' ? 'money' : 'number'
  const unit = fold === 'sum' ? unitOfColumn(rows) : { count: 1 }
  const missing = isMonthly(rows) ? fewMonths : neverMissing
  return fromRows(rows, { body: { kind: 'deviation', ...totals }, type, unit, missing })
}

export function lowerDeviation(deviation: Deviation): Value {
  const { spread, sum, count, scale } = spreadOf(deviation)
  const found = call('deviation', spread, sum, count)
  const scaled = scale === 1 ? found : call('divide', found, literal(scale))
  const isMoney = deviation.fold === 'sum' && typeOfColumn(deviation.rows) === 'money'
  return ofSeveral(deviation, isMoney ? call('round', scaled) : scaled)
}

/** The sum of squares, the sum and the count of totals, in whole numbers: `scale` of them make one. */
export function spreadOf({ rows, fold }: Totals) {
  const isWhole = fold === 'count' || typeOfColumn(rows) !== 'number'
  const sum = orZero(measure(rows, fold))
  return {
    spread: orZero(measure(rows, 'squares')),
    sum: isWhole ? sum : call('millionths', sum),
    count: isMonthly(rows) ? measure(rowsWithColumn(rows), 'count') : literal(daysOfWindow(rows)),
    scale: isWhole ? 1 : 1_000_000,
  }
}

/** One month alone cannot say how much months differ. */
export function ofSeveral({ rows }: Totals, value: Value): Value {
  if (!isMonthly(rows)) return value
  return call('if', call('greater', measure(rowsWithColumn(rows), 'count'), literal(1)), value, literal(null))
}
