import type { PlainDate } from '#kernel'
import type { BoundCondition, Words } from '#rules'
import type { Signal } from './warning.ts'

export type WarningTables = {
  warning_day: {
    day: PlainDate
    plan_id: string
    asked: number
    high: number
    medium: number
    low: number
  }
  warning_rule: {
    day: PlainDate
    rule_id: string
    version: number
    title: Words
    points: number
    action: string | null
    control_percent: number
    condition: BoundCondition
    subscribers: number
  }
  warning_raised: {
    day: PlainDate
    subscriber_id: string
    level: 'high' | 'medium' | 'low'
    points: number
    signals: readonly Signal[]
  }
}
