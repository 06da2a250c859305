import type { Decision } from '#allocate'
import { addDays, type PlainDate } from '#kernel'
import { fill, type Offer } from '#policy'
import type { TaskDraft } from '#tasks'
import { type Signal, signalReason, type WarningRule } from '#warnings'
import type { Catalogue } from '../catalogue.ts'
import type { Words } from '../view/coded.ts'
import { type ShownValue, valued } from '../view/valued.ts'
import type { ShownOffer, ShownSignal } from '../work/show.ts'
import type { Morning } from './morning.ts'
import type { Proposed } from './propose.ts'

interface Context {
  readonly rules: ReadonlyMap<string, WarningRule>
  readonly catalogue: Catalogue
  readonly day: PlainDate
}

/** The task of a proposal that is acted on: who, why, what to offer and what to say, as known this morning. */
export function draftOf(made: Proposed, decision: Decision, morning: Morning, context: Context): TaskDraft {
  const { warning, proposal, row, offer } = made
  const signals = warning.signals.flatMap(s => shownSignal(s, context))
  const script = row.script === undefined ? undefined : context.catalogue.scripts.get(row.script)
  return {
    subscriberId: morning.subscriberId,
    number: morning.number,
    customerName: morning.customerName,
    arpuFen: morning.arpuFen,
    managerId: morning.managerId,
    nodePath: morning.nodePath,
    valueClass: morning.valueClass,
    channel: row.channel,
    ruleId: proposal.source,
    ruleIds: warning.signals.map(s => s.rule),
    level: warning.level,
    points: warning.points,
    valueFen: proposal.valueFen,
    dueDay: proposal.deadline ?? context.day,
    reason: inBoth(lang =>
      eachOnce(
        signals.map(s => s.sentence[lang]),
        lang === 'zh' ? '；' : '; ',
      ),
    ),
    signals: signals as unknown as TaskDraft['signals'],
    offerId: offer.id,
    offer: shownOffer(offer, context.day) as unknown as TaskDraft['offer'],
    script: saidWith(row.channel === 'sms' ? offer.smsText : script?.text, offer),
    decision: { zh: decision.reason.zh, en: decision.reason.en },
  }
}

function saidWith(text: Words | undefined, offer: Offer): Words | null {
  return text === undefined ? null : inBoth(lang => fill(text[lang], offer, lang))
}

/** Several rules ask for the same thing (a line in service): said once. */
function eachOnce(sentences: readonly string[], separator: string): string {
  return [...new Set(sentences.flatMap(s => s.split(separator)))].join(separator)
}

function inBoth(say: (lang: 'zh' | 'en') => string): Words {
  return { zh: say('zh'), en: say('en') }
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

function shownSignal(signal: Signal, { rules, catalogue }: Context): ShownSignal[] {
  const rule = rules.get(signal.rule)
  if (rule === undefined) return []
  const known = catalogue.factors.byId
  return [
    {
      ruleId: signal.rule,
      title: rule.title,
      sentence: inBoth(lang => signalReason(signal, rule, known, lang)),
      points: signal.points,
      values: Object.entries(signal.values).flatMap(([id, value]) => {
        const factor = known.get(id)
        return factor === undefined ? [] : [valued(factor, value as ShownValue)]
      }),
    },
  ]
}
