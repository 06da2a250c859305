import { dueOn, type Occasion, occasionUses } from '#care'
import type { PlainDate } from '#kernel'
import type { BoundCondition } from '#rules'
import type { Application } from '../application.ts'
import { matchedOn, targetSentence } from '../campaigns/target.ts'
import { answerTo } from '../night/answer.ts'
import type { Evidence, Source } from '../night/propose.ts'
import { suspectFactors } from '../night/quality.ts'
import { besideOn } from '../rules/beside.ts'

/** How proposals name the occasion they come from. */
export function careSourceOf(occasion: Pick<Occasion, 'id'>): string {
  return `care:${occasion.id}`
}

interface Due {
  readonly occasion: Occasion
  readonly condition: BoundCondition
  readonly subscribers: ReadonlySet<string>
}

/**
 * What the occasions of a morning propose: a word to whom each is for, on the channel of the policy. Nothing while a factor it
 * asks about is suspect.
 */
export async function careSource(application: Application, day: PlainDate): Promise<Source> {
  const { occasions, holidays } = application.catalogue.care
  const uses = occasions.flatMap(occasionUses)
  const beside = await besideOn(application, await application.warehouse(), { asOf: day }, uses)
  const held = new Set(
    [...(await suspectFactors(application, day)), ...beside.suspects, ...beside.off].map(([id]) => id),
  )
  const due: Due[] = []
  for (const occasion of occasions) {
    const condition = dueOn(occasion, holidays, day)
    if (condition === undefined || occasionUses(occasion).some(id => held.has(id))) continue
    const subscribers = new Set(await matchedOn(application, condition, day))
    due.push({ occasion, condition, subscribers })
  }
  return {
    proposers: due.map(({ occasion, condition }) => ({
      id: careSourceOf(occasion),
      title: occasion.title,
      controlShare: occasion.controlPercent / 100,
      condition,
    })),
    subscriberIds: [...new Set(due.flatMap(one => [...one.subscribers]))],
    proposalsFor: morning =>
      due
        .filter(one => one.subscribers.has(morning.subscriberId))
        .flatMap(one => {
          const { occasion } = one
          const call = {
            source: careSourceOf(occasion),
            action: occasion.action,
            evidence: () => evidenceOf(application, one),
          }
          const answered = answerTo(application.catalogue, call, morning, day)
          const { text } = occasion
          return text === undefined ? answered : answered.map(one => ({ ...one, text }))
        }),
  }
}

function evidenceOf(application: Application, { occasion, condition }: Due): Evidence {
  const id = careSourceOf(occasion)
  const why = targetSentence(application, condition)
  return {
    level: 'stable',
    points: 0,
    ruleIds: [id],
    signals: [{ ruleId: id, title: occasion.title, sentence: why, points: null, values: [] }],
    reason: {
      zh: `${occasion.title.zh}：${occasion.means.zh}`,
      en: `${occasion.title.en}: ${occasion.means.en}`,
    },
  }
}
