import type { KnownFactors } from '#rules'
import type { Application } from '../application.ts'
import { mapInForce, tagsKnown } from '../segments/in-force.ts'
import { askableBy } from './known.ts'

/**
 * Brings what may be asked up to the tags and the map that are in force now: people change them while this process runs. A tag that
 * ships stays known when it is retired here, so that a rule that ships and asks for it is held and says so.
 */
export async function freshAskable(application: Application): Promise<KnownFactors> {
  const { factors, tags: shipped, warningPlans: plans, askable } = application.catalogue
  const [known, segmentMap] = await Promise.all([tagsKnown(application), mapInForce(application)])
  const files = shipped.filter(tag => tag.state === 'active')
  const own = known.filter(tag => tag.state === 'active')
  const tags = [...new Map([...files, ...own].map(tag => [tag.id, tag])).values()]
  askable.clear()
  for (const [id, one] of askableBy({ factors, segmentMap, tags, plans })) askable.set(id, one)
  return askable
}
