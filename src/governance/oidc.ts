import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'
import type { DeskDb } from '#desk'
import { err, type Fault, ok, type Result } from '#kernel'
import { audit } from './audit.ts'
import { secretDigest } from './secret.ts'
import { type From, openSession, type SignedIn } from './session.ts'
import {
  oidcAnswerWrong,
  oidcAttemptUnknown,
  oidcDenied,
  oidcLinkedOtherwise,
  oidcStranger,
  oidcUnreachable,
} from './sign-in-faults.ts'
import { signInTables } from './sign-in-tables.ts'
import { normalLogin, type Staff, selectStaff, toStaff } from './staff.ts'

/** How long somebody may take at the provider. */
const attemptMs = 10 * 60_000
const providerTimeoutS = 10

/** A sign-in service of the company, spoken to by OpenID Connect: authorization code with PKCE, state and nonce. */
export interface OidcProvider {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret?: string | undefined
  /** The claim that holds the login here; `email` counts only when the provider has verified it. */
  readonly claim: string
  readonly scope: string
  /** Where the provider sends people back to: a page of the console. */
  readonly returnTo: string
}

export interface OidcDeparture {
  /** Where to send the browser. */
  readonly url: string
  /** Kept by the browser that left, so that no other can finish. */
  readonly state: string
}

/** Begins signing in at the provider. Faults oidc.unreachable, oidc.answer-wrong. */
export async function beginOidc(
  db: DeskDb,
  provider: OidcProvider,
  given: { readonly back?: string | undefined; readonly at: Date },
): Promise<Result<OidcDeparture>> {
  const found = await asFault(() => configurationOf(provider))
  if (!found.ok) return found
  const [state, nonce, verifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()]
  const tables = signInTables(db)
  await tables
    .deleteFrom('governance_oidc_attempt')
    .where('begun_at', '<=', new Date(given.at.getTime() - attemptMs))
    .execute()
  await tables
    .insertInto('governance_oidc_attempt')
    .values({
      state_sha256: secretDigest(state),
      nonce,
      verifier,
      back: given.back ?? null,
      begun_at: given.at,
    })
    .execute()
  const url = buildAuthorizationUrl(found.value, {
    redirect_uri: provider.returnTo,
    scope: provider.scope,
    state,
    nonce,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  })
  return ok({ url: url.href, state })
}

export interface OidcReturn {
  /** The query the provider sent the browser back with. */
  readonly query: string
  /** What the browser kept when it left. */
  readonly keptState: string | undefined
  readonly at: Date
  readonly from?: From | undefined
}

/** Ends what `beginOidc` began; each can be ended once, by the browser that began it. Faults oidc.*. */
export async function finishOidc(
  db: DeskDb,
  provider: OidcProvider,
  given: OidcReturn,
): Promise<Result<SignedIn & { readonly back: string | null }>> {
  const { at } = given
  const returned = new URL(provider.returnTo)
  returned.search = given.query
  const attempt = await takeAttempt(db, returned.searchParams.get('state'), given)
  if (attempt === undefined) return err(oidcAttemptUnknown())
  const asked = await asFault(async () => {
    const tokens = await authorizationCodeGrant(await configurationOf(provider), returned, {
      pkceCodeVerifier: attempt.verifier,
      expectedState: attempt.state,
      expectedNonce: attempt.nonce,
      idTokenExpected: true,
    })
    return tokens.claims()
  })
  if (!asked.ok) return asked
  if (asked.value === undefined) return err(oidcAnswerWrong())
  const who = await staffMeant(db, provider, { claims: asked.value, at })
  if (!who.ok) {
    const entry = { at, staffId: null, act: 'sign-in.refused', subject: 'session', detail: { way: 'oidc' } }
    await audit(db, { ...entry, from: given.from?.address })
    return who
  }
  const session = await openSession(db, who.value, { way: 'oidc', at, from: given.from })
  return ok({ ...session, back: attempt.back })
}

async function takeAttempt(db: DeskDb, state: string | null, given: OidcReturn) {
  if (state === null || state !== given.keptState) return undefined
  const row = await signInTables(db)
    .deleteFrom('governance_oidc_attempt')
    .where('state_sha256', '=', secretDigest(state))
    .returning(['nonce', 'verifier', 'back', 'begun_at'])
    .executeTakeFirst()
  const isInTime = row !== undefined && given.at.getTime() - row.begun_at.getTime() < attemptMs
  return isInTime ? { ...row, state } : undefined
}

interface Claims {
  readonly sub: string
  readonly [name: string]: unknown
}

/**
 * Whom the provider means. A subject that was here before is the member of staff it was then, whatever it is called now.
 * A new one is linked to the account whose login the claim names, if that account has no other subject; nothing is created.
 */
async function staffMeant(
  db: DeskDb,
  provider: OidcProvider,
  { claims, at }: { readonly claims: Claims; readonly at: Date },
): Promise<Result<Staff>> {
  const { issuer } = provider
  const tables = signInTables(db)
  const linked = await tables
    .selectFrom('governance_identity')
    .select('staff_id')
    .where('issuer', '=', issuer)
    .where('subject', '=', claims.sub)
    .executeTakeFirst()
  const login = loginIn(claims, provider.claim)
  if (linked === undefined && login === undefined) return err(oidcStranger())
  const row = await selectStaff(db)
    .where(
      linked === undefined ? 'staff.login' : 'staff.id',
      '=',
      linked === undefined ? (login ?? '') : linked.staff_id,
    )
    .executeTakeFirst()
  if (row === undefined) return err(oidcStranger())
  if (linked !== undefined) return ok(toStaff(row))
  const added = await tables
    .insertInto('governance_identity')
    .values({ issuer, subject: claims.sub, staff_id: row.id, linked_at: at })
    .onConflict(conflict => conflict.doNothing())
    .returning('staff_id')
    .executeTakeFirst()
  if (added === undefined) return err(oidcLinkedOtherwise())
  await audit(db, { at, staffId: row.id, act: 'oidc.link', subject: `staff:${row.id}` })
  return ok(toStaff(row))
}

function loginIn(claims: Claims, claim: string): string | undefined {
  const value = claims[claim]
  if (typeof value !== 'string' || value.trim() === '') return undefined
  if (claim === 'email' && claims['email_verified'] !== true) return undefined
  return normalLogin(value)
}

const known = new Map<string, Promise<Configuration>>()

/** What a provider says about itself, asked once; one that did not answer is asked again. */
function configurationOf(provider: OidcProvider): Promise<Configuration> {
  const key = JSON.stringify([provider.issuer, provider.clientId, provider.clientSecret])
  const present = known.get(key)
  if (present !== undefined) return present
  const issuer = new URL(provider.issuer)
  const asked = discovery(issuer, provider.clientId, provider.clientSecret, undefined, {
    timeout: providerTimeoutS,
    ...(isThisMachine(issuer) ? { execute: [allowInsecureRequests] } : {}),
  })
  known.set(key, asked)
  asked.catch(() => known.delete(key))
  return asked
}

/** Only a provider on this machine may be spoken to without TLS. */
function isThisMachine(issuer: URL): boolean {
  return ['127.0.0.1', '[::1]', 'localhost'].includes(issuer.hostname)
}

/** The library throws for a provider that is down, one that says no, and one whose answer does not hold. */
async function asFault<T>(ask: () => Promise<T>): Promise<Result<T, Fault>> {
  try {
    return ok(await ask())
  } catch (error) {
    if (error instanceof AuthorizationResponseError) return err(oidcDenied())
    return err(isSilence(error) ? oidcUnreachable() : oidcAnswerWrong())
  }
}

/** No connection, no answer in time, or an answer that says the provider is unwell. */
function isSilence(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code, name } = cause as Error & { code?: unknown }
    const words = [name, typeof code === 'string' ? code : '']
    if (words.some(word => silences.test(word))) return true
    if (cause.message === 'fetch failed') return true
  }
  const { cause } = error as { cause?: unknown }
  return cause instanceof Response && cause.status >= 500
}

const silences = /^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EHOST|ENET|UND_ERR|OAUTH_TIMEOUT|TimeoutError|AbortError)/

/** Signing in through a company's service, for the door. */
export const oidc = { begin: beginOidc, finish: finishOidc } as const
