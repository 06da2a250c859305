/** How far today is from what was usual: plain numbers in, plain numbers out. */

/** A day's row count and its weekday (0 … 6). */
export interface DayCount {
  readonly weekday: number
  readonly rows: number
}

export interface Surprise {
  /** What the day was expected to bring. */
  readonly expected: number
  /** Today's rows over the expected ones. */
  readonly ratio: number
  /** How many usual deviations the ratio's logarithm is from none. */
  readonly z: number
}

/** Fewer days of a weekday say less than all days together. */
const weekdaysMin = 3
/** No feed is steadier than this from one week to the next. */
const deviationMin = 0.05

/**
 * Compares a day's rows with the median of its weekday, in units of the median deviation that such days showed. Undefined
 * with too little history, or when most days bring nothing.
 */
export function surprise(
  history: readonly DayCount[],
  today: DayCount,
  historyDaysMin: number,
): Surprise | undefined {
  if (history.length < historyDaysMin) return undefined
  const overall = median(history.map(h => h.rows))
  if (overall === 0) return undefined
  const usual = (weekday: number) => {
    const same = history.filter(h => h.weekday === weekday).map(h => h.rows)
    return same.length >= weekdaysMin ? median(same) : overall
  }
  const expected = usual(today.weekday)
  const logRatio = (rows: number, of: number) => Math.log((rows + 1) / (of + 1))
  const spread = median(history.map(h => Math.abs(logRatio(h.rows, usual(h.weekday)))))
  const chance = 1 / Math.sqrt(expected + 1) // counts of rare things scatter by themselves
  const deviation = Math.max(1.4826 * spread, deviationMin, chance)
  return {
    expected,
    ratio: today.rows / Math.max(1, expected),
    z: logRatio(today.rows, expected) / deviation,
  }
}

type Buckets = Readonly<Record<string, number>>

/**
 * The population stability index of today's buckets against the usual ones, less what chance alone would give. Undefined
 * when either side is too small to say.
 */
export function shift(usual: Buckets, today: Buckets, rowsMin: number): number | undefined {
  const before = total(usual)
  const now = total(today)
  if (before < rowsMin || now < rowsMin) return undefined
  const names = [...new Set([...Object.keys(usual), ...Object.keys(today)])]
  const index = names.reduce((sum, name) => {
    const p = ((usual[name] ?? 0) + 0.5) / (before + 0.5 * names.length)
    const q = ((today[name] ?? 0) + 0.5) / (now + 0.5 * names.length)
    return sum + (q - p) * Math.log(q / p)
  }, 0)
  const byChance = (names.length - 1) * (1 / before + 1 / now)
  return Math.max(0, index - 3 * byChance)
}

export function pooled(all: readonly Buckets[]): Buckets {
  const sum: Record<string, number> = {}
  for (const buckets of all) for (const [name, n] of Object.entries(buckets)) sum[name] = (sum[name] ?? 0) + n
  return sum
}

function total(buckets: Buckets): number {
  return Object.values(buckets).reduce((a, b) => a + b, 0)
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2
}
