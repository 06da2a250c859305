import type { Fault } from '#kernel'
import { isWords, placeOf } from './definition.ts'
import type { Factor, FactorType, Range, Twin } from './factor.ts'
import { fieldMalformed, fieldMissing } from './faults.ts'
import { numeric } from './kinds/other.ts'
import { fail, given, type Scope, valueIn, wordsOf } from './scope.ts'

/** What a definition says of its factor beside how it is made: nothing in the plan depends on it. */
export function declaredOf(scope: Scope, type: FactorType): Pick<Factor, 'range' | 'helps' | 'twin'> {
  const range = given(scope, 'range') ? rangeIn(scope, type) : undefined
  const helps = given(scope, 'helps') ? wordsOf(scope, 'helps') : undefined
  const twin = given(scope, 'twin') ? twinIn(scope) : undefined
  return {
    ...(range === undefined ? {} : { range }),
    ...(helps === undefined ? {} : { helps }),
    ...(twin === undefined ? {} : { twin }),
  }
}

/** What every factor of a catalogue must say: which decision it helps, and of a number what it must lie between. */
export function undeclared({ file, line, type, range, helps }: Factor): readonly Fault[] {
  const place = { file, line }
  return [
    ...(helps === undefined ? [fieldMissing(place, 'helps')] : []),
    ...(range === undefined && numeric.includes(type) ? [fieldMissing(place, 'range')] : []),
  ]
}

function rangeIn(scope: Scope, type: FactorType): Range | undefined {
  const place = placeOf(scope.definition, 'range')
  if (!numeric.includes(type)) {
    return fail(scope, fieldMalformed(place, 'range', { en: 'left out: no number', zh: '省略：不是数值' }))
  }
  const value = valueIn(scope, 'range')
  const [min, max, ...more] = Array.isArray(value) ? (value as unknown[]) : []
  if (isLimit(min) && isLimit(max) && more.length === 0 && (min === null || max === null || min <= max))
    return [min, max]
  const en = '[min, max] with min ≤ max, null for no limit'
  return fail(
    scope,
    fieldMalformed(place, 'range', { en, zh: '[最小, 最大] 且最小不大于最大，null 表示不限' }),
  )
}

function isLimit(value: unknown): value is number | null {
  return value === null || (typeof value === 'number' && Number.isFinite(value))
}

function twinIn(scope: Scope): Twin | undefined {
  const value = valueIn(scope, 'twin')
  if (typeof value === 'object' && value !== null) {
    const { of, because } = value as Record<string, unknown>
    if (typeof of === 'string' && of !== scope.definition.id && isWords(because)) return { of, because }
  }
  const en = '{ of: another factor, because: { zh: …, en: … } }'
  const wanted = { en, zh: '{ of: 另一个因子, because: { zh: …, en: … } }' }
  return fail(scope, fieldMalformed(placeOf(scope.definition, 'twin'), 'twin', wanted))
}
