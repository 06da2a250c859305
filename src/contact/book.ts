import { type DeskDb, withinScope } from '#desk'
import type { DaySpan, PlainDate, RowScope } from '#kernel'
import { type AttemptState, attemptId } from './attempt.ts'
import type { Reason } from './reason.ts'
import { contactTables } from './tables.ts'
import type { ContactChannel } from './words.ts'

export interface Attempt {
  readonly id: string
  /** null: not from a task (the confirmation of an opt-out). */
  readonly taskId: string | null
  readonly subscriberId: string
  readonly managerId: string | null
  readonly nodePath: string
  readonly day: PlainDate
  readonly channel: ContactChannel
  readonly number: string | null
  readonly text: string | null
  readonly state: AttemptState
  readonly reason: Reason | null
  readonly outcome: string | null
  readonly at: Date
  readonly settledAt: Date | null
}

export interface AttemptQuery {
  readonly state?: AttemptState | undefined
  readonly taskId?: string | undefined
  readonly subscriberId?: string | undefined
  /** From 1. */
  readonly page?: number | undefined
  readonly pageSize?: number | undefined
}

const pageSizeMax = 1_000

/** Attempts and refusals within the scope, newest first. */
export async function listAttempts(
  db: DeskDb,
  scope: RowScope,
  query: AttemptQuery = {},
): Promise<{ readonly attempts: readonly Attempt[]; readonly total: number }> {
  const wanted = contactTables(db)
    .selectFrom('contact_attempt as attempt')
    .where(withinScope(scope, 'attempt'))
    .$if(query.state !== undefined, q => q.where('state', '=', query.state ?? 'prepared'))
    .$if(query.taskId !== undefined, q => q.where('task_id', '=', query.taskId ?? ''))
    .$if(query.subscriberId !== undefined, q => q.where('subscriber_id', '=', query.subscriberId ?? ''))
  const { total } = await wanted
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const size = Math.min(query.pageSize ?? 20, pageSizeMax)
  const rows = await wanted
    .selectAll('attempt')
    .orderBy('prepared_at', 'desc')
    .orderBy('id')
    .limit(size)
    .offset(((query.page ?? 1) - 1) * size)
    .execute()
  const attempts = rows.map(row => ({
    id: row.id,
    taskId: row.task_id,
    subscriberId: row.subscriber_id,
    managerId: row.manager_id,
    nodePath: row.node_path,
    day: row.day,
    channel: row.channel,
    number: row.number,
    text: row.text,
    state: row.state,
    reason: row.reason !== null && row.reason_words ? { code: row.reason, ...row.reason_words } : null,
    outcome: row.outcome,
    at: row.prepared_at,
    settledAt: row.settled_at,
  }))
  return { attempts, total }
}

export interface Call {
  readonly taskId: string
  readonly subscriberId: string
  readonly managerId: string | null
  readonly nodePath: string
  readonly number: string | null
  readonly day: PlainDate
  readonly reached: boolean
  readonly outcome: string
  readonly at: Date
}

/** Keeps a call that a member of staff made: it counts as a contact, reached or not. Telling it again changes nothing. */
export async function recordCall(db: DeskDb, call: Call): Promise<void> {
  await contactTables(db)
    .insertInto('contact_attempt')
    .values({
      id: attemptId(call.taskId),
      task_id: call.taskId,
      subscriber_id: call.subscriberId,
      manager_id: call.managerId,
      node_path: call.nodePath,
      day: call.day,
      channel: 'call',
      number: call.number,
      text: null,
      state: 'called',
      reason: null,
      reason_words: null,
      outcome: call.outcome,
      reached: call.reached,
      prepared_at: call.at,
      settled_at: call.at,
    })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

/** One contact as the feed of contacts tells it. */
export interface ContactMade {
  readonly contactId: string
  readonly subscriberId: string
  readonly day: PlainDate
  readonly at: Date
  readonly channel: ContactChannel
  /** null: not known (yet). */
  readonly reached: boolean | null
  readonly outcome: string | null
}

/** The contacts of some business days, in order of their ids: what left, or may have left, and calls. */
export async function contactsMade(db: DeskDb, span: DaySpan): Promise<readonly ContactMade[]> {
  const rows = await contactTables(db)
    .selectFrom('contact_attempt')
    .select(['id', 'subscriber_id', 'day', 'prepared_at', 'channel', 'state', 'reached', 'outcome'])
    .where('day', '>=', span.from)
    .where('day', '<', span.to)
    .where('task_id', 'is not', null)
    .where('state', 'not in', ['prepared', 'refused'])
    .orderBy('id')
    .execute()
  return rows.map(row => ({
    contactId: row.id,
    subscriberId: row.subscriber_id,
    day: row.day,
    at: row.prepared_at,
    channel: row.channel,
    reached: row.state === 'delivered' ? true : row.state === 'failed' ? false : row.reached,
    outcome: row.outcome,
  }))
}
