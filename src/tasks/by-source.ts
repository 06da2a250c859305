import type { DeskDb } from '#desk'
import type { PlainDate } from '#kernel'
import type { TaskState } from './states.ts'
import { taskTables } from './tables.ts'

/** States of a task that has not reached anybody: its subscriber may be proposed again. */
const unreached: readonly TaskState[] = ['open', 'expired', 'refused']

/** Subscribers whom a source has approached, or may have, before a day. */
export async function approachedBy(
  db: DeskDb,
  source: string,
  before: PlainDate,
): Promise<readonly string[]> {
  const rows = await taskTables(db)
    .selectFrom('task')
    .select('subscriber_id')
    .distinct()
    .where('rule_id', '=', source)
    .where('day', '<', before)
    .where('state', 'not in', [...unreached])
    .orderBy('subscriber_id')
    .execute()
  return rows.map(r => r.subscriber_id)
}

export interface SourceFigures {
  /** Decisions to act before a day: each may cost. */
  readonly acted: number
  readonly states: readonly { readonly state: TaskState; readonly count: number }[]
}

/** What a source's proposals became, before a day. */
export async function figuresOfSource(db: DeskDb, source: string, before: PlainDate): Promise<SourceFigures> {
  const tables = taskTables(db)
  const [decisions, states] = await Promise.all([
    tables
      .selectFrom('task_decision')
      .select(eb => eb.fn.countAll<number>().as('count'))
      .where('rule_id', '=', source)
      .where('day', '<', before)
      .where('result', '=', 'act')
      .executeTakeFirstOrThrow(),
    tables
      .selectFrom('task')
      .select(eb => ['state', eb.fn.countAll<number>().as('count')])
      .where('rule_id', '=', source)
      .where('day', '<', before)
      .groupBy('state')
      .orderBy('state')
      .execute(),
  ])
  return {
    acted: Number(decisions.count),
    states: states.map(r => ({ state: r.state, count: Number(r.count) })),
  }
}
