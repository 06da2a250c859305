import { FaultError, type PlainDate } from '#kernel'
import { blocked } from './blocked.ts'
import { type ControlGroup, controlGroupOf } from './control.ts'
import type { Decision } from './decision.ts'
import { duplicateProposal } from './faults.ts'
import { type ManagerDay, managerDays } from './manager-day.ts'
import { byKey, byWorth, type ControlShares, type Limits, type Proposal, type Standing } from './proposal.ts'
import { type ReasonCode, reasons } from './reason.ts'
import { type Room, roomFor, take } from './room.ts'

export interface Allocation {
  /** One per proposal, in the order of subscriber, source, channel, offer. */
  readonly decisions: readonly Decision[]
  readonly managers: readonly ManagerDay[]
}

export interface AllocationInput {
  readonly day: PlainDate
  readonly proposals: readonly Proposal[]
  readonly standings: ReadonlyMap<string, Standing>
  readonly limits: Limits
  readonly shares: ControlShares
}

/**
 * Answers every proposal of a day, the most valuable first. A subscriber is settled by the first of its proposals that
 * is allowed and for which there is room; a proposal kept aside for control settles it too, but takes no room.
 * The same set of proposals gives the same answers in whatever order it comes. Fault proposal.duplicate.
 */
export function allocate(input: AllocationInput): Allocation {
  const words = reasons(input.limits)
  const { minutesOf, channelMax, sourceMax = {} } = input.limits
  const room: Room = {
    minutes: new Map(minutesOf),
    contacts: { ...channelMax },
    sources: new Map(Object.entries(sourceMax)),
  }
  const settled = new Set<string>()
  const decisions = withoutDuplicates(input.proposals)
    .toSorted(byWorth)
    .map((proposal): Decision => {
      const managerId = input.standings.get(proposal.subscriberId)?.managerId ?? null
      const { result, control, code } = answer(proposal, managerId, input, room, settled)
      return { proposal, managerId, result, control, reason: words[code] }
    })
  return {
    decisions: decisions.toSorted((a, b) => byKey(a.proposal, b.proposal)),
    managers: managerDays(decisions, input.limits.minutesOf, input.shares),
  }
}

interface Answer {
  readonly result: Decision['result']
  readonly control: ControlGroup | null
  readonly code: ReasonCode
}

function answer(
  proposal: Proposal,
  managerId: string | null,
  input: AllocationInput,
  room: Room,
  settled: Set<string>,
): Answer {
  const { subscriberId } = proposal
  const standing = input.standings.get(subscriberId)
  const against =
    blocked(proposal, standing, input.limits, input.day) ??
    (settled.has(subscriberId) ? 'another-chosen' : roomFor(proposal, managerId, room))
  if (against !== undefined) return { result: 'refused', control: null, code: against }
  settled.add(subscriberId)
  const control = controlGroupOf(proposal, input.shares)
  if (control !== undefined) return { result: 'control', control, code: `control-${control}` }
  take(proposal, managerId, room)
  return { result: 'act', control: null, code: 'most-valuable' }
}

function withoutDuplicates(proposals: readonly Proposal[]): readonly Proposal[] {
  const sorted = proposals.toSorted(byKey)
  for (const [i, proposal] of sorted.entries()) {
    const next = sorted[i + 1]
    if (next !== undefined && byKey(proposal, next) === 0) {
      throw new FaultError(duplicateProposal(proposal.source, proposal.channel))
    }
  }
  return sorted
}
