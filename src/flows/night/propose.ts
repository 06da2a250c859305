import type { Proposal, Standing } from '#allocate'
import type { Offer, Success } from '#policy'
import type { BoundCondition } from '#rules'
import type { TaskDraft } from '#tasks'
import type { Words } from '../view/coded.ts'
import type { ShownSignal } from '../work/show.ts'
import type { Morning } from './morning.ts'
import type { Work } from './work.ts'

/** Why somebody is approached: what the task shows of it. */
export interface Evidence {
  readonly level: TaskDraft['level']
  readonly points: number
  readonly ruleIds: readonly string[]
  readonly signals: readonly ShownSignal[]
  readonly reason: Words
}

/** A proposal with what a task is written from when it is acted on. */
export interface Proposed {
  readonly proposal: Proposal
  readonly offer: Offer
  /** What is said or sent, with the offer's placeholders in it; undefined: nothing is prescribed. */
  readonly text: Words | undefined
  /** When acting counts as having worked. */
  readonly success: Success
  readonly evidence: () => Evidence
}

/** The source named by proposals, as it stood on the morning: re-check and effects ask it again. */
export interface Proposer {
  readonly id: string
  readonly title: Words
  /** Of its subscribers, 0 to 1. */
  readonly controlShare: number
  /** Most contacts this morning; no limit of its own when left out. */
  readonly contactsMax?: number
  /** Must still hold on live facts just before a contact; null asks only that the subscriber is still in the base. */
  readonly condition: BoundCondition | null
}

/** A kind of reason to approach subscribers (warnings, campaigns …), asked once a morning. */
export interface Source {
  readonly proposers: readonly Proposer[]
  readonly subscriberIds: readonly string[]
  proposalsFor(morning: Morning): readonly Proposed[]
}

export type AskSource = (work: Work) => Promise<Source>

/** What stands for or against contact with a subscriber this morning. */
export function standingOf(
  morning: Morning,
  dealings: Pick<Standing, 'optedOut' | 'contacts7' | 'contacts30'>,
  hasOpenTask: boolean,
): Standing {
  return {
    subscriberId: morning.subscriberId,
    managerId: morning.managerId,
    optedOut: morning.optedOut ? ['call', 'sms'] : dealings.optedOut,
    hasOpenComplaint: morning.openComplaints > 0,
    hasOpenFault: morning.openFaults > 0,
    hasOpenTask,
    contacts7: dealings.contacts7,
    contacts30: dealings.contacts30,
  }
}
