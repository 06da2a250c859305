import { placeOf } from '../definition.ts'
import type { Factor, FactorType } from '../factor.ts'
import { factorUnknown, typeClash } from '../faults.ts'
import { fail, type Scope, textOf } from '../scope.ts'
import type { Resolution } from './kind.ts'

export const numeric: readonly FactorType[] = ['number', 'integer', 'money']

/** The factor that a field names, if its type will do. */
export function factorIn(scope: Scope, field: string, types: readonly FactorType[]): Factor | undefined {
  const id = textOf(scope, field)
  if (id === undefined) return undefined
  const place = placeOf(scope.definition, field)
  const found = scope.known.get(id)
  if (found === undefined) return fail(scope, factorUnknown(place, id))
  if (types.includes(found.type)) return found
  return fail(
    scope,
    typeClash(
      place,
      `"${id}" is ${found.type}, wanted ${types.join(' or ')}`,
      `“${id}”的类型是 ${found.type}，需要 ${types.join(' 或 ')}`,
    ),
  )
}

/** What every kind that is computed from other factors has in common. */
export function fromFactors<Body>(
  of: readonly Factor[],
  more: Omit<Resolution<Body>, 'feeds' | 'needs'>,
): Resolution<Body> {
  return { ...more, feeds: [...new Set(of.flatMap(f => f.feeds))], needs: [...new Set(of.map(f => f.id))] }
}
