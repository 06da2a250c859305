import { type Campaign, membersOf, type Plan, sourceOf, wavesDue } from '#campaigns'
import { addDays, type PlainDate } from '#kernel'
import { approachedBy, figuresOfSource } from '#tasks'
import type { Application } from '../application.ts'
import type { Morning } from '../night/morning.ts'
import type { Proposed, Source } from '../night/propose.ts'
import type { Suspects } from '../night/quality.ts'
import type { Words } from '../view/coded.ts'
import { type Aim, aimOf, heldBy, meantOn } from './target.ts'

/**
 * What a campaign proposes on a morning: members whose wave has come, who have not been approached by it and still are whom
 * it is for. Nothing while a factor of its target is suspect.
 */
export async function campaignSource(
  application: Application,
  campaign: Campaign,
  { day, suspects }: { readonly day: PlainDate; readonly suspects: Suspects },
): Promise<Source> {
  const { db } = application.desk
  const aim = await aimOf(application, campaign, day)
  const held = await heldBy(application, aim, day, suspects)
  const waves = held === undefined ? wavesDue(campaign.plan, day) : []
  const [members, approached, { acted }, matched] = await Promise.all([
    membersOf(db, campaign.id, waves),
    approachedBy(db, sourceOf(campaign), day),
    figuresOfSource(db, sourceOf(campaign), day),
    waves.length === 0 || aim.condition === null ? [] : meantOn(application, aim, day),
  ])
  const gone = new Set(approached)
  const still = new Set(matched)
  // Of those whom a list named at the launch nothing is asked again: who has left the base has no morning.
  const isStill = (id: string) => aim.condition === null || still.has(id)
  const subscriberIds = members.map(m => m.subscriberId).filter(id => isStill(id) && !gone.has(id))
  return proposing(application, { campaign, aim, subscriberIds, acted, day })
}

interface Turn {
  readonly campaign: Pick<Campaign, 'id' | 'plan' | 'launchedPlan'>
  readonly aim: Aim
  readonly subscriberIds: readonly string[]
  /** How many it has approached before. */
  readonly acted: number
  readonly day: PlainDate
}

/** These subscribers as a source: a proposal for each channel, the one tried first worth a little more. */
export function proposing(
  application: Application,
  { campaign, aim, subscriberIds, acted, day }: Turn,
): Source {
  const { plan } = campaign
  const id = sourceOf(campaign)
  const { says: why, condition } = aim
  const isMember = new Set(subscriberIds)
  return {
    proposers: [
      {
        id,
        title: plan.title,
        controlShare: (campaign.launchedPlan ?? plan).controlPercent / 100,
        contactsMax: Math.min(plan.perDayMax, affordable(application, plan, acted)),
        condition,
      },
    ],
    subscriberIds,
    proposalsFor: morning =>
      isMember.has(morning.subscriberId)
        ? plan.channels.flatMap((_, nth) => proposalOf(application, { id, plan, why, day }, morning, nth))
        : [],
  }
}

/** How many more the budget pays for, each at the offer's whole cost. */
function affordable({ catalogue }: Application, plan: Plan, acted: number): number {
  const cost = catalogue.offers.get(plan.offer)?.costFen ?? 0
  return cost === 0 ? Number.MAX_SAFE_INTEGER : Math.max(0, Math.floor(plan.budgetFen / cost) - acted)
}

interface Saying {
  readonly id: string
  readonly plan: Plan
  readonly why: Words
  readonly day: PlainDate
}

function proposalOf(
  { catalogue }: Application,
  { id, plan, why, day }: Saying,
  morning: Morning,
  nth: number,
): readonly Proposed[] {
  const offer = catalogue.offers.get(plan.offer)
  const channel = plan.channels[nth]
  if (offer === undefined || channel === undefined) return []
  const script = plan.script === undefined ? undefined : catalogue.scripts.get(plan.script)
  const title = { zh: `活动“${plan.title.zh}”`, en: `campaign "${plan.title.en}"` }
  const last = addDays(plan.period.to as PlainDate, -1)
  return [
    {
      proposal: {
        subscriberId: morning.subscriberId,
        source: id,
        channel,
        purpose: plan.purpose,
        offerId: offer.id,
        valueFen: plan.valueFen + plan.channels.length - 1 - nth,
        costFen: offer.costFen,
        minutes: channel === 'call' ? plan.minutes : 0,
        deadline: last < addDays(day, 2) ? last : addDays(day, 2),
      },
      offer,
      text: channel === 'sms' ? (plan.smsText ?? offer.smsText) : script?.text,
      success: plan.success,
      evidence: () => ({
        level: 'stable',
        points: 0,
        ruleIds: [id],
        signals: [{ ruleId: id, title: plan.title, sentence: why, points: null, values: [] }],
        reason: { zh: `${title.zh}：${why.zh}`, en: `${title.en}: ${why.en}` },
      }),
    },
  ]
}
