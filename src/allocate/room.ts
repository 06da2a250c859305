import type { Channel, Proposal } from './proposal.ts'
import type { ReasonCode } from './reason.ts'

/** What is left of the day; used up as proposals are taken. */
export interface Room {
  readonly minutes: Map<string, number>
  readonly contacts: Partial<Record<Channel, number>>
  readonly sources: Map<string, number>
}

/** Why there is no room for it; undefined when there is. */
export function roomFor(proposal: Proposal, managerId: string | null, room: Room): ReasonCode | undefined {
  if (proposal.minutes > minutesLeft(managerId, room)) return 'manager-hours'
  if ((room.contacts[proposal.channel] ?? Number.POSITIVE_INFINITY) < 1) return 'channel-rate'
  return (room.sources.get(proposal.source) ?? Number.POSITIVE_INFINITY) < 1 ? 'source-limit' : undefined
}

export function take(proposal: Proposal, managerId: string | null, room: Room): void {
  if (managerId !== null && proposal.minutes > 0) {
    room.minutes.set(managerId, minutesLeft(managerId, room) - proposal.minutes)
  }
  const left = room.contacts[proposal.channel]
  if (left !== undefined) room.contacts[proposal.channel] = left - 1
  const own = room.sources.get(proposal.source)
  if (own !== undefined) room.sources.set(proposal.source, own - 1)
}

function minutesLeft(managerId: string | null, room: Room): number {
  return managerId === null ? 0 : (room.minutes.get(managerId) ?? 0)
}
