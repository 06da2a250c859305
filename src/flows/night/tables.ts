import type { ColumnType } from 'kysely'
import type { DeskDb } from '#desk'
import type { PlainDate } from '#kernel'
import type { BoundCondition } from '#rules'
import type { Words } from '../view/coded.ts'

export type NightState = 'running' | 'done' | 'failed'

export interface HeldRule {
  readonly ruleId: string
  /** `held`: a factor it needs is suspect. `off`: a feed it needs never came. */
  readonly why: 'held' | 'off'
  readonly reason: Words
}

export type NightTables = {
  night_run: {
    day: PlainDate
    state: NightState
    inputs: string
    held: unknown
    rule_counts: unknown
    subscribers: number | null
    started_at: Date
    finished_at: Date | null
    stop_asked_at: Date | null
  }
  night_place: {
    day: PlainDate
    then_manager_id: string
    then_node_path: string
    subscribers: number
    rules: Readonly<Record<string, number>>
    high: number
    medium: number
    low: number
  }
  night_proposer: {
    day: PlainDate
    source: string
    title: Words
    condition: BoundCondition | null
  }
  night_rule_content: {
    digest: string
    content: ColumnType<unknown, string, never>
  }
  night_rule: {
    day: PlainDate
    rule_id: string
    version: number
    digest: string
  }
  night_step: {
    day: PlainDate
    id: string
    position: number
    state: NightState
    rows: number | null
    done: number | null
    total: number | null
    fault: unknown
    started_at: Date
    finished_at: Date | null
  }
}

export const nightTables = (db: DeskDb) => db.withTables<NightTables>()
