import type { DeskDb } from '#desk'
import { err, type Fault, ok, type Result } from '#kernel'
import { audit } from './audit.ts'
import { passwordWrong, signInRefused } from './faults.ts'
import { forgetFailures, mayTry } from './lock-out.ts'
import { hashPassword, isPassword, passwordFault, pastFault, rememberPast } from './password.ts'
import { endSessions, type From, openSession, type SignedIn } from './session.ts'
import { codeNeeded, passwordsClosed } from './sign-in-faults.ts'
import { normalLogin, type Staff, selectStaff, toStaff } from './staff.ts'
import { governance } from './tables.ts'
import { secondStep } from './totp.ts'
import type { Vault } from './vault.ts'

export interface SignInAttempt {
  readonly login: string
  readonly password: string
  /** Of the authenticator, or a recovery code; asked for when two-step sign-in is on. */
  readonly code?: string | undefined
  readonly at: Date
  readonly vault: Vault
  readonly from?: From | undefined
  /** Where a sign-in service is in use, only those who manage staff keep their passwords: it may be down. */
  readonly isOnlyForAdministrators?: boolean | undefined
}

/**
 * Fault sign-in.refused, the same for whatever is wrong, also the code; sign-in.code-needed and
 * sign-in.passwords-closed only to somebody whose password was right. Each failure makes the next wait longer.
 */
export async function signIn(db: DeskDb, given: SignInAttempt): Promise<Result<SignedIn>> {
  const { at } = given
  const login = normalLogin(given.login)
  if (!(await mayTry(db, login, at))) return err(signInRefused())
  const row = await selectStaff(db).where('staff.login', '=', login).executeTakeFirst()
  // A hash is checked for an unknown login too: both answers take the same time.
  const isRight = await isPassword(given.password, row?.password_hash ?? nobodysHash)
  if (row === undefined || !isRight) return refused(db, row?.id, given)
  const staff = toStaff(row)
  if (given.isOnlyForAdministrators === true && !staff.permissions.has('staff.change')) {
    return err(passwordsClosed())
  }
  const step = await secondStep(db, { staffId: row.id, code: given.code, at, vault: given.vault })
  if (step === 'missing') return err(codeNeeded())
  if (step === 'wrong') return refused(db, row.id, given)
  await forgetFailures(db, login)
  return ok(
    await openSession(db, staff, { way: step === 'right' ? 'totp' : 'password', at, from: given.from }),
  )
}

async function refused(
  db: DeskDb,
  staffId: string | undefined,
  { at, from }: Pick<SignInAttempt, 'at' | 'from'>,
): Promise<Result<never, Fault<'sign-in.refused'>>> {
  const entry = { at, staffId: staffId ?? null, act: 'sign-in.refused', subject: 'session' }
  await audit(db, { ...entry, from: from?.address })
  return err(signInRefused())
}

/** Asks somebody who is signed in for their password again; wrong ones count like failed sign-ins. Fault password.wrong. */
export async function provePassword(
  db: DeskDb,
  given: { readonly staffId: string; readonly password: string; readonly at: Date },
): Promise<Result<{ readonly staff: Staff; readonly passwordHash: string }, Fault<'password.wrong'>>> {
  const row = await selectStaff(db).where('staff.id', '=', given.staffId).executeTakeFirst()
  if (row === undefined || !(await mayTry(db, row.login, given.at))) return err(passwordWrong())
  if (!(await isPassword(given.password, row.password_hash))) return err(passwordWrong())
  await forgetFailures(db, row.login)
  return ok({ staff: toStaff(row), passwordHash: row.password_hash })
}

export interface PasswordChange {
  readonly staffId: string
  readonly from: string
  readonly to: string
  readonly at: Date
  readonly address?: string | undefined
}

/** Sets a new password and ends every session of that member of staff. Faults password.*. */
export async function changePassword(db: DeskDb, change: PasswordChange): Promise<Result<true>> {
  const { staffId, at } = change
  const proved = await provePassword(db, { staffId, password: change.from, at })
  if (!proved.ok) return proved
  const { staff, passwordHash } = proved.value
  const fault =
    (await passwordFault(change.to, staff.login)) ??
    (await pastFault(db, staffId, { password: change.to, presentHash: passwordHash }))
  if (fault) return err(fault)
  const nextHash = await hashPassword(change.to)
  await db.transaction().execute(async trx => {
    await governance(trx)
      .updateTable('governance_staff')
      .set({ password_hash: nextHash, must_change_password: false })
      .where('id', '=', staffId)
      .execute()
    await rememberPast(trx, staffId, { passwordHash, at })
    await endSessions(trx, staffId)
    const entry = { at, staffId, act: 'password.change', subject: 'session' }
    await audit(trx, { ...entry, from: change.address })
  })
  return ok(true)
}

/** Of a password that nobody has. */
const nobodysHash =
  '$argon2id$v=19$m=19456,t=2,p=1$ZWvy0IBxMjo3wRiSeQJixw$mX+kHU1vVmCdMYutHCMVr9KxpgZMKfclYB/h+j+iVNk'
