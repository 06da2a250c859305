import { type ListRow, sourceOf } from '#lists'
import { listedOn } from '../lists/listed.ts'
import { answerTo } from './answer.ts'
import type { Evidence, Source } from './propose.ts'
import type { Work } from './work.ts'

/** The approved lists: what the policy says to the action of each, for whom people named. */
export async function fromLists({ application, day }: Work): Promise<Source> {
  const listed = await listedOn(application, day)
  const lists = new Map(listed.map(one => [one.list.id, one.list]))
  const bySubscriber = Map.groupBy(listed, one => one.subscriberId)
  return {
    proposers: [...lists.values()].map(list => ({
      id: sourceOf(list.id),
      title: { zh: list.title, en: list.title },
      controlShare: list.controlPercent / 100,
      // People named them: there is nothing to ask again but whether they are still in the base.
      condition: null,
    })),
    subscriberIds: [...bySubscriber.keys()],
    proposalsFor: morning =>
      (bySubscriber.get(morning.subscriberId) ?? []).flatMap(({ list, reason }) => {
        const call = {
          source: sourceOf(list.id),
          action: list.action,
          evidence: () => evidenceOf(list, reason),
        }
        return answerTo(application.catalogue, call, morning, day)
      }),
  }
}

/** A list says why in people's own words; of a risk it says nothing. */
function evidenceOf(list: ListRow, reason: string): Evidence {
  const said = [list.reason, reason].filter(text => text !== '')
  const sentence = {
    zh: [`名单“${list.title}”`, ...said].join('；'),
    en: [`list “${list.title}”`, ...said].join('; '),
  }
  const ruleId = sourceOf(list.id)
  const title = { zh: list.title, en: list.title }
  return {
    level: 'stable',
    points: 0,
    ruleIds: [ruleId],
    signals: [{ ruleId, title, sentence, points: 0, values: [] }],
    reason: sentence,
  }
}
