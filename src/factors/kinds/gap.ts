import { placeOf } from '../definition.ts'
import { feedUnfit } from '../faults.ts'
import type { Rows } from '../rows.ts'
import { fail, rowsIn, type Scope } from '../scope.ts'
import { call, literal, measure, type Value } from '../value.ts'
import { fromRows, type Resolution } from './kind.ts'

export interface Gap {
  readonly kind: 'gap'
  readonly rows: Rows
}

/** How many days lie between two days with such a row, on average. */
export function resolveGap(scope: Scope): Resolution<Gap> | undefined {
  const rows = rowsIn(scope, 'none')
  if (rows === undefined) return undefined
  if (rows.window.unit !== 'day') {
    const wanted = { en: 'one of events or of days', zh: '事件或按日数据源' }
    return fail(scope, feedUnfit(placeOf(scope.definition, 'feed'), rows.feed, wanted))
  }
  const missing = { en: 'fewer than two days with such a row', zh: '有记录的日子不足两天' }
  return fromRows(rows, { body: { kind: 'gap', rows }, type: 'number', unit: { day: 1 }, missing })
}

export function lowerGap({ rows }: Gap): Value {
  const whole = call('days-between', measure(rows, 'first-day'), measure(rows, 'last-day'))
  return call('divide', whole, call('subtract', measure(rows, 'days'), literal(1)))
}
