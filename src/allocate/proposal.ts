import type { PlainDate } from '#kernel'

export type Channel = 'call' | 'sms'

/** Service duty is owed whatever we measure; care and selling are chosen. */
export type Purpose = 'selling' | 'care' | 'service'

/** What a rule asks to do for one subscriber. Nothing happens before `allocate` has answered it. */
export interface Proposal {
  readonly subscriberId: string
  /** The rule (or campaign) that proposes. */
  readonly source: string
  readonly channel: Channel
  readonly purpose: Purpose
  readonly offerId: string | null
  /** What acting is expected to bring, before its cost. */
  readonly valueFen: number
  readonly costFen: number
  /** Of the account manager's day; 0 when a machine does it. */
  readonly minutes: number
  /** Last day on which acting still makes sense; null when there is none. */
  readonly deadline: PlainDate | null
}

/** What is known about a subscriber this morning. Who is not in the list has no manager and nothing against contact. */
export interface Standing {
  readonly subscriberId: string
  readonly managerId: string | null
  readonly optedOut: readonly Channel[]
  readonly hasOpenComplaint: boolean
  readonly hasOpenFault: boolean
  /** A task for this subscriber is already on someone's list. */
  readonly hasOpenTask: boolean
  readonly contacts7: Readonly<Record<Channel, number>>
  readonly contacts30: Readonly<Record<Channel, number>>
}

/** Most contacts with one subscriber in 7 and in 30 days. */
export interface Cap {
  readonly per7DaysMax: number
  readonly per30DaysMax: number
}

export interface Limits {
  /** Minutes each account manager has today; who is not named has none. */
  readonly minutesOf: ReadonlyMap<string, number>
  /** Most contacts through one channel today; a channel not named has no limit. */
  readonly channelMax: Readonly<Partial<Record<Channel, number>>>
  /** Most contacts of one source today (a campaign's rate, or what its budget still pays for); one not named has no limit. */
  readonly sourceMax?: Readonly<Record<string, number>>
  readonly caps: Readonly<Record<Channel | 'overall', Cap>>
}

export interface ControlShares {
  /** Never changed while effects are measured: it decides who is kept aside. */
  readonly salt: string
  /** Of the whole base, across everything but service duty: 0.02. */
  readonly universal: number
  /** Of each rule's subscribers unless `byRule` says otherwise: 0.1. */
  readonly perRule: number
  readonly byRule?: Readonly<Record<string, number>>
}

/** The order among proposals: the most valuable first; the rest only makes it total, so that input order never counts. */
export function byWorth(a: Proposal, b: Proposal): number {
  return (
    netFen(b) - netFen(a) ||
    compareText(a.deadline ?? '9999', b.deadline ?? '9999') ||
    a.minutes - b.minutes ||
    byKey(a, b)
  )
}

export function byKey(a: Proposal, b: Proposal): number {
  return (
    compareText(a.subscriberId, b.subscriberId) ||
    compareText(a.source, b.source) ||
    compareText(a.channel, b.channel) ||
    compareText(a.offerId ?? '', b.offerId ?? '')
  )
}

export function netFen(proposal: Proposal): number {
  return proposal.valueFen - proposal.costFen
}

/** By code units: the same on every machine, whatever its locale. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
