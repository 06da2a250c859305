import { can } from '#governance'
import { err, ok, type Result } from '#kernel'
import { listFaults } from '#lists'
import type { Application } from '../application.ts'
import { staffActing } from '../approvals/decide.ts'
import { type Asker, asking } from '../asker.ts'
import { stopList, submitList } from './decide.ts'
import { checkList, listFromFile, listFromRule } from './make.ts'
import { faultsFile, showList, showLists } from './show.ts'

/** Somebody at the command line acts as a member of staff who may. Faults staff.unknown, list.forbidden. */
async function acting(
  application: Application,
  login: string,
  permission: 'list.look' | 'list.change',
): Promise<Result<Asker>> {
  const found = await staffActing(application, login)
  if (!found.ok) return found
  return can(found.value.staff, permission)
    ? ok(asking(found.value, permission))
    : err(listFaults.forbidden())
}

/** What people do with lists. */
export const listDesk = {
  acting,
  show: showLists,
  one: showList,
  fromFile: listFromFile,
  fromRule: listFromRule,
  check: checkList,
  faults: faultsFile,
  submit: submitList,
  stop: stopList,
} as const
