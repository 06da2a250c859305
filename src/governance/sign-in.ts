import { createHash, randomBytes } from 'node:crypto'
import type { DeskDb } from '#desk'
import { err, type Fault, ok, type Result } from '#kernel'
import { audit } from './audit.ts'
import { passwordWrong, signInRefused } from './faults.ts'
import { forgetFailures, mayTry } from './lock-out.ts'
import { hashPassword, isPassword, passwordFault } from './password.ts'
import { normalLogin, type Staff, selectStaff, toStaff } from './staff.ts'
import { governance } from './tables.ts'

const sessionMs = 12 * 3_600_000
const tokenBytes = 32

export interface SignedIn {
  /** Goes to the browser and nowhere else; the desk keeps its SHA-256. */
  readonly token: string
  readonly staff: Staff
  readonly expiresAt: Date
}

/** Fault sign-in.refused, the same for whatever is wrong; each failure makes the next wait longer. */
export async function signIn(
  db: DeskDb,
  given: { readonly login: string; readonly password: string; readonly at: Date },
): Promise<Result<SignedIn, Fault<'sign-in.refused'>>> {
  const login = normalLogin(given.login)
  if (!(await mayTry(db, login, given.at))) return err(signInRefused())
  const row = await selectStaff(db).where('staff.login', '=', login).executeTakeFirst()
  // A hash is checked for an unknown login too: both answers take the same time.
  const isRight = await isPassword(given.password, row?.password_hash ?? nobodysHash)
  if (row === undefined || !isRight) {
    await audit(db, { at: given.at, staffId: row?.id ?? null, act: 'sign-in.refused', subject: 'session' })
    return err(signInRefused())
  }
  await forgetFailures(db, login)
  const token = randomBytes(tokenBytes).toString('base64url')
  const expiresAt = new Date(given.at.getTime() + sessionMs)
  await governance(db).deleteFrom('governance_session').where('expires_at', '<=', given.at).execute()
  await governance(db)
    .insertInto('governance_session')
    .values({
      token_sha256: tokenDigest(token),
      staff_id: row.id,
      created_at: given.at,
      expires_at: expiresAt,
    })
    .execute()
  await audit(db, { at: given.at, staffId: row.id, act: 'sign-in', subject: 'session' })
  return ok({ token, staff: toStaff(row), expiresAt })
}

/** Who holds this token now; undefined when nobody does. */
export async function staffOf(db: DeskDb, token: string, at: Date): Promise<Staff | undefined> {
  const row = await selectStaff(db)
    .innerJoin('governance_session as session', 'session.staff_id', 'staff.id')
    .where('session.token_sha256', '=', tokenDigest(token))
    .where('session.expires_at', '>', at)
    .executeTakeFirst()
  return row && toStaff(row)
}

export async function signOut(db: DeskDb, token: string, at: Date): Promise<void> {
  const ended = await governance(db)
    .deleteFrom('governance_session')
    .where('token_sha256', '=', tokenDigest(token))
    .returning('staff_id')
    .executeTakeFirst()
  if (ended) await audit(db, { at, staffId: ended.staff_id, act: 'sign-out', subject: 'session' })
}

export interface PasswordChange {
  readonly staffId: string
  readonly from: string
  readonly to: string
  readonly at: Date
}

/** Sets a new password and ends every session of that member of staff. Faults password.*. */
export async function changePassword(db: DeskDb, change: PasswordChange): Promise<Result<true>> {
  const row = await selectStaff(db).where('staff.id', '=', change.staffId).executeTakeFirst()
  if (row === undefined || !(await mayTry(db, row.login, change.at))) return err(passwordWrong())
  if (!(await isPassword(change.from, row.password_hash))) return err(passwordWrong())
  await forgetFailures(db, row.login)
  const fault = passwordFault(change.to, row.login)
  if (fault) return err(fault)
  const passwordHash = await hashPassword(change.to)
  await db.transaction().execute(async trx => {
    await governance(trx)
      .updateTable('governance_staff')
      .set({ password_hash: passwordHash, must_change_password: false })
      .where('id', '=', change.staffId)
      .execute()
    await governance(trx).deleteFrom('governance_session').where('staff_id', '=', change.staffId).execute()
    await audit(trx, { at: change.at, staffId: change.staffId, act: 'password.change', subject: 'session' })
  })
  return ok(true)
}

function tokenDigest(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** Of a password that nobody has. */
const nobodysHash =
  '$argon2id$v=19$m=19456,t=2,p=1$ZWvy0IBxMjo3wRiSeQJixw$mX+kHU1vVmCdMYutHCMVr9KxpgZMKfclYB/h+j+iVNk'
