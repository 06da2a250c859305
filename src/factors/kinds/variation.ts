import type { Scope } from '../scope.ts'
import { call, type Value } from '../value.ts'
import { type Totals, totalsIn } from './daily.ts'
import { ofSeveral, spreadOf } from './deviation.ts'
import { fromRows, type Resolution } from './kind.ts'

export interface Variation extends Totals {
  readonly kind: 'variation'
}

/** The deviation of daily (or monthly) totals against their mean: how uneven, whatever the size. */
export function resolveVariation(scope: Scope): Resolution<Variation> | undefined {
  const totals = totalsIn(scope, 'days or months')
  if (totals === undefined) return undefined
  const missing = { en: 'the mean is zero, or too few months are known', zh: '均值为零，或已知月份不足' }
  return fromRows(totals.rows, { body: { kind: 'variation', ...totals }, type: 'number', unit: {}, missing })
}

export function lowerVariation(variation: Variation): Value {
  const { spread, sum, count } = spreadOf(variation)
  return ofSeveral(
    variation,
    call('divide', call('deviation', spread, sum, count), call('divide', sum, count)),
  )
}
