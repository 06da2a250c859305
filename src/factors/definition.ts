import type { Words } from './factor.ts'
import type { Place } from './faults.ts'

/** One entry of the catalogue as written: plain data with the line of every field. Nothing is resolved yet. */
export interface Definition {
  readonly id: string
  readonly kind: string
  readonly place: Place
  /** What the whole file says of its factors. */
  readonly subject: Words
  readonly owner: string
  readonly fields: Readonly<Record<string, Field>>
}

export interface Field {
  readonly value: unknown
  readonly line: number
}

export function placeOf(definition: Definition, field: string): Place {
  return { file: definition.place.file, line: definition.fields[field]?.line ?? definition.place.line }
}

export function isWords(value: unknown): value is Words {
  if (typeof value !== 'object' || value === null) return false
  const { en, zh } = value as Record<string, unknown>
  return typeof en === 'string' && en !== '' && typeof zh === 'string' && zh !== ''
}
