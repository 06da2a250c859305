import type { Precision } from '#evaluate'

/** Precision, recall, base and lift as they are told: with null where there was nobody to count. */
export function shownPrecision({ precision, recall, base, lift, liftInterval }: Precision) {
  const share = (of: Precision['precision']) => ({
    count: of.count,
    successes: of.successes,
    share: of.share ?? null,
    low: of.interval.low,
    high: of.interval.high,
  })
  return {
    precision: share(precision),
    recall: share(recall),
    base: share(base),
    lift: lift ?? null,
    liftLow: liftInterval?.low ?? null,
    liftHigh: liftInterval?.high ?? null,
  }
}
