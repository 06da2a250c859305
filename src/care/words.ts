import Type from 'typebox'

export const closed = { additionalProperties: false }
export const words = Type.Object(
  { zh: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) },
  closed,
)
export const id = Type.String({ pattern: '^[a-z][a-z0-9_]{1,47}$' })
