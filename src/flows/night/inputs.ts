import { feeds } from '#ingest'
import { digest } from '#kernel'
import { pieces } from '#warehouse'
import { rulesInForce } from '../rules/in-force.ts'
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
  const { factors, segmentMap, tags, care, warningPlans, policy, offers, scripts } = application.catalogue
  const content = [
    factors.factors,
    rules,
    segmentMap,
    tags,
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
