import { digest, type PlainDate } from '#kernel'
import type { TaskChannel, TaskState } from './states.ts'
import type { Json, Person, Words } from './words.ts'

export type Level = 'high' | 'medium' | 'low' | 'stable'

/** A task as the night makes it: who, why, what to offer and what to say, as known that morning. */
export interface TaskDraft {
  readonly subscriberId: string
  readonly number: string | null
  readonly customerName: string | null
  readonly arpuFen: number | null
  readonly managerId: string | null
  readonly nodePath: string
  readonly valueClass: string
  readonly channel: TaskChannel
  /** The rule whose proposal was chosen, and all rules that fired. */
  readonly ruleId: string
  readonly ruleIds: readonly string[]
  readonly level: Level
  readonly points: number
  readonly valueFen: number
  readonly dueDay: PlainDate
  /** Why listed, in one line. */
  readonly reason: Words
  /** The evidence: each rule that fired with the values behind it. */
  readonly signals: Json
  readonly offerId: string | null
  readonly offer: Json
  readonly script: Words | null
  /** The allocator's sentence. */
  readonly decision: Words | null
}

export interface Task extends TaskDraft {
  readonly id: string
  readonly day: PlainDate
  readonly state: TaskState
  readonly assignee: Person | null
  readonly outcome: string | null
  readonly leavingReason: string | null
  readonly note: string | null
  readonly changedAt: Date
}

/** One move of a task: who (null: a machine), when, what. */
export interface TaskEvent {
  readonly at: Date
  readonly by: Person | null
  readonly move: string
  readonly note: string | null
}

/** The same day, subscriber and rule always make the same id. */
export function taskId(day: PlainDate, subscriberId: string, ruleId: string): string {
  return `task_${digest(day, subscriberId, ruleId).slice(0, 24)}`
}
