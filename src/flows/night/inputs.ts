import { feeds } from '#ingest'
import { digest } from '#kernel'
import { tagMembers } from '#segments'
import { pieces } from '#warehouse'
import { rulesInForce } from '../rules/in-force.ts'
import { mapInForce, tagsKnown } from '../segments/in-force.ts'
import type { Work } from './work.ts'

/** Digest of what the steps behind the check read: every delivery, how each feed stands, the rules and what may be offered. */
export async function nightInputs({ application, feeds: checked }: Work): Promise<string> {
  const deliveries = await Promise.all(
    feeds.map(async feed =>
      (await pieces(application.shelf, `feed/${feed.id}`)).map(
        p => `${feed.id} ${p.span.from} ${p.version} ${p.fingerprint}`,
      ),
    ),
  )
  const { rules } = await rulesInForce(application)
  const segmentMap = await mapInForce(application)
  const tags = await tagsKnown(application)
  const fillings = [...(await tagMembers.fillings(application.desk.db)).values()]
  const { factors, care, warningPlans, policy, offers, scripts } = application.catalogue
  const content = [
    factors.factors,
    rules,
    segmentMap,
    tags,
    fillings,
    care,
    warningPlans,
    policy,
    [...offers],
    [...scripts],
  ]
  return digest(
    ...deliveries.flat(),
    ...checked.map(c => `${c.feed} ${c.verdict}`),
    ...content.map(c => JSON.stringify(c)),
  )
}
