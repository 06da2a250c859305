import Type, { type Static, type TSchema } from 'typebox'

/** Pieces that every answer is made of. Money is whole fen, days are ISO text, every word has two languages. */

export const words = Type.Object({ zh: Type.String(), en: Type.String() })
export type Words = Static<typeof words>

export const day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'a day, 2026-11-22' })
export const moment = Type.String({ description: 'a UTC moment, 2026-11-22T01:30:00.000Z' })
export const fen = Type.Integer({ description: 'money in whole fen (1/100 yuan)' })
export const count = Type.Integer({ minimum: 0 })
export const level = Type.Enum(['high', 'medium', 'low', 'stable'])
export type Level = Static<typeof level>

/** A code with its title: the console shows the title and never has to know every code. */
export const coded = Type.Object({ code: Type.String(), title: words })
export type Coded = Static<typeof coded>
export const counted = Type.Object({ code: Type.String(), title: words, count })

/** A member of staff. */
export const person = Type.Object({ id: Type.String(), name: words })

/** A failed request: what went wrong, for people in both languages, and where, for machines. */
export const fault = Type.Object({
  code: Type.String({ description: 'noun.problem' }),
  en: Type.String(),
  zh: Type.String(),
  at: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))),
})
export type WireFault = Static<typeof fault>

export function list<T extends TSchema>(item: T) {
  return Type.Immutable(Type.Array(item))
}

export function nullable<T extends TSchema>(item: T) {
  return Type.Union([item, Type.Null()])
}

/** Which rows of a long list: pages count from 1. */
export const pageQuery = {
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000, default: 1 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
}

/** What a long list says about itself. */
export const pageReply = { total: count, page: Type.Integer(), pageSize: Type.Integer() }

export const factorType = Type.Enum(['number', 'integer', 'money', 'date', 'text', 'flag', 'list'])
export const factorValue = Type.Union([
  Type.Null(),
  Type.Boolean(),
  Type.Number(),
  Type.String(),
  list(Type.String()),
])
export type FactorValue = Static<typeof factorValue>

/** A factor's value for one subscriber on the as-of day; null is missing. Money is fen, dates are ISO text. */
export const valuedFactor = Type.Object({
  id: Type.String(),
  title: words,
  type: factorType,
  unit: nullable(Type.String()),
  value: factorValue,
  /** What a code means; null when the value is no code. */
  valueTitle: nullable(words),
})
export type ValuedFactor = Static<typeof valuedFactor>
