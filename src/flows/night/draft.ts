import type { Decision } from '#allocate'
import { addDays, type PlainDate } from '#kernel'
import { fill, type Offer } from '#policy'
import type { TaskDraft } from '#tasks'
import type { Words } from '../view/coded.ts'
import type { ShownOffer } from '../work/show.ts'
import type { Morning } from './morning.ts'
import type { Proposed } from './propose.ts'

/** The task of a proposal that is acted on: who, why, what to offer and what to say, as known this morning. */
export function draftOf(made: Proposed, decision: Decision, morning: Morning, day: PlainDate): TaskDraft {
  const { proposal, offer } = made
  const { signals, ...evidence } = made.evidence()
  return {
    ...evidence,
    signals: signals as unknown as TaskDraft['signals'],
    subscriberId: morning.subscriberId,
    number: morning.number,
    customerName: morning.customerName,
    arpuFen: morning.arpuFen,
    managerId: morning.managerId,
    nodePath: morning.nodePath,
    valueClass: morning.valueClass,
    channel: proposal.channel,
    ruleId: proposal.source,
    valueFen: proposal.valueFen,
    dueDay: proposal.deadline ?? day,
    offerId: offer.id,
    offer: shownOffer(offer, day) as unknown as TaskDraft['offer'],
    script: saidWith(made.text, offer),
    decision: { zh: decision.reason.zh, en: decision.reason.en },
  }
}

function saidWith(text: Words | undefined, offer: Offer): Words | null {
  return text === undefined ? null : { zh: fill(text.zh, offer, 'zh'), en: fill(text.en, offer, 'en') }
}

function shownOffer(offer: Offer, day: PlainDate): ShownOffer {
  return {
    id: offer.id,
    title: offer.title,
    means: offer.means,
    asksFen: offer.asksFen === 0 ? null : offer.asksFen,
    bonusFen: offer.bonus.kind === 'money' ? offer.bonus.amountFen : null,
    validFrom: day,
    validTo: addDays(day, offer.holdsDays),
  }
}
