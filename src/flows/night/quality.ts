import { type FactorVerdict, factorVerdicts } from '#factors'
import { type CheckedFeed, feedOf } from '#ingest'
import type { PlainDate } from '#kernel'
import type { Application } from '../application.ts'
import type { Words } from '../view/coded.ts'
import { policyFactors } from '../what-uses.ts'
import { orFail, type Work } from './work.ts'

/** Measures every factor and judges it against the mornings before; what reads a held feed is suspect whatever it looks like. */
export async function qualityStep({ application, day, feeds, onProgress, signal }: Work): Promise<number> {
  const heldFeeds = feeds.filter(f => f.verdict === 'hold').map(f => [f.feed, whyHeld(f)] as const)
  const order = { asOf: day, heldFeeds }
  return orFail(await application.workshop.do('quality', order, { onProgress, signal })).length
}

/** The findings that hold a feed, in one sentence. */
function whyHeld({ feed, findings }: CheckedFeed): Words {
  const holding = findings.filter(f => f.verdict === 'hold')
  const { title } = feedOf(feed)
  return {
    zh: `${title.zh}：${holding.map(f => f.zh).join('；')}`,
    en: `${title.en}: ${holding.map(f => f.en).join('; ')}`,
  }
}

/** A factor that did not pass: `suspect` holds what depends on it, `warn` is looked at. */
export interface SuspectFactor {
  readonly id: string
  readonly title: Words
  readonly verdict: 'warn' | 'suspect'
  readonly code: FactorVerdict['code']
  readonly reason: Words
  /** The factor or feed that it comes from, when not the factor itself. */
  readonly origin: string | null
}

/** The factors of a morning that did not pass: suspect ones first, what is wrong with themselves before what they inherit. */
export async function notPassed(application: Application, day: PlainDate): Promise<readonly SuspectFactor[]> {
  const { byId } = application.catalogue.factors
  const verdicts = await factorVerdicts(await application.warehouse(), application.shelf, day)
  const found = verdicts.flatMap(({ id, verdict, code, reason, origin = null }): SuspectFactor[] =>
    verdict === 'pass'
      ? []
      : [{ id, title: byId.get(id)?.title ?? { zh: id, en: id }, verdict, code, reason, origin }],
  )
  const rank = (f: SuspectFactor) => (f.verdict === 'warn' ? 2 : f.origin === null ? 0 : 1)
  return found.toSorted((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1))
}

/** The factors of a morning that nothing may rest on, each with the reason. */
export type Suspects = ReadonlyMap<string, Words>

export async function suspectFactors(
  application: Pick<Application, 'shelf' | 'warehouse' | 'catalogue'>,
  day: PlainDate,
): Promise<Suspects> {
  const { byId } = application.catalogue.factors
  const verdicts = await factorVerdicts(await application.warehouse(), application.shelf, day)
  return new Map(
    verdicts
      .filter(v => v.verdict === 'suspect')
      .map(({ id, code, reason }) => {
        const { zh, en } = byId.get(id)?.title ?? { zh: id, en: id }
        const isOfFeed = code === 'feed-held'
        return [id, isOfFeed ? reason : { zh: `${zh}：${reason.zh}`, en: `${en}: ${reason.en}` }]
      }),
  )
}

/** Why nothing can be sold this morning. A fact that is asked again just before the contact may be suspect at night. */
export function sellingHeldBy(suspects: Suspects, { catalogue }: Application): Words | undefined {
  const found = policyFactors(catalogue).find(
    id => suspects.has(id) && catalogue.factors.byId.get(id)?.live === undefined,
  )
  return found === undefined ? undefined : suspects.get(found)
}
