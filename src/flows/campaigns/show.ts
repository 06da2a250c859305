import {
  type Campaign,
  type CampaignState,
  campaignById,
  campaignMoves,
  campaignStates,
  listCampaigns,
  movesFrom,
} from '#campaigns'
import { can, listStaff } from '#governance'
import { ok } from '#kernel'
import type { Application } from '../application.ts'
import { type Asker, businessDay } from '../asker.ts'
import { rowId } from '../row-id.ts'
import { rulesInForce } from '../rules/in-force.ts'
import { listChoices } from './list-target.ts'
import { type CampaignReport, reportOf } from './report.ts'
import { targetWords } from './target.ts'

export interface PlansQuery {
  readonly state?: CampaignState
  readonly page?: number
  readonly pageSize?: number
}

/** Campaigns in the asker's scope, what changed last first. */
export async function listPlans(application: Application, asker: Asker, query: PlansQuery) {
  const { page = 1, pageSize = 20, state } = query
  const { db } = application.desk
  const [{ campaigns, total }, names] = await Promise.all([
    listCampaigns(db, asker.scope, { state, page, pageSize }),
    namesOf(application),
  ])
  return ok({ rows: campaigns.map(c => lineOf(c, names)), total, page, pageSize })
}

/** One campaign with its plan, what may be done now, and how it stands. Fault campaign.unknown. */
export async function showCampaign(application: Application, asker: Asker, id: string) {
  const found = await campaignById(application.desk.db, asker.scope, rowId(id))
  if (!found.ok) return found
  const campaign = found.value
  const day = await businessDay(application)
  const mayPlan = can(asker.staff, 'campaign.plan')
  const isStill = campaign.launchedDay === null || campaign.state === 'closed'
  return ok({
    ...lineOf(campaign, await namesOf(application)),
    plan: campaign.plan,
    offerTitle: application.catalogue.offers.get(campaign.plan.offer)?.title ?? null,
    sentence: await targetWords(application, campaign, day),
    moves: mayPlan
      ? movesFrom(campaign.state)
          .filter(m => m !== 'approve' && m !== 'withdraw')
          .map(code => ({ code, title: campaignMoves[code].title }))
      : [],
    mayChange: mayPlan && campaign.state !== 'closed' && campaign.state !== 'waiting',
    report: isStill ? (campaign.report as CampaignReport | null) : await reportOf(application, campaign, day),
  })
}

/** What a plan may name: rules, offers, scripts, channels, and lists within the asker's scope. */
export async function campaignChoices(application: Application, { scope }: Asker) {
  const { catalogue } = application
  const { rules } = await rulesInForce(application)
  return ok({
    rules: rules.map(r => ({ code: r.id, title: r.title })),
    offers: [...catalogue.offers.values()].map(o => ({
      code: o.id,
      title: o.title,
      channels: o.channels,
      costFen: o.costFen,
      smsText: o.smsText ?? null,
    })),
    scripts: [...catalogue.scripts.values()].map(s => ({ code: s.id, title: s.title })),
    lists: await listChoices(application, scope, await businessDay(application)),
  })
}

async function namesOf({ desk }: Application) {
  return new Map((await listStaff(desk.db)).map(s => [s.id, s.name]))
}

function lineOf(
  campaign: Campaign,
  names: ReadonlyMap<string, { readonly zh: string; readonly en: string }>,
) {
  const { id, state, version, plan, ownerId, changedAt, launchedDay, pausedWhy } = campaign
  return {
    id,
    title: plan.title,
    state: { code: state, title: campaignStates[state] },
    version,
    owner: { id: ownerId, name: names.get(ownerId) ?? { zh: ownerId, en: ownerId } },
    period: plan.period,
    launchedDay,
    pausedWhy,
    changedAt: changedAt.toISOString(),
  }
}
