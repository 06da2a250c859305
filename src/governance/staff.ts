import { sql } from 'kysely'
import type { DeskDb } from '#desk'
import { FaultError, plainDate } from '#kernel'
import { loginTaken, nodeUnknown } from './faults.ts'
import { hashPassword } from './password.ts'
import { builtInRoles, isPermission, type Permission, type RoleDefinition } from './roles.ts'
import { governance } from './tables.ts'

interface Words {
  readonly zh: string
  readonly en: string
}

/** A person who signs in here. */
export interface Staff {
  readonly id: string
  readonly login: string
  readonly name: Words
  /** Codes of the roles held at the unit; `roleTitles` says what each is called. */
  readonly roles: readonly string[]
  readonly roleTitles: readonly Words[]
  /** All that these roles allow together. */
  readonly permissions: ReadonlySet<Permission>
  /** Of these, what reaches only customers one answers for oneself; the rest reaches the branch of the unit. */
  readonly onlyOwn?: ReadonlySet<Permission>
  readonly language: 'zh' | 'en'
  readonly unit: { readonly id: string; readonly name: Words; readonly path: string }
  /** Nothing else is open to them before they have chosen a password of their own. */
  readonly mustChangePassword: boolean
}

export interface NewStaff {
  readonly login: string
  readonly name: Words
  readonly roles: readonly string[]
  readonly nodeId: string
  readonly language: 'zh' | 'en'
  readonly password: string
  readonly mustChangePassword?: boolean
  /** Account managers only: the value classes they take, and how many subscribers at most. */
  readonly valueClasses?: readonly string[]
  readonly subscribersMax?: number
  /** Where messages that are tried out go: digits only. */
  readonly phone?: string
}

/** The since day of what was there from the beginning. */
export const always = plainDate('0001-01-01')

/** Adds a member of staff; the login is kept in lower case. Faults staff.login-taken, node.unknown. */
export async function addStaff(db: DeskDb, staff: NewStaff, at: Date, since = always): Promise<string> {
  const login = normalLogin(staff.login)
  const id = `staff_${login}`
  const tables = governance(db)
  const node = await tables
    .selectFrom('governance_node')
    .select('id')
    .where('id', '=', staff.nodeId)
    .executeTakeFirst()
  if (node === undefined) throw new FaultError(nodeUnknown(staff.nodeId))
  const added = await tables
    .insertInto('governance_staff')
    .values({
      id,
      login,
      name_zh: staff.name.zh,
      name_en: staff.name.en,
      roles: [...staff.roles],
      node_id: staff.nodeId,
      language: staff.language,
      password_hash: await hashPassword(staff.password),
      must_change_password: staff.mustChangePassword ?? false,
      value_classes: [...(staff.valueClasses ?? [])],
      subscribers_max: staff.subscribersMax ?? 0,
      phone: staff.phone ?? null,
      created_at: at,
      since_day: since,
    })
    .onConflict(conflict => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (added === undefined) throw new FaultError(loginTaken(login))
  return id
}

/** Logins are compared without case and outer blanks. */
export function normalLogin(login: string): string {
  return login.normalize('NFKC').trim().toLowerCase()
}

/** Staff who are active, with their unit. */
export function selectStaff(db: DeskDb) {
  return governance(db)
    .selectFrom('governance_staff as staff')
    .innerJoin('governance_node as node', 'node.id', 'staff.node_id')
    .where('staff.is_active', '=', true)
    .select([
      'staff.id',
      'staff.login',
      'staff.name_zh',
      'staff.name_en',
      'staff.roles',
      'staff.language',
      'staff.must_change_password',
      'staff.password_hash',
      'node.id as node_id',
      'node.name_zh as node_zh',
      'node.name_en as node_en',
      'node.path',
      customRoles.as('custom_roles'),
    ])
}

/** The roles a row of staff holds that are not built in. */
const customRoles = sql<readonly CustomRole[]>`(
  select coalesce(jsonb_agg(to_jsonb(role) order by role.code), '[]')
  from governance_role role where role.code = any(staff.roles))`

interface CustomRole {
  readonly code: string
  readonly title_zh: string
  readonly title_en: string
  readonly reach: RoleDefinition['reach']
  readonly permissions: readonly string[]
}

/** A custom role as it stands in the desk. */
export function toRole(row: CustomRole): RoleDefinition {
  return {
    code: row.code,
    title: { zh: row.title_zh, en: row.title_en },
    reach: row.reach,
    permissions: row.permissions.filter(isPermission),
  }
}

type StaffRow = Awaited<ReturnType<ReturnType<typeof selectStaff>['executeTakeFirstOrThrow']>>

export function toStaff(row: Omit<StaffRow, 'password_hash'>): Staff {
  const known = [...builtInRoles, ...row.custom_roles.map(toRole)]
  const held = row.roles.flatMap(code => known.find(role => role.code === code) ?? [])
  return {
    id: row.id,
    login: row.login,
    name: { zh: row.name_zh, en: row.name_en },
    roles: held.map(role => role.code),
    roleTitles: held.map(role => role.title),
    permissions: new Set(held.flatMap(role => role.permissions)),
    onlyOwn: onlyOwnOf(held),
    language: row.language,
    unit: { id: row.node_id, name: { zh: row.node_zh, en: row.node_en }, path: row.path },
    mustChangePassword: row.must_change_password,
  }
}

function onlyOwnOf(held: readonly RoleDefinition[]): ReadonlySet<Permission> {
  const wide = new Set(held.filter(role => role.reach === 'branch').flatMap(role => role.permissions))
  return new Set(held.flatMap(role => role.permissions).filter(permission => !wide.has(permission)))
}

/** Everyone who is active, by login. */
export async function listStaff(db: DeskDb): Promise<readonly Staff[]> {
  const rows = await selectStaff(db).orderBy('staff.login').execute()
  return rows.map(toStaff)
}
