import { type Selectable, sql } from 'kysely'
import { type DeskDb, withinScope } from '#desk'
import { err, type Fault, ok, type PlainDate, type Result, type RowScope } from '#kernel'
import { nodeUnknown } from './faults.ts'
import {
  lastAdministrator,
  rolesMissing,
  roleUnknown,
  staffNowhere,
  staffPhone,
} from './organisation-faults.ts'
import { plainPhone } from './phone.ts'
import { strangeRole } from './role-book.ts'
import { type GovernanceTables, governance } from './tables.ts'

/** A member of staff as administrators see one, active or not. */
export interface ListedStaff {
  readonly id: string
  readonly login: string
  readonly name: { readonly zh: string; readonly en: string }
  readonly roles: readonly string[]
  readonly nodeId: string
  readonly nodePath: string
  readonly language: 'zh' | 'en'
  readonly isActive: boolean
  readonly valueClasses: readonly string[]
  readonly subscribersMax: number
  /** In full: whoever shows it masks it. */
  readonly phone: string | null
  /** Since which day they have had this unit and these roles. */
  readonly since: PlainDate
}

/** Staff within the scope, by unit and login; of one unit when it is named. */
export async function staffWithin(
  db: DeskDb,
  scope: RowScope,
  nodeId?: string,
): Promise<readonly ListedStaff[]> {
  const rows = await governance(db)
    .selectFrom('governance_staff as staff')
    .innerJoin('governance_staff_placed as placed', 'placed.staff_id', 'staff.id')
    .where(withinScope(scope, 'placed'))
    .$if(nodeId !== undefined, q => q.where('staff.node_id', '=', nodeId ?? ''))
    .selectAll('staff')
    .select('placed.node_path')
    .orderBy('placed.node_path')
    .orderBy('staff.login')
    .execute()
  return rows.map(row => ({
    id: row.id,
    login: row.login,
    name: { zh: row.name_zh, en: row.name_en },
    roles: row.roles,
    nodeId: row.node_id,
    nodePath: row.node_path,
    language: row.language,
    isActive: row.is_active,
    valueClasses: row.value_classes,
    subscribersMax: row.subscribers_max,
    phone: row.phone,
    since: row.since_day,
  }))
}

export interface StaffChange {
  readonly name?: { readonly zh: string; readonly en: string } | undefined
  readonly nodeId?: string | undefined
  readonly roles?: readonly string[] | undefined
  readonly isActive?: boolean | undefined
  readonly valueClasses?: readonly string[] | undefined
  readonly subscribersMax?: number | undefined
  /** '': none any more. */
  readonly phone?: string | undefined
}

/**
 * Changes a member of staff from a day on; unit, roles and whether they work here are kept in the history. Whoever asks has
 * made sure that both are within their scope. Whoever does not work here any more has no number here either. Faults
 * staff.unknown, staff.no-role, staff.phone, role.unknown, node.unknown, staff.last-administrator.
 */
export async function changeStaff(
  trx: DeskDb,
  staffId: string,
  change: StaffChange,
  day: PlainDate,
): Promise<Result<true, Fault>> {
  const fault = await faultIn(trx, change)
  if (fault) return err(fault)
  const tables = governance(trx)
  const before = await tables
    .selectFrom('governance_staff')
    .selectAll()
    .where('id', '=', staffId)
    .forUpdate()
    .executeTakeFirst()
  if (before === undefined) return err(staffNowhere())
  const since = await keepPast(trx, before, change, day)
  await tables
    .updateTable('governance_staff')
    .set({ ...columnsOf(change), since_day: since })
    .where('id', '=', staffId)
    .execute()
  return (await hasAdministrator(trx)) ? ok(true) : err(lastAdministrator())
}

/** Keeps unit, roles and whether they worked here as they were before the day, if the change touches them; answers since when the new holds. */
async function keepPast(
  trx: DeskDb,
  before: Selectable<GovernanceTables['governance_staff']>,
  change: StaffChange,
  day: PlainDate,
): Promise<PlainDate> {
  const { id, node_id, roles, is_active, since_day } = before
  const isPlacedAnew =
    (change.nodeId ?? node_id) !== node_id ||
    (change.isActive ?? is_active) !== is_active ||
    (change.roles ?? roles).join() !== roles.join()
  if (!isPlacedAnew || since_day >= day) return since_day
  const past = { id, node_id, roles, is_active, from_day: since_day, to_day: day }
  await governance(trx).insertInto('governance_staff_past').values(past).execute()
  return day
}

function columnsOf(change: StaffChange) {
  const { name, nodeId, roles, isActive, valueClasses, subscribersMax } = change
  const phone = isActive === false ? '' : change.phone
  return {
    ...(name && { name_zh: name.zh, name_en: name.en }),
    ...(nodeId !== undefined && { node_id: nodeId }),
    ...(roles && { roles: [...roles] }),
    ...(isActive !== undefined && { is_active: isActive }),
    ...(valueClasses && { value_classes: [...valueClasses] }),
    ...(subscribersMax !== undefined && { subscribers_max: subscribersMax }),
    ...(phone !== undefined && { phone: plainPhone(phone) ?? null }),
  }
}

async function faultIn(db: DeskDb, change: StaffChange): Promise<Fault | undefined> {
  if (change.roles?.length === 0) return rolesMissing()
  const strange = await strangeRole(db, change.roles ?? [])
  if (strange !== undefined) return roleUnknown(strange)
  const { phone = '' } = change
  if (phone !== '' && plainPhone(phone) === undefined) return staffPhone()
  if (change.nodeId === undefined) return undefined
  const node = await governance(db)
    .selectFrom('governance_node')
    .select('id')
    .where('id', '=', change.nodeId)
    .executeTakeFirst()
  return node === undefined ? nodeUnknown(change.nodeId) : undefined
}

/** Somebody who can mend everything: an active administrator at the root. */
async function hasAdministrator(db: DeskDb): Promise<boolean> {
  const { rows } = await sql`
    select 1 from governance_staff staff join governance_node node on node.id = staff.node_id
    where staff.is_active and 'administrator' = any(staff.roles) and node.parent_id is null limit 1`.execute(
    db,
  )
  return rows.length > 0
}

/** Where a member of staff was on a day, with which roles; undefined when they did not work here (yet, or any more). */
export async function staffPlacedOn(
  db: DeskDb,
  staffId: string,
  day: PlainDate,
): Promise<{ readonly nodeId: string; readonly roles: readonly string[] } | undefined> {
  const { rows } = await sql<{ nodeId: string; roles: string[]; isActive: boolean }>`
    select node_id as "nodeId", roles, is_active as "isActive" from governance_staff
    where id = ${staffId} and since_day <= ${day}
    union all
    select node_id, roles, is_active from governance_staff_past
    where id = ${staffId} and from_day <= ${day} and to_day > ${day}`.execute(db)
  const [row] = rows
  return row?.isActive ? { nodeId: row.nodeId, roles: row.roles } : undefined
}
