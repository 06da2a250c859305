import { placeOf } from '../definition.ts'
import { fieldMalformed } from '../faults.ts'
import { fail, type Scope, textOf } from '../scope.ts'
import { asOf, call, type Value } from '../value.ts'
import type { Resolution } from './kind.ts'

export interface Calendar {
  readonly kind: 'calendar'
  readonly fact: 'days_to_month_end'
}

/** A fact of the as-of day itself, the same for every subscriber. Days to month end: 0 on the last day of a month. */
export function resolveCalendar(scope: Scope): Resolution<Calendar> | undefined {
  const fact = textOf(scope, 'fact')
  if (fact === undefined) return undefined
  if (fact !== 'days_to_month_end') {
    const wanted = { en: 'days_to_month_end', zh: 'days_to_month_end' }
    return fail(scope, fieldMalformed(placeOf(scope.definition, 'fact'), 'fact', wanted))
  }
  return {
    body: { kind: 'calendar', fact },
    type: 'integer',
    unit: { day: 1 },
    feeds: [],
    needs: [],
    missing: { en: 'never', zh: '不会为空' },
  }
}

export function lowerCalendar(): Value {
  return call('days-between', asOf, call('month-end', asOf))
}
