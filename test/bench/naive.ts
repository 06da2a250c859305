import path from 'node:path'
import type { Factor, FactorCatalogue } from '#factors'
import { type FeedId, feedOf } from '#ingest'
import { uniform } from '#kernel'
import { mornings } from './night-span.ts'
import { type Ground, measure, wholeCatalogue } from './nights.ts'
import { ownShelf } from './own-shelf.ts'

/** What one query per factor would take for all of them, from some of them. */
export interface NaiveEstimate {
  readonly cpuSeconds: number
  /** Standard error of that. */
  readonly error: number
  readonly sampled: number
  readonly of: number
  readonly strata: string
}

interface Stratum {
  readonly name: string
  readonly factors: readonly Factor[]
  readonly drawn: readonly Factor[]
}

/**
 * Factors are put in strata by the heaviest feed they need and drawn from each by the seed. Each is computed alone from
 * raw rows, by the compiler's own plan for one factor, joined to its subscribers and written. Joining the single
 * results into one table is left out, which favours the naive way.
 */
export async function naiveEstimate(
  ground: Ground,
  catalogue: FactorCatalogue,
  sample: { readonly size: number; readonly seed: string },
): Promise<NaiveEstimate> {
  const found = strata(catalogue, sample)
  const [morning] = mornings(1)
  if (morning === undefined) throw new RangeError('no morning')
  let [cpuSeconds, variance] = [0, 0]
  for (const { factors, drawn } of found) {
    const took: number[] = []
    for (const { id } of drawn) {
      const { root } = await ownShelf(path.join(ground.folder, 'naive'), ground.shelf)
      const job = { root, morning, incremental: false, catalogue: wholeCatalogue, ids: [id] }
      took.push((await measure(ground, job)).cpuSeconds)
    }
    const mean = took.reduce((sum, t) => sum + t, 0) / took.length
    const spread = took.reduce((sum, t) => sum + (t - mean) ** 2, 0) / Math.max(1, took.length - 1)
    cpuSeconds += mean * factors.length
    variance += (factors.length ** 2 * spread) / took.length
  }
  return {
    cpuSeconds,
    error: Math.sqrt(variance),
    sampled: found.reduce((sum, s) => sum + s.drawn.length, 0),
    of: catalogue.factors.length,
    strata: found.map(s => `${s.name} ${s.drawn.length} of ${s.factors.length}`).join(', '),
  }
}

function strata(
  catalogue: FactorCatalogue,
  sample: { readonly size: number; readonly seed: string },
): readonly Stratum[] {
  const groups = Map.groupBy(catalogue.factors, heaviest)
  const share = sample.size / catalogue.factors.length
  return [...groups].map(([name, factors]) => ({
    name,
    factors,
    // Two at least, so that the spread within the stratum can be seen.
    drawn: factors
      .toSorted((a, b) => uniform(sample.seed, a.id) - uniform(sample.seed, b.id))
      .slice(0, Math.max(2, Math.round(share * factors.length))),
  }))
}

function heaviest({ feeds }: Factor): string {
  const order: readonly FeedId[] = ['usage', 'daily_usage', 'balance']
  const found = order.find(id => feeds.includes(id))
  if (found !== undefined) return found
  return feeds.every(id => feedOf(id).kind === 'state') ? 'state feeds' : 'other events'
}
