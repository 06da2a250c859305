import Type from 'typebox'
import { coded, count, day, list, nullable, words } from './words.ts'

export const signIn = Type.Object({
  login: Type.String({ minLength: 1, maxLength: 80 }),
  password: Type.String({ minLength: 1, maxLength: 200 }),
  /** Of the authenticator, or a recovery code: after the fault sign-in.code-needed. */
  code: Type.Optional(Type.String({ maxLength: 40 })),
})

/** Who is signed in, and how fresh what they see is. */
export const session = Type.Object({
  staff: Type.Object({
    id: Type.String(),
    login: Type.String(),
    name: words,
    roles: list(coded),
    unit: nullable(words),
    /** Nothing else is open to them before they have chosen a password of their own. */
    mustChangePassword: Type.Boolean(),
  }),
  permissions: list(Type.String()),
  language: Type.Enum(['zh', 'en']),
  businessDay: day,
  /** As-of day of the last finished night; null before the first. */
  asOf: nullable(day),
  /** The newest data day that was loaded; null when nothing was. */
  dataThrough: nullable(day),
  /** While the simulated city still lives on: how many of its days it has lived. */
  living: nullable(Type.Object({ lived: count, of: count })),
})

export const changePassword = Type.Object({
  current: Type.String({ minLength: 1, maxLength: 200 }),
  next: Type.String({ minLength: 1, maxLength: 200 }),
})

export const done = Type.Object({ done: Type.Literal(true) })

export const health = Type.Object({ alive: Type.Literal(true), version: Type.String() })
