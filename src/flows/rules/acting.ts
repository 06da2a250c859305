import { can } from '#governance'
import { err, ok, type Result } from '#kernel'
import type { Application } from '../application.ts'
import { approvalDesk } from '../approvals/desk.ts'
import { type Asker, asking } from '../asker.ts'
import { ruleForbidden } from './life-faults.ts'

/** Somebody at the command line changes rules as a member of staff. Faults staff.unknown, rule.forbidden. */
export async function ruleMaker(application: Application, login: string): Promise<Result<Asker>> {
  const asker = await approvalDesk.acting(application, login)
  if (!asker.ok) return asker
  return can(asker.value.staff, 'rule.change') ? ok(asking(asker.value, 'rule.change')) : err(ruleForbidden())
}
