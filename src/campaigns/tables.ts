import type { ColumnType, Generated } from 'kysely'
import type { DeskDb } from '#desk'
import type { PlainDate } from '#kernel'
import type { CampaignState } from './moves.ts'
import type { Plan } from './plan.ts'
import type { Target } from './target.ts'
import type { Words } from './words.ts'

type JsonColumn<T> = ColumnType<T, string | null, string | null>

export type Arm = 'treated' | 'control' | 'universal'

export type CampaignTables = {
  campaign: {
    id: Generated<number>
    state: CampaignState
    version: number
    plan: JsonColumn<Plan>
    owner_id: string
    manager_id: string | null
    node_path: string
    created_at: Date
    changed_at: Date
    launched_day: PlainDate | null
    launched_plan: JsonColumn<Plan | null>
    launched_target: JsonColumn<Target | null>
    paused_why: JsonColumn<Words | null>
    closed_at: Date | null
    report: JsonColumn<unknown>
  }
  campaign_member: {
    campaign_id: number
    subscriber_id: string
    arm: Arm
    wave: number
  }
  campaign_version: {
    campaign_id: number
    version: number
    plan: JsonColumn<Plan>
    staff_id: string
    at: Date
  }
}

export const campaignTables = (db: DeskDb) => db.withTables<CampaignTables>()
