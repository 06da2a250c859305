import type { Selectable } from 'kysely'
import type { PlainDate } from '#kernel'
import type { CampaignState } from './moves.ts'
import type { Plan } from './plan.ts'
import type { CampaignTables } from './tables.ts'
import type { Target } from './target.ts'
import type { Words } from './words.ts'

export interface Campaign {
  readonly id: number
  readonly state: CampaignState
  readonly version: number
  readonly plan: Plan
  readonly ownerId: string
  readonly nodePath: string
  readonly changedAt: Date
  /** The morning whose facts chose the members; null before the launch. */
  readonly launchedDay: PlainDate | null
  readonly launchedPlan: Plan | null
  /** As the rule stood at the launch, or which list it was; what becomes of it later changes nothing. */
  readonly launchedTarget: Target | null
  /** Why it paused by itself; null when a person paused it, or nobody. */
  readonly pausedWhy: Words | null
  readonly closedAt: Date | null
  /** As of the day it closed. */
  readonly report: unknown
}

export function toCampaign(row: Selectable<CampaignTables['campaign']>): Campaign {
  return {
    id: row.id,
    state: row.state,
    version: row.version,
    plan: row.plan,
    ownerId: row.owner_id,
    nodePath: row.node_path,
    changedAt: row.changed_at,
    launchedDay: row.launched_day,
    launchedPlan: row.launched_plan,
    launchedTarget: row.launched_target,
    pausedWhy: row.paused_why,
    closedAt: row.closed_at,
    report: row.report,
  }
}

/** What a campaign is called as the source of proposals, decisions and tasks. */
export function sourceOf(campaign: Pick<Campaign, 'id'>): string {
  return `campaign:${campaign.id}`
}
