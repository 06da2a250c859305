/** A share of people with the limits of its 95 % interval, or a difference of two shares. Between 0 and 1, not percent. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/** Successes among so many people. */
export interface Tally {
  readonly count: number
  readonly successes: number
}

/** The normal quantile that leaves 2.5 % on either side. */
const z = 1.959963984540054

/**
 * Wilson's score interval for one share: E. B. Wilson, "Probable inference, the law of succession, and statistical
 * inference", JASA 22 (1927) 209–212. Never outside [0, 1], and honest near 0 and 1.
 */
export function wilson({ count, successes }: Tally): Interval {
  if (count === 0) return { low: 0, high: 1 }
  const p = successes / count
  const centre = p + (z * z) / (2 * count)
  const reach = z * Math.sqrt((p * (1 - p)) / count + (z * z) / (4 * count * count))
  const whole = 1 + (z * z) / count
  return { low: Math.max(0, (centre - reach) / whole), high: Math.min(1, (centre + reach) / whole) }
}

/**
 * Newcombe's hybrid score interval for the difference treated − control: R. G. Newcombe, "Interval estimation for the
 * difference between independent proportions: comparison of eleven methods", Statistics in Medicine 17 (1998) 873–890,
 * method 10. It squares-and-adds the two Wilson intervals, keeps its coverage in small groups and rare successes, and
 * is not symmetric when the shares are not.
 */
export function newcombe(treated: Tally, control: Tally): Interval {
  if (treated.count === 0 || control.count === 0) return { low: -1, high: 1 }
  const a = treated.successes / treated.count
  const b = control.successes / control.count
  const [ofA, ofB] = [wilson(treated), wilson(control)]
  return {
    low: a - b - Math.hypot(a - ofA.low, ofB.high - b),
    high: a - b + Math.hypot(ofA.high - a, b - ofB.low),
  }
}

/**
 * How many people each arm needs before a difference of `points` percentage points would be seen in 8 of 10 trials, at
 * the split that stands now: the usual normal approximation around the pooled share.
 */
export function needed(treated: Tally, control: Tally, points: number): { treated: number; control: number } {
  const all = treated.count + control.count
  // One more success and failure than seen: a share of exactly 0 or 1 would promise certainty.
  const share = (treated.successes + control.successes + 1) / (all + 2)
  const ratio = treated.count > 0 && control.count > 0 ? control.count / treated.count : 1
  const power = (z + 0.8416212335729143) ** 2
  const treatedCount = (power * share * (1 - share) * (1 + 1 / ratio)) / (points / 100) ** 2
  return { treated: Math.ceil(treatedCount), control: Math.ceil(treatedCount * ratio) }
}
