import type { DeskDb } from '#desk'
import { err, type Fault, ok, type Result } from '#kernel'
import { type Approval, type ApprovalLevel, approvalLevels, type Decider, toApproval } from './approval.ts'
import { approvalUnknown } from './approval-faults.ts'
import { approvals } from './approval-tables.ts'
import { can } from './roles.ts'

export interface ApprovalQuery {
  /** What one asked for oneself; what waits for one's decision; what anybody at or below one's unit asked for. */
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

/** Levels that somebody may decide. */
export function levelsOf(by: Decider): readonly ApprovalLevel[] {
  const levels = Object.keys(approvalLevels) as ApprovalLevel[]
  return levels.filter(level => can(by, approvalLevels[level].permission))
}

function visible(db: DeskDb, by: Decider, which: ApprovalQuery['which']) {
  const select = approvals(db).selectFrom('governance_approval')
  if (which === 'mine') return select.where('maker_id', '=', by.id)
  const levels = levelsOf(by)
  const below = select.where(eb => eb.fn<boolean>('starts_with', ['node_path', eb.val(by.unit.path)]))
  if (levels.length === 0) return below.where(eb => eb.lit(false))
  if (which === 'all') return below
  return below.where('state', '=', 'waiting').where('maker_id', '<>', by.id).where('level', 'in', levels)
}
