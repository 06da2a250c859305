import { sql } from 'kysely'
import { type DeskDb, withinScope } from '#desk'
import { err, type Fault, ok, type Result } from '#kernel'
import type { Decider } from './approval.ts'
import { approvalUnknown } from './approval-faults.ts'
import { type Approval, type ApprovalLevel, approvalLevels, toApproval } from './approval-row.ts'
import { approvalTables } from './approval-tables.ts'

export interface ApprovalQuery {
  /** What one asked for oneself; what waits for one's decision; what anybody asked for about whom one decides. */
  readonly which: 'mine' | 'to-decide' | 'all'
  readonly page?: number | undefined
  readonly pageSize?: number | undefined
}

/** Requests, newest first, as far as somebody may see them. */
export async function listApprovals(
  db: DeskDb,
  by: Decider,
  query: ApprovalQuery,
): Promise<{ readonly found: readonly Approval[]; readonly total: number }> {
  const { page = 1, pageSize = 20 } = query
  const select = visible(db, by, query.which)
  const [counted, rows] = await Promise.all([
    select.select(eb => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow(),
    select
      .selectAll()
      .orderBy('id', 'desc')
      .limit(pageSize)
      .offset((page - 1) * pageSize)
      .execute(),
  ])
  return { found: rows.map(toApproval), total: counted.count }
}

/** One request; fault approval.unknown, also when it is none of theirs. */
export async function approvalById(db: DeskDb, by: Decider, id: number): Promise<Result<Approval, Fault>> {
  const mine = visible(db, by, 'mine').selectAll().where('id', '=', id).executeTakeFirst()
  const row =
    (await mine) ?? (await visible(db, by, 'all').selectAll().where('id', '=', id).executeTakeFirst())
  return row === undefined ? err(approvalUnknown()) : ok(toApproval(row))
}

function visible(db: DeskDb, by: Decider, which: ApprovalQuery['which']) {
  const select = approvalTables(db).selectFrom(all =>
    all.selectFrom('governance_approval').selectAll().select('maker_id as manager_id').as('asked'),
  )
  if (which === 'mine') return select.where('maker_id', '=', by.id)
  const levels = Object.keys(approvalLevels) as ApprovalLevel[]
  const within = (level: ApprovalLevel) => withinScope(by.scope(approvalLevels[level].permission), 'asked')
  if (which === 'all') return select.where(sql<boolean>`(${sql.join(levels.map(within), sql` or `)})`)
  const decided = levels.map(level => sql<boolean>`(asked.level = ${level} and ${within(level)})`)
  return select
    .where('state', '=', 'waiting')
    .where('maker_id', '<>', by.id)
    .where(sql<boolean>`(${sql.join(decided, sql` or `)})`)
}
