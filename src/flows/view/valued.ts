import type { Factor } from '#factors'
import type { KnownFactor } from '#rules'
import type { Words } from './coded.ts'

export type ShownValue = string | number | boolean | null | readonly string[]

/** A factor's value for one subscriber, with the meaning of a code. */
export interface Valued {
  readonly id: string
  readonly title: Words
  readonly type: Factor['type']
  readonly unit: string | null
  readonly value: ShownValue
  readonly valueTitle: Words | null
}

export function valued(factor: KnownFactor, value: ShownValue): Valued {
  const { id, title, type, unit = null, values } = factor
  return { id, title, type, unit, value, valueTitle: (typeof value === 'string' && values?.[value]) || null }
}
