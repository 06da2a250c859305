import { placeOf } from '../definition.ts'
import { fieldMalformed } from '../faults.ts'
import { fail, listOf, optionalText, type Scope } from '../scope.ts'
import { parseUnit } from '../unit.ts'
import { call, type Value } from '../value.ts'
import type { Resolution } from './kind.ts'
import { factorIn, fromFactors, numeric } from './other.ts'

const measures = ['ratio', 'difference'] as const

export interface Peers {
  readonly kind: 'peers'
  readonly of: string
  readonly by: readonly string[]
  readonly as: (typeof measures)[number]
}

/** A factor beside the mean of those who are alike: the subscribers with the same values of some other factors. */
export function resolvePeers(scope: Scope): Resolution<Peers> | undefined {
  const of = factorIn(scope, 'of', numeric)
  const listed = listOf(scope, 'by')
  const text = optionalText(scope, 'as') ?? 'ratio'
  const as = measures.find(m => m === text)
  if (as === undefined) {
    const wanted = { en: measures.join(' or '), zh: measures.join('、') }
    return fail(scope, fieldMalformed(placeOf(scope.definition, 'as'), 'as', wanted))
  }
  if (of === undefined || listed === undefined) return undefined
  const by = listed.flatMap(id => scope.known.get(String(id)) ?? [])
  if (
    by.length === 0 ||
    by.length < listed.length ||
    by.some(f => f.type === 'number' || f.type === 'list')
  ) {
    const wanted = { en: 'text, whole, date or flag factors', zh: '文本、整数、日期或标志类因子列表' }
    return fail(scope, fieldMalformed(placeOf(scope.definition, 'by'), 'by', wanted))
  }
  return fromFactors([of, ...by], {
    body: { kind: 'peers', of: of.id, by: by.map(f => f.id), as },
    type: 'number',
    unit: as === 'ratio' ? {} : (parseUnit(of.unit) ?? {}),
    missing: { en: 'it is missing, or too few are alike', zh: '该因子缺失，或同类用户太少' },
  })
}

export function lowerPeers({ of, by, as }: Peers): Value {
  const own: Value = { is: 'factor', id: of }
  const mean: Value = { is: 'peers', of, by }
  return call(as === 'ratio' ? 'divide' : 'subtract', own, mean)
}
