import type { Interval, Tally } from './interval.ts'

/** How many a rule finds now, beside what is usual of it. */
export interface Drift {
  readonly now: number
  /** Mean of the shares before. */
  readonly usual: number
  /** Control limits: outside of them it is not by chance that it differs. */
  readonly limits: Interval
  readonly isOutside: boolean
}

/** So many mornings before are needed to say what is usual. */
const morningsMin = 7

/**
 * Whether a share of people is still what it was on the mornings before: a control chart for shares with limits of three
 * standard deviations (W. A. Shewhart, "Economic control of quality of manufactured product", 1931). The deviation is that
 * between mornings, or that of chance alone where it is larger: in a large base chance alone would cry at every ripple
 * (P. B. Laney, "Improved control charts for attributes", Quality Engineering 14 (2002) 531–537), in a small one two equal
 * mornings would say nothing. Undefined with fewer than seven mornings before, or nobody to count.
 */
export function driftOf(before: readonly Tally[], now: Tally): Drift | undefined {
  const shares = before.filter(t => t.count > 0).map(t => t.successes / t.count)
  if (shares.length < morningsMin || now.count === 0) return undefined
  const usual = shares.reduce((sum, share) => sum + share, 0) / shares.length
  const between = shares.reduce((sum, share) => sum + (share - usual) ** 2, 0) / (shares.length - 1)
  const byChance = (usual * (1 - usual)) / now.count
  const reach = 3 * Math.sqrt(Math.max(between, byChance))
  const share = now.successes / now.count
  const limits = { low: Math.max(0, usual - reach), high: Math.min(1, usual + reach) }
  return { now: share, usual, limits, isOutside: share < limits.low || share > limits.high }
}
