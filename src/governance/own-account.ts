import type { DeskDb } from '#desk'
import { err, type Fault, ok, type Result, type RowScope } from '#kernel'
import { audit } from './audit.ts'
import { forgetFailures } from './lock-out.ts'
import { staffNowhere } from './organisation-faults.ts'
import { hashPassword, oneTimePassword, rememberPast } from './password.ts'
import { type By, endSessions, entryBy } from './session.ts'
import { governance } from './tables.ts'
import { endTotp } from './totp.ts'
import { isUnitWithin } from './units-within.ts'

/** The language a member of staff is spoken to, on whatever screen they sign in. */
export async function chooseLanguage(db: DeskDb, staffId: string, language: 'zh' | 'en'): Promise<void> {
  await governance(db).updateTable('governance_staff').set({ language }).where('id', '=', staffId).execute()
}

/** Takes the second step away from somebody who lost it. Fault staff.unknown, also for one outside the scope. */
export async function endTotpOf(db: DeskDb, end: OfStaff): Promise<Result<true, Fault<'staff.unknown'>>> {
  if ((await staffWithin(db, end)) === undefined) return err(staffNowhere())
  await endTotp(db, end)
  return ok(true)
}

/**
 * Gives somebody who forgot theirs a password to be used once and changed, and ends their sessions. The second step stays.
 * Fault staff.unknown, also for one outside the scope.
 */
export async function resetPassword(
  db: DeskDb,
  reset: OfStaff,
): Promise<Result<{ readonly login: string; readonly password: string }, Fault<'staff.unknown'>>> {
  const found = await staffWithin(db, reset)
  if (found === undefined) return err(staffNowhere())
  const password = oneTimePassword()
  const passwordHash = await hashPassword(password)
  await db.transaction().execute(async trx => {
    await governance(trx)
      .updateTable('governance_staff')
      .set({ password_hash: passwordHash, must_change_password: true })
      .where('id', '=', found.id)
      .execute()
    await rememberPast(trx, found.id, { passwordHash: found.password_hash, at: reset.at })
    await endSessions(trx, found.id)
    await forgetFailures(trx, found.login)
    await audit(trx, { ...entryBy(reset), act: 'password.reset', subject: `staff:${found.id}` })
  })
  return ok({ login: found.login, password })
}

interface OfStaff extends By {
  readonly staffId: string
  readonly within: RowScope
}

function staffWithin(db: DeskDb, { staffId, within }: OfStaff) {
  return governance(db)
    .selectFrom('governance_staff as staff')
    .innerJoin('governance_node as node', 'node.id', 'staff.node_id')
    .select(['staff.id', 'staff.login', 'staff.password_hash'])
    .where('staff.id', '=', staffId)
    .where(isUnitWithin(within, 'node.path'))
    .executeTakeFirst()
}

/** What is done to one person's account, for the door. */
export const ownAccount = { chooseLanguage, endTotpOf, resetPassword } as const
