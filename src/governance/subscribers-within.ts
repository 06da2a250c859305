import { sql } from 'kysely'
import { type DeskDb, withinScope } from '#desk'
import type { Placed, RowScope } from '#kernel'
import { governance } from './tables.ts'

export interface HeldSubscriber extends Placed {
  readonly subscriberId: string
  readonly sub: number
}

interface Walk {
  /** Keys that begin so. */
  readonly beginning?: string | undefined
  /** The last key of what was read before. */
  readonly after: string
  readonly limit: number
}

/** Subscribers within a scope in the order of their keys, some at a time. */
export async function subscribersWithin(
  db: DeskDb,
  scope: RowScope,
  { beginning = '', after, limit }: Walk,
): Promise<readonly HeldSubscriber[]> {
  const rows = await governance(db)
    .selectFrom('governance_subscriber as held')
    .select(['subscriber_id', 'sub', 'manager_id', 'node_path'])
    .where(withinScope(scope, 'held'))
    .where(sql<boolean>`starts_with(held.subscriber_id, ${beginning})`)
    .where('subscriber_id', '>', after)
    .orderBy('subscriber_id')
    .limit(limit)
    .execute()
  return rows.map(row => ({
    subscriberId: row.subscriber_id,
    sub: row.sub,
    managerId: row.manager_id,
    nodePath: row.node_path,
  }))
}

export async function countSubscribersWithin(db: DeskDb, scope: RowScope, beginning = ''): Promise<number> {
  const row = await governance(db)
    .selectFrom('governance_subscriber as held')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where(withinScope(scope, 'held'))
    .where(sql<boolean>`starts_with(held.subscriber_id, ${beginning})`)
    .executeTakeFirstOrThrow()
  return row.count
}
