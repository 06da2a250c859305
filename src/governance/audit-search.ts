import { sql } from 'kysely'
import { type DeskDb, withinScope } from '#desk'
import type { RowScope } from '#kernel'
import { actTitle } from './acts.ts'
import { governance } from './tables.ts'

export interface AuditQuery {
  /** Entries about any of these subscribers. */
  readonly subscribers?: readonly string[] | undefined
  readonly staffId?: string | undefined
  readonly act?: string | undefined
  /** Moments `[from, to)`. */
  readonly from?: Date | undefined
  readonly to?: Date | undefined
  /** Only what staff within this scope did; the whole tree: everything, also what nobody signed in did. */
  readonly scope: RowScope
  readonly page?: number | undefined
  readonly pageSize?: number | undefined
}

/** An entry as people read it. */
export interface AuditLine {
  readonly id: number
  /** Its place in the chain. */
  readonly position: number | null
  readonly hash: string | null
  readonly at: Date
  readonly staff: { readonly id: string; readonly name: { readonly zh: string; readonly en: string } } | null
  readonly act: { readonly code: string; readonly title: { readonly zh: string; readonly en: string } }
  readonly subject: string
  readonly subscribers: readonly string[]
  readonly detail: Readonly<Record<string, unknown>>
  readonly reason: string | null
  readonly from: string | null
}

/** Counting further would cost more than anybody reads. */
const countedMax = 10_000

/** Entries of the audit, newest first, and how many there are (up to 10,000). */
export async function searchAudit(
  db: DeskDb,
  query: AuditQuery,
): Promise<{ readonly lines: readonly AuditLine[]; readonly total: number }> {
  const { page = 1, pageSize = 20 } = query
  const [counted, rows] = await Promise.all([
    selected(db, query).select(sql<number>`1`.as('one')).limit(countedMax).execute(),
    selected(db, query)
      .leftJoin('governance_audit_link as link', 'link.entry_id', 'entry.id')
      .leftJoin('governance_staff as by', 'by.id', 'entry.staff_id')
      .selectAll('entry')
      .select(['link.position', 'link.hash', 'by.name_zh', 'by.name_en'])
      .orderBy('entry.id', 'desc')
      .limit(pageSize)
      .offset((page - 1) * pageSize)
      .execute(),
  ])
  const lines = rows.map((row): AuditLine => {
    const { id, position, hash, at, subject, subscribers, reason } = row
    const staff =
      row.staff_id === null
        ? null
        : { id: row.staff_id, name: { zh: row.name_zh ?? row.staff_id, en: row.name_en ?? row.staff_id } }
    return {
      id,
      position,
      hash,
      at,
      staff,
      act: { code: row.act, title: actTitle(row.act) },
      subject,
      subscribers,
      detail: row.detail as AuditLine['detail'],
      reason,
      from: row.from_address,
    }
  })
  return { lines, total: counted.length }
}

function selected(db: DeskDb, query: AuditQuery) {
  const { subscribers, staffId, act, from, to, scope } = query
  let select = governance(db).selectFrom('governance_audit as entry')
  if (subscribers !== undefined) {
    const subjects = subscribers.map(id => `subscriber:${id}`)
    select = select.where(
      sql<boolean>`(entry.subscribers && ${[...subscribers]}::text[] or entry.subject = any(${subjects}::text[]))`,
    )
  }
  if (staffId !== undefined) select = select.where('entry.staff_id', '=', staffId)
  if (act !== undefined) select = select.where('entry.act', '=', act)
  if (from !== undefined) select = select.where('entry.at', '>=', from)
  if (to !== undefined) select = select.where('entry.at', '<', to)
  if (isWhole(scope)) return select
  return select.where(
    sql<boolean>`exists (select from (
        select staff.id, staff.id as manager_id, node.path as node_path
        from governance_staff staff join governance_node node on node.id = staff.node_id
      ) placed where placed.id = entry.staff_id and ${withinScope(scope, 'placed')})`,
  )
}

/** The root of the tree has one id in its path: /hq/ . */
function isWhole(scope: RowScope): boolean {
  return scope.kind === 'branch' && scope.nodePath.split('/').length <= 3
}
