import type { ColumnType } from 'kysely'
import type { DeskDb } from '#desk'
import type { PlainDate } from '#kernel'
import type { TaskChannel, TaskState } from './states.ts'
import type { Level, Task } from './task.ts'
import type { Json, Words } from './words.ts'

type JsonColumn<T> = ColumnType<T, string | null, string | null>

export type TaskTables = {
  task: {
    id: string
    day: PlainDate
    due_day: PlainDate
    subscriber_id: string
    number: string | null
    customer_name: string | null
    arpu_fen: number | null
    manager_id: string | null
    node_path: string
    value_class: string
    channel: TaskChannel
    rule_id: string
    rule_ids: string[]
    level: Level
    points: number
    value_fen: number
    reason: JsonColumn<Words>
    signals: JsonColumn<Json>
    offer_id: string | null
    offer: JsonColumn<Json>
    script: JsonColumn<Words | null>
    decision: JsonColumn<Words | null>
    state: TaskState
    moves: number
    then_manager_id: string | null
    then_node_path: string
    severity: ColumnType<number, never, never>
    assignee_id: string | null
    assignee_name: JsonColumn<Words | null>
    outcome: string | null
    leaving_reason: string | null
    note: string | null
    created_at: Date
    changed_at: Date
  }
  task_event: {
    task_id: string
    nth: number
    at: Date
    staff_id: string | null
    staff_name: JsonColumn<Words | null>
    move: string
    note: string | null
  }
  task_decision: {
    day: PlainDate
    subscriber_id: string
    rule_id: string
    channel: TaskChannel
    offer_id: string
    result: 'act' | 'control' | 'refused'
    control_group: 'universal' | 'rule' | null
    reason: string
    reason_words: JsonColumn<Words>
    value_fen: number
    success: JsonColumn<Json>
    then_manager_id: string | null
    then_node_path: string
  }
}

export function taskTables(db: DeskDb): DeskDb<TaskTables> {
  return db.withTables<TaskTables>()
}

type Selected<T> = {
  readonly [K in keyof T]: T[K] extends ColumnType<infer S, infer _I, infer _U> ? S : T[K]
}
export type TaskRow = Selected<TaskTables['task']>

export function toTask(row: TaskRow): Task {
  return {
    id: row.id,
    day: row.day,
    dueDay: row.due_day,
    subscriberId: row.subscriber_id,
    number: row.number,
    customerName: row.customer_name,
    arpuFen: row.arpu_fen,
    managerId: row.manager_id,
    nodePath: row.node_path,
    valueClass: row.value_class,
    channel: row.channel,
    ruleId: row.rule_id,
    ruleIds: row.rule_ids,
    level: row.level,
    points: row.points,
    valueFen: row.value_fen,
    reason: row.reason,
    signals: row.signals,
    offerId: row.offer_id,
    offer: row.offer,
    script: row.script,
    decision: row.decision,
    state: row.state,
    assignee: personOf(row.assignee_id, row.assignee_name),
    outcome: row.outcome,
    leavingReason: row.leaving_reason,
    note: row.note,
    changedAt: row.changed_at,
  }
}

export function personOf(id: string | null, name: Words | null): Task['assignee'] {
  return id === null ? null : { id, name: name ?? { zh: id, en: id } }
}
