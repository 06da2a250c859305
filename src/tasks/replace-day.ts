import { type DeskTransaction, insertRows } from '#desk'
import type { PlainDate } from '#kernel'
import { taskTables } from './tables.ts'
import { type TaskDraft, taskId } from './task.ts'
import type { Json, Words } from './words.ts'

/** What was decided for one proposal. */
export interface DecidedProposal {
  readonly subscriberId: string
  readonly ruleId: string
  readonly channel: 'call' | 'sms'
  readonly offerId: string | null
  readonly result: 'act' | 'control' | 'refused'
  readonly control: 'universal' | 'rule' | null
  readonly reason: { readonly code: string } & Words
  readonly valueFen: number
  /** When acting counts as having worked. */
  readonly success: Json
  /** Who answered for the subscriber on the day of the decision, and where it sat. */
  readonly managerId: string | null
  readonly nodePath: string
}

export interface DayOfWork {
  readonly day: PlainDate
  readonly tasks: readonly TaskDraft[]
  readonly decisions: readonly DecidedProposal[]
  readonly at: Date
}

export interface Replaced {
  readonly made: number
  /** Tasks of that day that someone or something had already touched: they stay as they are. */
  readonly kept: number
}

/**
 * Puts a day's tasks and decisions in the place of those there. A subscriber whose task of that day was already touched
 * keeps that task and the decisions it came from, whatever the new ones say: no work is lost and none is doubled.
 */
export async function replaceDay(trx: DeskTransaction, work: DayOfWork): Promise<Replaced> {
  const { day } = work
  const tables = taskTables(trx)
  await tables.deleteFrom('task').where('day', '=', day).where('moves', '=', 0).execute()
  const touched = await tables.selectFrom('task').select('subscriber_id').where('day', '=', day).execute()
  const settled = new Set(touched.map(row => row.subscriber_id))
  const fresh = work.tasks.filter(task => !settled.has(task.subscriberId))
  await tables
    .deleteFrom('task_decision')
    .where('day', '=', day)
    .where(eb =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('task')
            .whereRef('task.subscriber_id', '=', 'task_decision.subscriber_id')
            .where('task.day', '=', day)
            .select('task.id'),
        ),
      ),
    )
    .execute()
  await insertRows(
    trx,
    'task',
    fresh.map(task => rowOf(task, day, work.at)),
  )
  const decided = work.decisions.filter(decision => !settled.has(decision.subscriberId))
  await insertRows(
    trx,
    'task_decision',
    decided.map(decision => decisionRow(decision, day)),
  )
  return { made: fresh.length, kept: touched.length }
}

function rowOf(task: TaskDraft, day: PlainDate, at: Date): Record<string, unknown> {
  return {
    id: taskId(day, task.subscriberId, task.ruleId),
    day,
    due_day: task.dueDay,
    subscriber_id: task.subscriberId,
    number: task.number,
    customer_name: task.customerName,
    arpu_fen: task.arpuFen,
    manager_id: task.managerId,
    node_path: task.nodePath,
    then_manager_id: task.managerId,
    then_node_path: task.nodePath,
    value_class: task.valueClass,
    channel: task.channel,
    rule_id: task.ruleId,
    rule_ids: task.ruleIds,
    level: task.level,
    points: task.points,
    value_fen: task.valueFen,
    reason: task.reason,
    signals: task.signals,
    offer_id: task.offerId,
    offer: task.offer,
    script: task.script,
    decision: task.decision,
    state: 'open',
    moves: 0,
    created_at: at,
    changed_at: at,
  }
}

function decisionRow(decision: DecidedProposal, day: PlainDate): Record<string, unknown> {
  const { code, en, zh } = decision.reason
  return {
    day,
    subscriber_id: decision.subscriberId,
    rule_id: decision.ruleId,
    channel: decision.channel,
    offer_id: decision.offerId ?? '',
    result: decision.result,
    control_group: decision.control,
    reason: code,
    reason_words: { en, zh },
    value_fen: decision.valueFen,
    success: decision.success,
    then_manager_id: decision.managerId,
    then_node_path: decision.nodePath,
  }
}
