import { type Campaign, memberCounts, sourceOf } from '#campaigns'
import { addDays, everybody, type PlainDate } from '#kernel'
import { figuresOfSource, taskStates } from '#tasks'
import type { Application } from '../application.ts'
import type { Words } from '../view/coded.ts'
import { effectsAt, shownEffect } from '../view/effects.ts'

export interface CampaignReport {
  readonly asOf: PlainDate
  readonly members: { readonly treated: number; readonly control: number; readonly universal: number }
  readonly waves: readonly number[]
  /** Tasks made, by what became of them. */
  readonly tasks: readonly { readonly code: string; readonly title: Words; readonly count: number }[]
  readonly issued: number
  /** The offer's cost for everybody it was decided to approach. */
  readonly spentFen: number
  /** Against the campaign's own control group. */
  readonly effect: ReturnType<typeof shownEffect> | null
  /** All that was done to those it approached, against whom nobody approaches; reports of long ago lack it. */
  readonly universalEffect?: ReturnType<typeof shownEffect> | null
}

/** How a campaign stands: who was to be approached, what came of it, what it cost and whether it worked. */
export async function reportOf(
  application: Application,
  campaign: Campaign,
  asOf: PlainDate,
): Promise<CampaignReport> {
  const { db } = application.desk
  const source = sourceOf(campaign)
  const [counts, figures, [own], [universal]] = await Promise.all([
    memberCounts(db, campaign.id),
    figuresOfSource(db, source, addDays(asOf, 1)),
    effectsAt(application, asOf, everybody, { source }),
    effectsAt(application, asOf, everybody, { source, against: 'universal' }),
  ])
  const of = (arm: 'treated' | 'control' | 'universal') =>
    counts.filter(c => c.arm === arm).reduce((sum, c) => sum + c.count, 0)
  const waves = Math.max(0, ...counts.map(c => c.wave + 1))
  const cost = application.catalogue.offers.get(campaign.plan.offer)?.costFen ?? 0
  return {
    asOf,
    members: { treated: of('treated'), control: of('control'), universal: of('universal') },
    waves: Array.from({ length: waves }, (_, i) =>
      counts.filter(c => c.wave === i).reduce((sum, c) => sum + c.count, 0),
    ),
    tasks: figures.states.map(({ state, count }) => ({ code: state, title: taskStates[state], count })),
    issued: figures.states.reduce((sum, s) => sum + s.count, 0),
    spentFen: figures.acted * cost,
    effect: own === undefined ? null : shownEffect(own),
    universalEffect: universal === undefined ? null : shownEffect(universal),
  }
}
