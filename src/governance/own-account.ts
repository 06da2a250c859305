import type { DeskDb } from '#desk'
import { err, type Fault, ok, type Result } from '#kernel'
import { staffNowhere } from './organisation-faults.ts'
import { governance } from './tables.ts'
import { endTotp } from './totp.ts'

/** The language a member of staff is spoken to, on whatever screen they sign in. */
export async function chooseLanguage(db: DeskDb, staffId: string, language: 'zh' | 'en'): Promise<void> {
  await governance(db).updateTable('governance_staff').set({ language }).where('id', '=', staffId).execute()
}

/** Takes the second step away from somebody who lost it. Fault staff.unknown, also for one outside the branch. */
export async function endTotpOf(
  db: DeskDb,
  end: { readonly staffId: string; readonly within: string; readonly by: string | null; readonly at: Date },
): Promise<Result<true, Fault<'staff.unknown'>>> {
  const found = await governance(db)
    .selectFrom('governance_staff as staff')
    .innerJoin('governance_node as node', 'node.id', 'staff.node_id')
    .select('staff.id')
    .where('staff.id', '=', end.staffId)
    .where(is => is.fn<boolean>('starts_with', ['node.path', is.val(end.within)]))
    .executeTakeFirst()
  if (found === undefined) return err(staffNowhere())
  await endTotp(db, { staffId: end.staffId, by: end.by, at: end.at })
  return ok(true)
}
