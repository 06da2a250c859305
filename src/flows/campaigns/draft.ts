import {
  addCampaign,
  type Campaign,
  campaignById,
  frozenFaults,
  type Plan,
  planFaults,
  replan,
  smsSize,
  sourceOf,
} from '#campaigns'
import { audit } from '#governance'
import { err, type Fault, FaultError, ok, type PlainDate, type Result } from '#kernel'
import { smsOf } from '#policy'
import type { Application } from '../application.ts'
import { type Asker, businessDay } from '../asker.ts'
import { campaignWaiting } from '../faults.ts'
import { lastNight } from '../night/record.ts'
import { orFail } from '../night/work.ts'
import { rowId } from '../row-id.ts'
import type { Words } from '../view/coded.ts'
import { knownTo } from './known.ts'
import { showCampaign } from './show.ts'
import { aimOf, meantOn, withinOwn } from './target.ts'

/** What one SMS costs, in fen. */
const smsFen = 5

/** The plan, or all its faults at once thrown together. */
async function checked(
  application: Application,
  asker: Asker,
  input: unknown,
  isLaunched = false,
): Promise<Plan> {
  const faults = await faultsIn(application, asker, input)
  // A launched target is frozen: what has become of its rule or list since is nothing that a change could mend.
  const [first, ...rest] = isLaunched ? faults.filter(fault => !isOfTarget(fault)) : faults
  if (first !== undefined) throw new FaultError(first, ...rest)
  return input as Plan
}

function isOfTarget({ at }: Fault): boolean {
  return /^\/target(\/|$)/.test(String(at?.['path'] ?? ''))
}

async function faultsIn(
  application: Application,
  { scope }: Asker,
  plan: unknown,
): Promise<readonly Fault[]> {
  const day = await businessDay(application)
  return planFaults(plan, await knownTo(application, { scope, day, plan }), day)
}

interface PlanPicture {
  readonly sentence: Words
  /** How many the list names, wherever they are now; null: no list is the target. */
  readonly listed: number | null
  /** In the asker's branch. */
  readonly found: number
  readonly approached: number
  readonly aside: number
  readonly offerFen: number
  readonly overBudget: boolean
  readonly days: number
  readonly sms: (ReturnType<typeof smsSize> & { readonly text: string; readonly costFen: number }) | null
}

interface CheckedPlan {
  /** All of them; without any there is a picture. */
  readonly faults: readonly Fault[]
  readonly asOf: PlainDate | null
  readonly picture: PlanPicture | null
}

/** What a plan would mean, before it is kept: whom it finds in the asker's branch, what it would cost, how the message travels. */
export async function checkPlan(
  application: Application,
  asker: Asker,
  input: unknown,
): Promise<Result<CheckedPlan>> {
  const faults = await faultsIn(application, asker, input)
  if (faults.length > 0) return ok({ faults, asOf: null, picture: null })
  const plan = input as Plan
  const day = (await lastNight(application.desk)) ?? (await businessDay(application))
  const aim = await aimOf(application, { plan }, day)
  const matched = await meantOn(application, aim, day)
  const found = (await withinOwn(application, asker.scope, matched)).length
  const aside = plan.controlPercent / 100
  const approached = Math.round(found * (1 - aside) * 0.98)
  const offer = application.catalogue.offers.get(plan.offer)
  const offerFen = offer?.costFen ?? 0
  const text = plan.channels.includes('sms') && offer !== undefined ? smsText(plan, offer) : undefined
  const size = text === undefined ? null : { text, ...smsSize(text) }
  const picture = {
    sentence: aim.says,
    listed: aim.listed,
    found,
    approached,
    aside: found - approached,
    offerFen: approached * offerFen,
    overBudget: approached * offerFen > plan.budgetFen,
    days: Math.ceil(approached / plan.perDayMax),
    sms: size === null ? null : { ...size, costFen: size.parts * smsFen },
  }
  return ok({ faults, asOf: day, picture })
}

function smsText(plan: Plan, offer: Parameters<typeof smsOf>[0]): string | undefined {
  return smsOf(plan.smsText === undefined ? offer : { ...offer, smsText: plan.smsText }, 'zh')
}

/** Keeps a new draft. All faults of the plan at once. */
export async function addPlan(application: Application, asker: Asker, input: unknown) {
  const { desk, clock } = application
  const plan = await checked(application, asker, input)
  const at = clock.now()
  const added = await desk.db.transaction().execute(async trx => {
    const by = { id: asker.staff.id, nodePath: asker.staff.unit.path }
    const campaign = await addCampaign(trx, plan, by, at)
    await noteChange(trx, asker, campaign, { act: 'campaign.add', before: null, at })
    return campaign
  })
  return showCampaign(application, asker, String(added.id))
}

/**
 * Puts another plan in the place of the one that was seen. Before the launch it is a draft again; after it, it may only become
 * smaller. Faults campaign.unknown, .waiting, .frozen, .changed-meanwhile and those of plans.
 */
export async function changePlan(
  application: Application,
  asker: Asker,
  id: string,
  change: { readonly version: number; readonly plan: unknown },
): Promise<Awaited<ReturnType<typeof showCampaign>>> {
  const { desk, clock } = application
  const found = await campaignById(desk.db, asker.scope, rowId(id))
  if (!found.ok) return found
  const campaign = found.value
  if (campaign.state === 'waiting' || campaign.state === 'closed') return err(campaignWaiting())
  const isLaunched = campaign.launchedDay !== null
  const plan = await checked(application, asker, change.plan, isLaunched)
  if (isLaunched) {
    const [first, ...rest] = frozenFaults(campaign.plan, plan)
    if (first !== undefined) throw new FaultError(first, ...rest)
  }
  const at = clock.now()
  const state = isLaunched ? campaign.state : 'draft'
  await desk.db.transaction().execute(async trx => {
    const seen = { id: campaign.id, version: change.version }
    const changed = orFail(await replan(trx, seen, { plan, state, by: asker.staff.id, at }))
    await noteChange(trx, asker, changed, { act: 'campaign.change', before: campaign.plan, at })
  })
  return showCampaign(application, asker, id)
}

async function noteChange(
  trx: Parameters<typeof audit>[0],
  { staff, from }: Asker,
  campaign: Campaign,
  { act, before, at }: { readonly act: string; readonly before: Plan | null; readonly at: Date },
): Promise<void> {
  const detail = { version: campaign.version, before, after: campaign.plan }
  await audit(trx, { at, staffId: staff.id, act, subject: sourceOf(campaign), detail, from })
}
