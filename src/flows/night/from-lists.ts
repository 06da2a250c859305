import { addDays, type PlainDate } from '#kernel'
import { type ListRow, sourceOf } from '#lists'
import { offerFor } from '#policy'
import type { Application } from '../application.ts'
import { type Listed, listedOn } from '../lists/listed.ts'
import type { Morning } from './morning.ts'
import type { Evidence, Proposed, Source } from './propose.ts'
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
      (bySubscriber.get(morning.subscriberId) ?? []).flatMap(
        one => proposalOf(one, morning, { catalogue: application.catalogue, day }) ?? [],
      ),
  }
}

interface Known {
  readonly catalogue: Application['catalogue']
  readonly day: PlainDate
}

function proposalOf(one: Listed, morning: Morning, { catalogue, day }: Known): Proposed | undefined {
  const { list, subscriberId } = one
  const row = offerFor(catalogue.policy, list.action, morning.valueClass)
  const offer = row && catalogue.offers.get(row.offer)
  if (row === undefined || offer === undefined) return undefined
  const script = row.script === undefined ? undefined : catalogue.scripts.get(row.script)
  return {
    proposal: {
      subscriberId,
      source: sourceOf(list.id),
      channel: row.channel,
      purpose: row.purpose,
      offerId: offer.id,
      valueFen: row.valueFen,
      costFen: offer.costFen,
      minutes: row.minutes,
      deadline: addDays(day, row.deadlineDays),
    },
    offer,
    text: row.channel === 'sms' ? offer.smsText : script?.text,
    success: row.success,
    evidence: () => evidenceOf(list, one.reason),
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
