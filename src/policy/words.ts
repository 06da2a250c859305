import Type, { type Static } from 'typebox'

export const words = Type.Object(
  { zh: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) },
  { additionalProperties: false },
)

export const id = Type.String({ pattern: '^[a-z][a-z0-9_]{1,62}$' })
export const fenAmount = Type.Integer({ minimum: 0, maximum: 10_000_000 })
export const channel = Type.Enum(['call', 'sms'])
export type Channel = Static<typeof channel>
