import type { Proposal, Standing } from '#allocate'
import type { PlainDate } from '#kernel'
import { addDays } from '#kernel'
import { type Offer, offerFor, type Policy, type PolicyRow } from '#policy'
import type { Warning, WarningRule } from '#warnings'
import type { Morning } from './morning.ts'

/** A proposal with what it was made from, so that a task can be written from it. */
export interface Proposed {
  readonly proposal: Proposal
  readonly row: PolicyRow
  readonly offer: Offer
  readonly warning: Warning
}

/** What the policy says to the rules that fired for a subscriber: one proposal per action, made by its strongest rule. */
export function proposalsFor(
  warning: Warning,
  rules: ReadonlyMap<string, WarningRule>,
  morning: Morning,
  content: { readonly policy: Policy; readonly offers: ReadonlyMap<string, Offer> },
  day: PlainDate,
): readonly Proposed[] {
  const byAction = new Map<string, WarningRule>()
  for (const signal of warning.signals) {
    const rule = rules.get(signal.rule)
    if (rule?.action == null) continue
    const stronger = byAction.get(rule.action)
    if (stronger === undefined || rule.points > stronger.points) byAction.set(rule.action, rule)
  }
  return [...byAction].flatMap(([action, rule]): Proposed[] => {
    const row = offerFor(content.policy, action, morning.valueClass)
    const offer = row && content.offers.get(row.offer)
    if (row === undefined || offer === undefined) return []
    const proposal: Proposal = {
      subscriberId: warning.subscriberId,
      source: rule.rule,
      channel: row.channel,
      purpose: row.purpose,
      offerId: offer.id,
      valueFen: row.valueFen,
      costFen: offer.costFen,
      minutes: row.minutes,
      deadline: addDays(day, row.deadlineDays),
    }
    return [{ proposal, row, offer, warning }]
  })
}

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
