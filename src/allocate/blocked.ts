import type { PlainDate } from '#kernel'
import { type Cap, type Channel, type Limits, netFen, type Proposal, type Standing } from './proposal.ts'
import type { ReasonCode } from './reason.ts'

/** Why this proposal cannot be acted on whatever room there is; undefined when nothing stands against it. */
export function blocked(
  proposal: Proposal,
  standing: Standing | undefined,
  limits: Limits,
  day: PlainDate,
): ReasonCode | undefined {
  if (proposal.deadline !== null && proposal.deadline < day) return 'past-deadline'
  if (netFen(proposal) <= 0 && proposal.purpose !== 'service') return 'not-worth-its-cost'
  if (proposal.minutes > 0 && (standing?.managerId ?? null) === null) return 'no-manager'
  return standing && (againstSelling(proposal, standing) ?? overCap(proposal.channel, standing, limits))
}

function againstSelling(proposal: Proposal, standing: Standing): ReasonCode | undefined {
  if (standing.optedOut.includes(proposal.channel)) return 'opted-out'
  if (standing.hasOpenTask) return 'task-in-hand'
  if (proposal.purpose !== 'selling') return undefined
  if (standing.hasOpenComplaint) return 'open-complaint'
  return standing.hasOpenFault ? 'open-fault' : undefined
}

function overCap(channel: Channel, standing: Standing, limits: Limits): ReasonCode | undefined {
  const { contacts7, contacts30 } = standing
  if (isReached(limits.caps[channel], contacts7[channel], contacts30[channel])) return 'cap-channel'
  const all7 = contacts7.call + contacts7.sms
  const all30 = contacts30.call + contacts30.sms
  return isReached(limits.caps.overall, all7, all30) ? 'cap-overall' : undefined
}

function isReached(cap: Cap, in7Days: number, in30Days: number): boolean {
  return in7Days >= cap.per7DaysMax || in30Days >= cap.per30DaysMax
}
