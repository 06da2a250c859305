import { Secret, TOTP } from 'otpauth'
import type { DeskDb } from '#desk'
import { err, type Fault, ok, type Result } from '#kernel'
import { audit } from './audit.ts'
import { oneTimePassword } from './password.ts'
import { secretDigest } from './secret.ts'
import { type By, entryBy } from './session.ts'
import { codeWrong, totpOff, totpOn } from './sign-in-faults.ts'
import { signInTables } from './sign-in-tables.ts'
import type { Staff } from './staff.ts'
import { isSealed, type Vault } from './vault.ts'

const periodS = 30
const secretBytes = 20
const recoveryCodes = 10

export interface TotpOffer {
  /** For typing by hand, base32. */
  readonly secret: string
  /** For the QR code. */
  readonly uri: string
}

/** A new secret for an authenticator; it counts once a code of it was shown. Fault totp.on. */
export async function beginTotp(
  db: DeskDb,
  staff: Staff,
  { at, vault }: { readonly at: Date; readonly vault: Vault },
): Promise<Result<TotpOffer, Fault<'totp.on'>>> {
  if ((await confirmed(db, staff.id)) !== undefined) return err(totpOn())
  const secret = new Secret({ size: secretBytes }).base32
  const sealed = vault.seal(secret, staff.id)
  await signInTables(db)
    .insertInto('governance_totp')
    .values({ staff_id: staff.id, secret: sealed, begun_at: at, confirmed_at: null })
    .onConflict(conflict =>
      conflict.column('staff_id').doUpdateSet({ secret: sealed, begun_at: at, last_step: 0 }),
    )
    .execute()
  return ok({ secret, uri: authenticator(secret, staff.login).toString() })
}

/** Turns two-step sign-in on; answers the recovery codes, here and never again. Faults totp.off, totp.on, totp.code-wrong. */
export async function confirmTotp(
  db: DeskDb,
  staff: Staff,
  given: {
    readonly code: string
    readonly at: Date
    readonly vault: Vault
    readonly from?: string | undefined
  },
): Promise<Result<readonly string[]>> {
  const tables = signInTables(db)
  const row = await tables
    .selectFrom('governance_totp')
    .select(['secret', 'confirmed_at'])
    .where('staff_id', '=', staff.id)
    .executeTakeFirst()
  if (row === undefined) return err(totpOff())
  if (row.confirmed_at !== null) return err(totpOn())
  if (!(await spendCode(db, { staffId: staff.id, secret: row.secret, ...given }))) return err(codeWrong())
  const codes = Array.from({ length: recoveryCodes }, oneTimePassword)
  await db.transaction().execute(async trx => {
    await signInTables(trx)
      .updateTable('governance_totp')
      .set({ confirmed_at: given.at })
      .where('staff_id', '=', staff.id)
      .execute()
    await signInTables(trx)
      .insertInto('governance_recovery_code')
      .values(
        codes.map(code => ({
          staff_id: staff.id,
          code_sha256: secretDigest(plainCode(code)),
          used_at: null,
        })),
      )
      .execute()
    await audit(trx, { ...entryBy({ ...given, by: staff.id }), act: 'totp.on', subject: `staff:${staff.id}` })
  })
  return ok(codes)
}

/** Turns two-step sign-in off, by oneself or by an administrator whose hand the authenticator is not in. */
export async function endTotp(db: DeskDb, end: By & { readonly staffId: string }): Promise<void> {
  await db.transaction().execute(async trx => {
    const tables = signInTables(trx)
    await tables.deleteFrom('governance_recovery_code').where('staff_id', '=', end.staffId).execute()
    await tables.deleteFrom('governance_totp').where('staff_id', '=', end.staffId).execute()
    await audit(trx, { ...entryBy(end), act: 'totp.off', subject: `staff:${end.staffId}` })
  })
}

export interface TotpState {
  readonly since: Date | null
  readonly recoveryCodesLeft: number
}

export async function totpState(db: DeskDb, staffId: string): Promise<TotpState> {
  const since = (await confirmed(db, staffId))?.confirmed_at ?? null
  const left = await signInTables(db)
    .selectFrom('governance_recovery_code')
    .select(is => is.fn.countAll<number>().as('left'))
    .where('staff_id', '=', staffId)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow()
  return { since, recoveryCodesLeft: Number(left.left) }
}

export type SecondStep = 'off' | 'missing' | 'wrong' | 'right'

/** Whether a code lets a member of staff in. One that did never does again: a step and a recovery code count once. */
export async function secondStep(
  db: DeskDb,
  given: {
    readonly staffId: string
    readonly code: string | undefined
    readonly at: Date
    readonly vault: Vault
  },
): Promise<SecondStep> {
  const row = await confirmed(db, given.staffId)
  if (row === undefined) return 'off'
  if (given.code === undefined || given.code.trim() === '') return 'missing'
  const { staffId, code, at, vault } = given
  const isRight =
    (await spendCode(db, { staffId, code, at, vault, secret: row.secret })) ||
    (await spendRecoveryCode(db, { staffId, code, at }))
  return isRight ? 'right' : 'wrong'
}

function confirmed(db: DeskDb, staffId: string) {
  return signInTables(db)
    .selectFrom('governance_totp')
    .select(['secret', 'confirmed_at'])
    .where('staff_id', '=', staffId)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst()
}

interface Code {
  readonly staffId: string
  readonly code: string
  readonly at: Date
}

/** RFC 6238: the step before and after count too; a step that was used, or one before it, does not. */
async function spendCode(
  db: DeskDb,
  given: Code & { readonly secret: string; readonly vault: Vault },
): Promise<boolean> {
  const token = given.code.replaceAll(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return false
  const timestamp = given.at.getTime()
  // With another key than it was sealed with, no code is right; a recovery code still is.
  const secret = given.vault.open(given.secret, given.staffId)
  if (secret === undefined) return false
  const delta = authenticator(secret, '').validate({ token, timestamp, window: 1 })
  if (delta === null) return false
  const step = Math.floor(timestamp / 1000 / periodS) + delta
  const used = await signInTables(db)
    .updateTable('governance_totp')
    .set({ last_step: step })
    .where('staff_id', '=', given.staffId)
    .where('last_step', '<', step)
    .returning('staff_id')
    .execute()
  return used.length === 1
}

async function spendRecoveryCode(db: DeskDb, given: Code): Promise<boolean> {
  const used = await signInTables(db)
    .updateTable('governance_recovery_code')
    .set({ used_at: given.at })
    .where('staff_id', '=', given.staffId)
    .where('code_sha256', '=', secretDigest(plainCode(given.code)))
    .where('used_at', 'is', null)
    .returning('staff_id')
    .execute()
  return used.length === 1
}

/** As it may be typed: case, blanks and dashes do not matter. */
function plainCode(code: string): string {
  return code.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}

function authenticator(secret: string, label: string): TOTP {
  return new TOTP({
    issuer: 'Weiwan',
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: periodS,
    secret: Secret.fromBase32(secret),
  })
}

/** Seals what an earlier version kept as it was. */
export async function sealSecrets(db: DeskDb, vault: Vault): Promise<void> {
  const tables = signInTables(db)
  const rows = await tables.selectFrom('governance_totp').select(['staff_id', 'secret']).execute()
  for (const { staff_id: id, secret } of rows.filter(row => !isSealed(row.secret)))
    await tables
      .updateTable('governance_totp')
      .set({ secret: vault.seal(secret, id) })
      .where('staff_id', '=', id)
      .where('secret', '=', secret)
      .execute()
}

/** Two-step sign-in, for the door. */
export const twoStep = {
  sealSecrets,
  begin: beginTotp,
  confirm: confirmTotp,
  end: endTotp,
  state: totpState,
} as const
