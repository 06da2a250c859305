import type { DeskDb } from '#desk'
import { isInScope, type Placed, type PlainDate, type RowScope } from '#kernel'
import type { Holder, Permission } from './roles.ts'
import { type Staff, selectStaff, toStaff } from './staff.ts'

/** What somebody may do at one unit: their own post, or that of a colleague they stand in for. */
export interface Post {
  readonly staffId: string
  readonly nodePath: string
  readonly permissions: ReadonlySet<Permission>
  /** Those of the permissions that are about the customers one answers for oneself, and not about the branch. */
  readonly onlyOwn: ReadonlySet<Permission>
}

/** The posts somebody fills on a day: their own, and those of the colleagues they stand in for, who pass nothing further on. */
export async function postsOf(db: DeskDb, staff: Staff, day: PlainDate): Promise<readonly Post[]> {
  const others = await selectStaff(db)
    .where('staff.id', 'in', ids =>
      ids
        .selectFrom('governance_stand_in')
        .select('manager_id')
        .where('stand_in_id', '=', staff.id)
        .where('from_day', '<=', day)
        .where('to_day', '>', day),
    )
    .orderBy('staff.id')
    .execute()
  return [staff, ...others.map(toStaff)].map(postOf)
}

function postOf({ id, unit, permissions, onlyOwn }: Staff): Post {
  return { staffId: id, nodePath: unit.path, permissions, onlyOwn: onlyOwn ?? new Set() }
}

/** Whose rows these posts together let somebody see or change under a permission; nobody's when none grants it. */
export function scopeFor(posts: readonly Post[], permission: Permission): RowScope {
  const granting = posts.filter(post => post.permissions.has(permission))
  const own = granting.filter(post => post.onlyOwn.has(permission)).map(post => post.staffId)
  const paths = granting.filter(post => !post.onlyOwn.has(permission)).map(post => post.nodePath)
  const branches = [...new Set(paths)].filter(path => !paths.some(p => p !== path && path.startsWith(p)))
  const scopes: RowScope[] = branches.map(nodePath => ({ kind: 'branch', nodePath }))
  if (own.length > 0) scopes.push({ kind: 'own', managerIds: own })
  const [only] = scopes
  return scopes.length === 1 && only !== undefined ? only : { kind: 'several', of: scopes }
}

/** The one answer to "whose rows?": of a member of staff, for a permission, on a day. */
export async function scopeOf(
  db: DeskDb,
  staff: Staff,
  permission: Permission,
  day: PlainDate,
): Promise<RowScope> {
  return scopeFor(await postsOf(db, staff, day), permission)
}

/** All that the posts allow, somewhere. */
export function permissionsIn(posts: readonly Post[]): ReadonlySet<Permission> {
  return new Set(posts.flatMap(post => [...post.permissions]))
}

/** What the posts allow for one row: a permission that only reaches elsewhere is none here. */
export function holderOn(posts: readonly Post[], row: Placed): Holder {
  const within = [...permissionsIn(posts)].filter(p => isInScope(scopeFor(posts, p), row))
  return { permissions: new Set(within) }
}
