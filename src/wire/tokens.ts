import Type from 'typebox'
import { coded, list, moment, nullable, words } from './words.ts'

export const tokens = Type.Object({
  rows: list(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      permissions: list(coded),
      unit: Type.Object({ id: Type.String(), name: words }),
      createdBy: Type.String(),
      createdAt: moment,
      expiresAt: moment,
      /** Within a minute; null when it never was. */
      usedAt: nullable(moment),
      usedFrom: nullable(Type.String()),
      state: Type.Enum(['valid', 'expired', 'revoked']),
    }),
  ),
  /** What a token may be allowed to do. */
  permissions: list(coded),
  /** Where it may be at home, the highest unit first. */
  units: list(Type.Object({ id: Type.String(), name: words })),
})

export const newToken = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' }),
  permissions: Type.Array(Type.String({ maxLength: 80 }), { minItems: 1, maxItems: 100 }),
  unit: Type.String({ minLength: 1, maxLength: 80 }),
  days: Type.Integer({ minimum: 1, maximum: 366 }),
})

/** The token itself: answered once and kept nowhere. */
export const madeToken = Type.Object({ id: Type.String(), token: Type.String() })
