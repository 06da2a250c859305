import Type from 'typebox'
import { session } from './session.ts'
import { coded, count, list, moment, nullable, words } from './words.ts'

const password = Type.String({ minLength: 1, maxLength: 200 })
const code = Type.String({ minLength: 1, maxLength: 40 })

/** What the sign-in page offers. */
export const signInWays = Type.Object({
  /** Title of the company's sign-in service; null when there is none. */
  oidc: nullable(words),
  /** False: only administrators still sign in with a password. */
  passwords: Type.Boolean(),
})

export const oidcStart = Type.Object({
  /** The console's page to come back to: a path of its own. */
  back: Type.Optional(Type.String({ maxLength: 500, pattern: '^/(?![/\\\\])' })),
})
export const oidcDeparture = Type.Object({ url: Type.String() })
/** Who is signed in now, and the page they wanted to go to when they left for the provider. */
export const oidcSession = Type.Object({ ...session.properties, back: nullable(Type.String()) })
/** The query the provider sent the browser back with, as it stands. */
export const oidcReturn = Type.Object({ query: Type.String({ minLength: 1, maxLength: 4000 }) })

const way = Type.Enum(['password', 'totp', 'oidc'])

export const sessions = Type.Object({
  rows: list(
    Type.Object({
      id: Type.String(),
      staff: Type.Object({ id: Type.String(), login: Type.String(), name: words }),
      way,
      createdAt: moment,
      /** When somebody last sat before it. */
      seenAt: moment,
      expiresAt: moment,
      address: nullable(Type.String()),
      /** What the browser called itself. */
      device: nullable(Type.String()),
      /** The session that asks. */
      isThis: Type.Boolean(),
    }),
  ),
})

export const account = Type.Object({
  login: Type.String(),
  name: words,
  unit: words,
  roles: list(coded),
  language: Type.Enum(['zh', 'en']),
  totp: Type.Object({ since: nullable(moment), recoveryCodesLeft: count }),
})

export const language = Type.Object({ language: Type.Enum(['zh', 'en']) })
export const provePassword = Type.Object({ password })
/** To be used once and changed; answered here and kept nowhere. */
export const onePassword = Type.Object({ login: Type.String(), password: Type.String() })
export const totpOffer = Type.Object({
  secret: Type.String({ description: 'base32, for typing by hand' }),
  uri: Type.String({ description: 'otpauth, for the QR code' }),
})
export const totpCode = Type.Object({ code })
export const recoveryCodes = Type.Object({ codes: list(Type.String()) })
