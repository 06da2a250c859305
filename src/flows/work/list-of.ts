import { listStaff, organisationFaults } from '#governance'
import { err } from '#kernel'
import type { Application } from '../application.ts'
import { askerFrom } from '../asker.ts'
import { type ListQuery, listTasks } from './tasks.ts'

/** The list as one member of staff would see it, for the command line. Fault staff.unknown. */
export async function listTasksOf(application: Application, login: string, query: ListQuery) {
  const staff = (await listStaff(application.desk.db)).find(s => s.login === login)
  return staff === undefined
    ? err(organisationFaults.staffNowhere())
    : listTasks(application, await askerFrom(application, staff, 'task.look'), query)
}
