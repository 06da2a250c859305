import { type ContactPolicy, quietUntil } from './policy.ts'
import type { Reason } from './reason.ts'
import * as because from './reason.ts'
import type { ContactChannel } from './words.ts'

/** What is known about a subscriber at this moment, beyond what the night knew. */
export interface LiveFacts {
  /** Recharges the night could not know of. */
  readonly rechargeFen: number
  readonly recharges: number
  /** State and number of the line if they changed; null when nothing was told. */
  readonly status: string | null
  readonly number: string | null
}

/** Contacts made with the subscriber on the days before and on this one, and what they told us not to do. */
export interface Dealings {
  readonly optedOut: readonly ContactChannel[]
  readonly contactsToday: number
  readonly contacts7: Readonly<Record<ContactChannel, number>>
  readonly contacts30: Readonly<Record<ContactChannel, number>>
}

export interface Proposed {
  readonly channel: ContactChannel
  /** The number known this morning. */
  readonly number: string | null
  /** The offer asks for a recharge: whoever has recharged by now is not asked again. */
  readonly asksRecharge: boolean
  /** The proposal's own rule on the live row, by the plain function. */
  readonly stillHolds: (facts: LiveFacts) => boolean
}

export type Verdict =
  | { readonly do: 'go' }
  | { readonly do: 'refuse'; readonly reason: Reason }
  | { readonly do: 'wait'; readonly reason: Reason; readonly until: Date }

export interface Moment {
  readonly at: Date
  readonly policy: ContactPolicy
}

/** The last question before a contact: on all that is known now, may it be made? Pure; the caller keeps the answer. */
export function recheck(proposed: Proposed, facts: LiveFacts, dealings: Dealings, moment: Moment): Verdict {
  const { policy, at } = moment
  const refused =
    againstLine(proposed, facts, policy) ??
    againstDealings(proposed, dealings, policy) ??
    againstNeed(proposed, facts)
  if (refused) return { do: 'refuse', reason: refused }
  const quiet = policy.quiet[proposed.channel]
  const until = quietUntil(at, quiet, policy.zone)
  return until ? { do: 'wait', reason: because.quietHours(quiet.from, quiet.to), until } : { do: 'go' }
}

function againstLine(proposed: Proposed, facts: LiveFacts, policy: ContactPolicy): Reason | undefined {
  if (proposed.number === null) return because.noNumber
  if (facts.number !== null && facts.number !== proposed.number) return because.numberChanged
  const { status } = facts
  return status !== null && !policy.reachableStatuses.includes(status)
    ? because.lineStatus(status)
    : undefined
}

function againstDealings(proposed: Proposed, dealings: Dealings, policy: ContactPolicy): Reason | undefined {
  const { optedOut, contactsToday, contacts7, contacts30 } = dealings
  const { channel } = proposed
  const isReached = (kind: ContactChannel | 'overall', in7: number, in30: number) =>
    in7 >= policy.caps[kind].per7DaysMax || in30 >= policy.caps[kind].per30DaysMax
  if (optedOut.includes(channel)) return because.optedOut
  if (contactsToday > 0) return because.contactedToday
  if (isReached(channel, contacts7[channel], contacts30[channel])) return because.capReached(policy, channel)
  const [all7, all30] = [contacts7, contacts30].map(counts => counts.call + counts.sms)
  return isReached('overall', all7 ?? 0, all30 ?? 0) ? because.capReached(policy, 'overall') : undefined
}

function againstNeed(proposed: Proposed, facts: LiveFacts): Reason | undefined {
  if (proposed.asksRecharge && facts.recharges > 0) return because.recharged(facts.rechargeFen)
  return proposed.stillHolds(facts) ? undefined : because.ruleNoLonger
}
