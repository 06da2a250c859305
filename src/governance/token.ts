import type { DeskDb } from '#desk'
import { err, type Fault, ok, type Result, type RowScope } from '#kernel'
import { audit } from './audit.ts'
import { nodeUnknown } from './faults.ts'
import { allPermissions, isPermission, type Permission } from './roles.ts'
import { randomToken, secretDigest } from './secret.ts'
import { type By, entryBy } from './session.ts'
import { tokenNoPermission, tokenSpan, tokenUnknown } from './sign-in-faults.ts'
import { signInTables } from './sign-in-tables.ts'
import type { Staff } from './staff.ts'
import { isUnitWithin } from './units-within.ts'

/** How a token is told from any other text, by people and by tools that look for leaked secrets. */
const prefix = 'weiwan_'
const daysMax = 366
const dayMs = 86_400_000
/** A use is written at most this often. */
const noteMs = 60_000

/** What only people do: a token makes no further tokens, and judges and unmasks nothing. */
const forPeople: ReadonlySet<Permission> = new Set([
  'staff.change',
  'session.end',
  'token.change',
  'approval.decide',
  'approval.decide-large',
  'value.unmask',
])

/** What a token may be allowed to do. */
export const tokenPermissions: readonly Permission[] = allPermissions.filter(p => !forPeople.has(p))

export interface TokenOrder extends By {
  readonly name: string
  readonly permissions: readonly string[]
  readonly nodeId: string
  readonly days: number
  /** Where its unit may be. */
  readonly within: RowScope
}

/**
 * Makes a token for a machine; the token itself is answered here and never again. Faults token.span,
 * token.no-permission, node.unknown (also for a unit outside the branch).
 */
export async function addToken(
  db: DeskDb,
  order: TokenOrder,
): Promise<Result<{ readonly id: string; readonly token: string }>> {
  const permissions = order.permissions.filter(p => isPermission(p) && tokenPermissions.includes(p))
  if (permissions.length === 0 || permissions.length < order.permissions.length)
    return err(tokenNoPermission())
  if (!Number.isInteger(order.days) || order.days < 1 || order.days > daysMax) return err(tokenSpan(daysMax))
  const node = await withNodes(db)
    .selectFrom('governance_node')
    .select('id')
    .where('id', '=', order.nodeId)
    .where(isUnitWithin(order.within, 'path'))
    .executeTakeFirst()
  if (node === undefined) return err(nodeUnknown(order.nodeId))
  const token = prefix + randomToken()
  const id = `token_${secretDigest(token).slice(0, 12)}`
  await signInTables(db)
    .insertInto('governance_token')
    .values({
      id,
      name: order.name,
      token_sha256: secretDigest(token),
      permissions: [...new Set(permissions)],
      node_id: node.id,
      created_by: order.by ?? 'command line',
      created_at: order.at,
      expires_at: new Date(order.at.getTime() + order.days * dayMs),
    })
    .execute()
  await audit(db, { ...entryBy(order), act: 'token.add', subject: `token:${id}` })
  return ok({ id, token })
}

/** Whom a token stands for: like a member of staff without roles, with the token's permissions at the token's unit. */
export async function tokenHolder(
  db: DeskDb,
  token: string,
  { at, address }: { readonly at: Date; readonly address?: string | undefined },
): Promise<Staff | undefined> {
  if (!token.startsWith(prefix)) return undefined
  const row = await selectTokens(db)
    .where('token.token_sha256', '=', secretDigest(token))
    .where('token.revoked_at', 'is', null)
    .where('token.expires_at', '>', at)
    .executeTakeFirst()
  if (row === undefined) return undefined
  if (row.used_at === null || at.getTime() - row.used_at.getTime() >= noteMs) {
    await signInTables(db)
      .updateTable('governance_token')
      .set({ used_at: at, used_from: address ?? null })
      .where('id', '=', row.id)
      .execute()
  }
  return {
    id: row.id,
    login: `token:${row.name}`,
    name: { zh: row.name, en: row.name },
    roles: [],
    roleTitles: [],
    permissions: new Set(row.permissions.filter(isPermission).filter(p => !forPeople.has(p))),
    language: 'zh',
    unit: { id: row.node_id, name: { zh: row.node_zh, en: row.node_en }, path: row.path },
    mustChangePassword: false,
  }
}

export interface TokenShown {
  readonly id: string
  readonly name: string
  readonly permissions: readonly Permission[]
  readonly unit: { readonly id: string; readonly name: { readonly zh: string; readonly en: string } }
  /** A login, or the command line. */
  readonly createdBy: string
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly usedAt: Date | null
  readonly usedFrom: string | null
  readonly state: 'valid' | 'expired' | 'revoked'
}

/** Tokens of the units within a scope, the newest first, those that no longer hold too. */
export async function listTokens(db: DeskDb, within: RowScope, at: Date): Promise<readonly TokenShown[]> {
  const rows = await selectTokens(db)
    .where(isUnitWithin(within, 'node.path'))
    .orderBy('token.created_at', 'desc')
    .limit(500)
    .execute()
  return rows.map(row => ({
    id: row.id,
    name: row.name,
    permissions: row.permissions.filter(isPermission),
    unit: { id: row.node_id, name: { zh: row.node_zh, en: row.node_en } },
    createdBy: row.maker_login ?? row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    usedAt: row.used_at,
    usedFrom: row.used_from,
    state: row.revoked_at !== null ? 'revoked' : row.expires_at <= at ? 'expired' : 'valid',
  }))
}

/** A revoked token opens nothing from this moment on. Fault token.unknown. */
export async function revokeToken(
  db: DeskDb,
  revoke: By & { readonly id: string; readonly within: RowScope },
): Promise<Result<true, Fault<'token.unknown'>>> {
  const found = await selectTokens(db)
    .where('token.id', '=', revoke.id)
    .where('token.revoked_at', 'is', null)
    .where(isUnitWithin(revoke.within, 'node.path'))
    .executeTakeFirst()
  if (found === undefined) return err(tokenUnknown())
  await signInTables(db)
    .updateTable('governance_token')
    .set({ revoked_at: revoke.at, revoked_by: revoke.by ?? 'command line' })
    .where('id', '=', revoke.id)
    .execute()
  await audit(db, { ...entryBy(revoke), act: 'token.revoke', subject: `token:${revoke.id}` })
  return ok(true)
}

type Nodes = {
  governance_node: { id: string; path: string; name_zh: string; name_en: string }
  governance_staff: { id: string; login: string }
}

function withNodes(db: DeskDb) {
  return signInTables(db).withTables<Nodes>()
}

function selectTokens(db: DeskDb) {
  return withNodes(db)
    .selectFrom('governance_token as token')
    .innerJoin('governance_node as node', 'node.id', 'token.node_id')
    .leftJoin('governance_staff as maker', 'maker.id', 'token.created_by')
    .select([
      'maker.login as maker_login',
      'token.id',
      'token.name',
      'token.permissions',
      'token.created_by',
      'token.created_at',
      'token.expires_at',
      'token.used_at',
      'token.used_from',
      'token.revoked_at',
      'node.id as node_id',
      'node.name_zh as node_zh',
      'node.name_en as node_en',
      'node.path',
    ])
}

/** Keys of machines, for the door. */
export const tokens = {
  add: addToken,
  list: listTokens,
  revoke: revokeToken,
  holder: tokenHolder,
  permissions: tokenPermissions,
} as const
