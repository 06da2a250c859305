import type { PlainDate } from '#kernel'
import type { BoundCondition, Words } from '#rules'
import type { LifeState } from './life.ts'
import type { Signal } from './warning.ts'

export type WarningTables = {
  warning_day: {
    day: PlainDate
    plan_id: string
    /** Whom it asked about that day; null: everybody. */
    asks: BoundCondition | null
    asked: number
    high: number
    medium: number
    low: number
  }
  warning_rule: {
    day: PlainDate
    plan_id: string
    rule_id: string
    version: number
    title: Words
    points: number
    action: string | null
    control_percent: number
    condition: BoundCondition
    subscribers: number
  }
  warning_life: {
    day: PlainDate
    plan_id: string
    subscriber_id: string
    opened_on: PlainDate
    state: LifeState
    level: 'high' | 'medium' | 'low'
    highest: 'high' | 'medium' | 'low'
    last_on: PlainDate
    raised_days: number
    worked_on: PlainDate | null
    escalated_on: PlainDate | null
    reopened: number
    then_manager_id: string | null
    then_node_path: string
  }
  warning_raised: {
    day: PlainDate
    plan_id: string
    subscriber_id: string
    level: 'high' | 'medium' | 'low'
    points: number
    signals: readonly Signal[]
  }
}
