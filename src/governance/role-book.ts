import { sql } from 'kysely'
import type { DeskDb } from '#desk'
import { err, type Fault, ok, type Result } from '#kernel'
import {
  permissionUnknown,
  roleBuiltIn,
  roleHeld,
  roleMalformed,
  roleUnknown,
} from './organisation-faults.ts'
import { builtInRoles, isPermission, type Reach, type RoleDefinition } from './roles.ts'
import { toRole } from './staff.ts'
import { governance } from './tables.ts'

export interface ListedRole extends RoleDefinition {
  readonly isBuiltIn: boolean
  /** Active staff who hold it. */
  readonly staff: number
}

/** Every role there is: the built-in ones, then those of this installation by code. */
export async function listRoles(db: DeskDb): Promise<readonly ListedRole[]> {
  const custom = await governance(db).selectFrom('governance_role').selectAll().orderBy('code').execute()
  const { rows } = await sql<{ code: string; staff: number }>`
    select code, count(*) as staff from governance_staff, unnest(roles) code where is_active group by code`.execute(
    db,
  )
  const held = new Map(rows.map(row => [row.code, row.staff]))
  const listed = (role: RoleDefinition, isBuiltIn: boolean) => {
    return { ...role, isBuiltIn, staff: held.get(role.code) ?? 0 }
  }
  return [...builtInRoles.map(r => listed(r, true)), ...custom.map(r => listed(toRole(r), false))]
}

export interface RoleWanted {
  readonly code: string
  readonly title: { readonly zh: string; readonly en: string }
  readonly reach: Reach
  readonly permissions: readonly string[]
}

/** Makes a role or changes what one allows, for all who hold it at once. Faults role.built-in, role.malformed, permission.unknown. */
export async function setRole(db: DeskDb, role: RoleWanted, at: Date): Promise<Result<true, Fault>> {
  if (isBuiltIn(role.code)) return err(roleBuiltIn(role.code))
  if (!/^[a-z][a-z0-9_]{0,39}$/.test(role.code)) return err(roleMalformed(role.code))
  const strange = role.permissions.find(permission => !isPermission(permission))
  if (strange !== undefined) return err(permissionUnknown(strange))
  const content = {
    title_zh: role.title.zh,
    title_en: role.title.en,
    reach: role.reach,
    permissions: [...new Set(role.permissions)],
    changed_at: at,
  }
  await governance(db)
    .insertInto('governance_role')
    .values({ code: role.code, ...content })
    .onConflict(conflict => conflict.column('code').doUpdateSet(content))
    .execute()
  return ok(true)
}

/** Faults role.built-in, role.unknown, role.held (also by those who are away: they may come back). */
export async function removeRole(db: DeskDb, code: string): Promise<Result<true, Fault>> {
  if (isBuiltIn(code)) return err(roleBuiltIn(code))
  const tables = governance(db)
  const { held } = await tables
    .selectFrom('governance_staff')
    .select(({ fn }) => fn.countAll<number>().as('held'))
    .where(sql<boolean>`${code} = any(roles)`)
    .executeTakeFirstOrThrow()
  if (held > 0) return err(roleHeld(code, held))
  const gone = await tables.deleteFrom('governance_role').where('code', '=', code).executeTakeFirst()
  return gone.numDeletedRows > 0n ? ok(true) : err(roleUnknown(code))
}

/** The first of these codes that names no role. */
export async function strangeRole(db: DeskDb, codes: readonly string[]): Promise<string | undefined> {
  const wanted = codes.filter(code => !isBuiltIn(code))
  if (wanted.length === 0) return undefined
  const found = await governance(db)
    .selectFrom('governance_role')
    .select('code')
    .where('code', 'in', wanted)
    .execute()
  return wanted.find(code => !found.some(role => role.code === code))
}

function isBuiltIn(code: string): boolean {
  return builtInRoles.some(role => role.code === code)
}
