import { addDays, type PlainDate } from '#kernel'
import { offerFor } from '#policy'
import type { Application } from '../application.ts'
import type { Morning } from './morning.ts'
import type { Evidence, Proposed } from './propose.ts'

/** An action that somebody calls for, in the words of the policy, and why. */
export interface Call {
  /** Who proposes. */
  readonly source: string
  readonly action: string
  readonly evidence: () => Evidence
}

/** What the policy answers to a call for one subscriber, as a proposal; nothing when it has no answer for their value class. */
export function answerTo(
  { policy, offers, scripts }: Application['catalogue'],
  { source, action, evidence }: Call,
  morning: Morning,
  day: PlainDate,
): readonly Proposed[] {
  const row = offerFor(policy, action, morning.valueClass)
  const offer = row && offers.get(row.offer)
  if (row === undefined || offer === undefined) return []
  const script = row.script === undefined ? undefined : scripts.get(row.script)
  const proposal = {
    subscriberId: morning.subscriberId,
    source,
    channel: row.channel,
    purpose: row.purpose,
    offerId: offer.id,
    valueFen: row.valueFen,
    costFen: offer.costFen,
    minutes: row.minutes,
    deadline: addDays(day, row.deadlineDays),
  }
  const text = row.channel === 'sms' ? offer.smsText : script?.text
  return [{ proposal, offer, text, success: row.success, evidence }]
}
