import { sql } from 'kysely'
import { type DeskDb, withinScopeThen } from '#desk'
import { type DaySpan, everybody, type PlainDate, type RowScope } from '#kernel'
import type { TaskState } from './states.ts'
import { taskTables, toTask } from './tables.ts'
import type { Task } from './task.ts'
import type { Json, Words } from './words.ts'

/** What was decided on one day for the subscribers who were in the scope then, counted by reason, the largest first. */
export async function decisionCounts(
  db: DeskDb,
  day: PlainDate,
  scope: RowScope = everybody,
): Promise<readonly DecisionCount[]> {
  return taskTables(db)
    .selectFrom('task_decision')
    .select(({ fn }) => [
      'reason as code',
      'reason_words as title',
      'result',
      fn.countAll<number>().as('count'),
    ])
    .where('day', '=', day)
    .where(withinScopeThen(scope, 'task_decision'))
    .groupBy(['reason', 'reason_words', 'result'])
    .orderBy('count', 'desc')
    .orderBy('reason')
    .execute()
}

export interface DecisionCount {
  readonly code: string
  readonly title: Words
  readonly result: 'act' | 'control' | 'refused'
  readonly count: number
}

/** One subscriber whom a rule's proposal reached the head of the queue for: acted on, or kept aside. */
export interface Arm {
  readonly day: PlainDate
  readonly subscriberId: string
  readonly ruleId: string
  readonly arm: 'treated' | 'control'
  readonly controlGroup: 'universal' | 'rule' | null
  readonly channel: 'call' | 'sms'
  readonly offerId: string | null
  readonly success: Json
}

/**
 * Who was treated and who kept aside on the days of the span, of those who were in the scope on their day, by one source or by
 * all: as decided then, later events and moves never change it.
 */
export async function decidedArms(
  db: DeskDb,
  span: DaySpan,
  scope: RowScope = everybody,
  source?: string,
): Promise<readonly Arm[]> {
  let query = taskTables(db)
    .selectFrom('task_decision')
    .selectAll()
    .where('day', '>=', span.from)
    .where('day', '<', span.to)
    .where('result', '<>', 'refused')
    .where(withinScopeThen(scope, 'task_decision'))
  if (source !== undefined) query = query.where('rule_id', '=', source)
  const rows = await query.orderBy('day').orderBy('rule_id').orderBy('subscriber_id').execute()
  return rows.map(row => ({
    day: row.day,
    subscriberId: row.subscriber_id,
    ruleId: row.rule_id,
    arm: row.result === 'act' ? 'treated' : 'control',
    controlGroup: row.control_group,
    channel: row.channel,
    offerId: row.offer_id === '' ? null : row.offer_id,
    success: row.success,
  }))
}

/** How many tasks each day had and in which states they are, of those whose subscribers were in the scope then. */
export async function taskCounts(
  db: DeskDb,
  span: DaySpan,
  scope: RowScope,
): Promise<readonly { readonly day: PlainDate; readonly state: TaskState; readonly count: number }[]> {
  return taskTables(db)
    .selectFrom('task')
    .select(({ fn }) => ['day', 'state', fn.countAll<number>().as('count')])
    .where('day', '>=', span.from)
    .where('day', '<', span.to)
    .where(withinScopeThen(scope, 'task'))
    .groupBy(['day', 'state'])
    .orderBy('day')
    .orderBy('state')
    .execute()
}

/** Whom a source was acted on or kept aside for on the days of a span. */
export async function decidedBefore(db: DeskDb, source: string, span: DaySpan): Promise<ReadonlySet<string>> {
  const rows = await taskTables(db)
    .selectFrom('task_decision')
    .select('subscriber_id')
    .distinct()
    .where('day', '>=', span.from)
    .where('day', '<', span.to)
    .where('rule_id', '=', source)
    .where('result', '<>', 'refused')
    .execute()
  return new Set(rows.map(row => row.subscriber_id))
}

/** Subscribers with an unfinished task from a day before this one: they get no second. */
export async function subscribersInHand(db: DeskDb, day: PlainDate): Promise<ReadonlySet<string>> {
  const rows = await taskTables(db)
    .selectFrom('task')
    .select('subscriber_id')
    .distinct()
    .where('day', '<', day)
    .where('state', 'in', ['open', 'claimed', 'sending'])
    .execute()
  return new Set(rows.map(row => row.subscriber_id))
}

/**
 * SMS tasks to be sent: open ones within their time, and those that a process which died left half sent, whatever their
 * time: contact knows what became of them. The most valuable first.
 */
export async function smsToSend(db: DeskDb, day: PlainDate, most: number): Promise<readonly Task[]> {
  const rows = await taskTables(db)
    .selectFrom('task')
    .selectAll()
    .where('channel', '=', 'sms')
    .where('day', '<=', day)
    .where(eb => eb.or([eb('state', '=', 'sending'), eb('state', '=', 'open').and('due_day', '>=', day)]))
    .orderBy(sql`value_fen desc`)
    .orderBy('id')
    .limit(most)
    .execute()
  return rows.map(toTask)
}
