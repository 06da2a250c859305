import type { DeskDb } from '#desk'
import { err, type Fault, ok, type Result, type RowScope } from '#kernel'
import { staffNowhere } from './organisation-faults.ts'
import type { By } from './session.ts'
import { governance } from './tables.ts'
import { endTotp } from './totp.ts'
import { isUnitWithin } from './units-within.ts'

/** The language a member of staff is spoken to, on whatever screen they sign in. */
export async function chooseLanguage(db: DeskDb, staffId: string, language: 'zh' | 'en'): Promise<void> {
  await governance(db).updateTable('governance_staff').set({ language }).where('id', '=', staffId).execute()
}

/** Takes the second step away from somebody who lost it. Fault staff.unknown, also for one outside the branch. */
export async function endTotpOf(
  db: DeskDb,
  end: By & { readonly staffId: string; readonly within: RowScope },
): Promise<Result<true, Fault<'staff.unknown'>>> {
  const found = await governance(db)
    .selectFrom('governance_staff as staff')
    .innerJoin('governance_node as node', 'node.id', 'staff.node_id')
    .select('staff.id')
    .where('staff.id', '=', end.staffId)
    .where(isUnitWithin(end.within, 'node.path'))
    .executeTakeFirst()
  if (found === undefined) return err(staffNowhere())
  await endTotp(db, end)
  return ok(true)
}
