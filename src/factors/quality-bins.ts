/** How many rows of a factor's column fall into each of its fine bins: plain counts, so that mornings add up. */
export type Bins = Readonly<Record<string, number>>

/** The bin of missing values, and of texts too rare to be named. No other bin's name begins so. */
export const missingBin = '~missing'
export const rareBin = '~rare'

const groupsMax = 10
const namedMax = 20

/** What the stability index is made over: each fine bin belongs to one group. */
export type Grouping = (bin: string) => string

/**
 * Groups fixed from the reference: the tenths of its numbers, its commonest texts; missing is always its own. A fine bin
 * is never cut, so many equal values (zeros) stay together.
 */
export function groupsOf(reference: Bins, isText: boolean): Grouping {
  const named = Object.entries(reference).filter(([bin]) => bin !== missingBin)
  return isText ? commonest(named) : tenths(named)
}

function commonest(named: readonly (readonly [string, number])[]): Grouping {
  const kept = new Set(
    named
      .toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
      .slice(0, namedMax)
      .map(([bin]) => bin),
  )
  return bin => (bin === missingBin || kept.has(bin) ? bin : rareBin)
}

function tenths(named: readonly (readonly [string, number])[]): Grouping {
  const ordered = named.map(([bin, n]) => [Number(bin), n] as const).toSorted(([a], [b]) => a - b)
  const tenth = ordered.reduce((sum, [, n]) => sum + n, 0) / groupsMax
  const ends: number[] = []
  let inGroup = 0
  for (const [bin, n] of ordered) {
    inGroup += n
    if (inGroup < tenth) continue
    ends.push(bin)
    inGroup = 0
  }
  return remembered(bin => {
    if (bin === missingBin) return bin
    const group = ends.findIndex(end => Number(bin) <= end)
    return String(group < 0 ? ends.length : group)
  })
}

/** Every morning is grouped the same way: 29 times the same bins. */
function remembered(grouping: Grouping): Grouping {
  const known = new Map<string, string>()
  return bin => {
    const group = known.get(bin) ?? grouping(bin)
    known.set(bin, group)
    return group
  }
}

/** Half a row in every group of both sides: an empty group has a logarithm. */
const halfRow = 0.5

/**
 * The population stability index Σ (q − p) · ln(q / p) over the groups, with p the reference's shares and q today's
 * (N. Siddiqi, Credit Risk Scorecards, 2006; below 0.1 stable, above 0.25 another population), less what chance alone
 * gives two samples of these sizes: (groups − 1) · (1/n + 1/m).
 */
export function stabilityIndex(reference: Bins, today: Bins, grouping: Grouping): number {
  const before = grouped(reference, grouping)
  const now = grouped(today, grouping)
  const names = new Set([...before.keys(), ...now.keys()])
  const [n, m] = [total(before), total(now)]
  if (n === 0 || m === 0) return 0
  let index = 0
  for (const name of names) {
    const p = ((before.get(name) ?? 0) + halfRow) / (n + halfRow * names.size)
    const q = ((now.get(name) ?? 0) + halfRow) / (m + halfRow * names.size)
    index += (q - p) * Math.log(q / p)
  }
  return Math.max(0, index - (names.size - 1) * (1 / n + 1 / m))
}

function grouped(bins: Bins, grouping: Grouping): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  for (const [bin, n] of Object.entries(bins)) {
    const group = grouping(bin)
    found.set(group, (found.get(group) ?? 0) + n)
  }
  return found
}

function total(groups: ReadonlyMap<string, number>): number {
  let sum = 0
  for (const n of groups.values()) sum += n
  return sum
}

export function pooled(all: readonly Bins[]): Bins {
  const sum: Record<string, number> = {}
  for (const bins of all) for (const [bin, n] of Object.entries(bins)) sum[bin] = (sum[bin] ?? 0) + n
  return sum
}
