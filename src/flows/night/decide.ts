import {
  allocate,
  type ControlGroup,
  controlGroupOf,
  type Decision,
  type Limits,
  type Proposal,
} from '#allocate'
import { dealingsBy, standardPolicy } from '#contact'
import type { DeskDb } from '#desk'
import { listStaff } from '#governance'
import { addDays, type PlainDate } from '#kernel'
import { subscribersInHand } from '#tasks'
import type { Application } from '../application.ts'
import { minutesPerManager, smsPerDayMax, universalShare } from './limits.ts'
import { type Morning, morningOf } from './morning.ts'
import { type Proposed, type Source, standingOf } from './propose.ts'
import { sellingHeldBy, suspectFactors } from './quality.ts'

/** Decides who is kept aside. Never changed while effects are measured. */
const controlSalt = 'weiwan control groups 1'
/** Universal 2 % of the base; of a source that does not say its own share, 10 %. */
const shares = { salt: controlSalt, universal: universalShare, perRule: 0.1 }

/** Everything a morning's proposals are answered by; reading it again in a transaction gives the same answers. */
export interface Ground {
  readonly day: PlainDate
  readonly sources: readonly Source[]
  readonly mornings: ReadonlyMap<string, Morning>
  readonly dealings: Awaited<ReturnType<typeof dealingsBy>>
  readonly managers: readonly string[]
  readonly isSellingHeld: boolean
}

export interface Answered {
  readonly decision: Decision
  readonly made: Proposed
  readonly morning: Morning
}

/** Gathers what is known this morning of everybody somebody proposes something for. */
export async function groundOf(
  application: Application,
  day: PlainDate,
  sources: readonly Source[],
): Promise<Ground> {
  const { db } = application.desk
  const ids = [...new Set(sources.flatMap(s => s.subscriberIds))]
  const [mornings, dealings, staff, suspects] = await Promise.all([
    morningOf(application, day, ids),
    dealingsBy(db, addDays(day, -1), ids),
    listStaff(db),
    suspectFactors(application, day),
  ])
  const managers = staff.filter(s => s.roles.includes('account_manager')).map(s => s.id)
  const isSellingHeld = sellingHeldBy(suspects, application) !== undefined
  return { day, sources, mornings, dealings, managers, isSellingHeld }
}

/** The allocator's answer to every proposal. Nothing is written. */
export async function decideDay(db: DeskDb, ground: Ground): Promise<readonly Answered[]> {
  const { day, sources, mornings, dealings, managers, isSellingHeld } = ground
  const inHand = await subscribersInHand(db, day)
  const proposed = [...mornings.values()].flatMap(morning => {
    const all = sources.flatMap(s => s.proposalsFor(morning))
    return isSellingHeld ? all.filter(p => p.proposal.purpose !== 'selling') : all
  })
  const standings = new Map(
    [...mornings].map(([id, m]) => [id, standingOf(m, dealings.get(id) ?? noDealings, inHand.has(id))]),
  )
  const { decisions } = allocate({
    day,
    proposals: proposed.map(p => p.proposal),
    standings,
    limits: limitsFor(managers, sources),
    shares: { ...shares, byRule: ownShares(sources) },
  })
  const byKey = new Map(proposed.map(p => [keyOf(p.proposal), p]))
  return decisions.flatMap(decision => {
    const made = byKey.get(keyOf(decision.proposal))
    const morning = mornings.get(decision.proposal.subscriberId)
    return made === undefined || morning === undefined ? [] : [{ decision, made, morning }]
  })
}

/** Which control group keeps a subscriber from a source with this share of its own: the same every morning. */
export function keptAside(
  proposal: Pick<Proposal, 'subscriberId' | 'source' | 'purpose'>,
  share: number,
): ControlGroup | undefined {
  return controlGroupOf(proposal, { ...shares, byRule: { [proposal.source]: share } })
}

const noDealings = { optedOut: [], contacts7: { call: 0, sms: 0 }, contacts30: { call: 0, sms: 0 } } as const

function limitsFor(managers: readonly string[], sources: readonly Source[]): Limits {
  return {
    minutesOf: new Map(managers.map(id => [id, minutesPerManager])),
    channelMax: { sms: smsPerDayMax },
    sourceMax: Object.fromEntries(
      sources.flatMap(s =>
        s.proposers.flatMap(p => (p.contactsMax === undefined ? [] : [[p.id, p.contactsMax]])),
      ),
    ),
    caps: standardPolicy.caps,
  }
}

function ownShares(sources: readonly Source[]): Readonly<Record<string, number>> {
  return Object.fromEntries(sources.flatMap(s => s.proposers.map(p => [p.id, p.controlShare])))
}

function keyOf(p: Proposal): string {
  return `${p.subscriberId} ${p.source} ${p.channel} ${p.offerId}`
}
