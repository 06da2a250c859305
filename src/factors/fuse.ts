import type { FactorColumn } from './lower.ts'
import { bucket } from './passes/bucket.ts'
import { cluster } from './passes/cluster.ts'
import { naive } from './passes/naive.ts'
import { partials } from './passes/partials.ts'
import { slide } from './passes/slide.ts'
import type { Partial, Plan } from './plan.ts'

export interface FuseOptions {
  readonly spineFeed: Plan['spine']['feed']
  /** Keep day partials of dense feeds; without them every night folds their rows again. */
  readonly incremental: boolean
  /** The day partials there are already. */
  readonly kept?: readonly Partial[]
}

/** Columns → plan: how few passes over the data compute them all. */
export function fuse(columns: readonly FactorColumn[], options: FuseOptions): Plan {
  const keeping = (plan: Plan) => partials(plan, options.kept)
  const steps = [cluster, bucket, ...(options.incremental ? [keeping, slide] : [])]
  return steps.reduce((plan, step) => step(plan), naive(columns, options.spineFeed))
}
