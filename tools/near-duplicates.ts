import type { Factor } from '#factors'

/** Values of one factor, subscriber by subscriber; NaN where it is missing. */
export interface Values {
  readonly id: string
  readonly values: Float64Array
}

export interface Pair {
  readonly one: string
  readonly other: string
  readonly correlation: number
}

/** A correlation that rests on fewer subscribers, or on fewer who differ from the rest, says nothing. */
const togetherMin = 30
const unusualMin = 10

/** Pairs that move together so closely (with one sign or the other) that one of them tells all. Constants say nothing. */
export function nearDuplicates(all: readonly Values[], correlationMin: number): readonly Pair[] {
  const centred = all.map(({ id, values }) => ({ id, values: aroundMean(values) }))
  return centred.flatMap((one, i) =>
    centred.slice(i + 1).flatMap(other => {
      const correlation = correlationOf(one.values, other.values)
      return Math.abs(correlation) >= correlationMin ? [{ one: one.id, other: other.id, correlation }] : []
    }),
  )
}

/** Sums of products lose less when the mean is taken away first. */
function aroundMean(values: Float64Array): Float64Array {
  const known = values.filter(v => !Number.isNaN(v))
  const mean = known.reduce((a, b) => a + b, 0) / Math.max(1, known.length)
  return values.map(v => v - mean)
}

/** Pearson's, over the subscribers who have both; 0 where that says nothing. */
function correlationOf(a: Float64Array, b: Float64Array): number {
  let [n, sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    const x = a[i] ?? Number.NaN
    const y = b[i] ?? Number.NaN
    if (Number.isNaN(x) || Number.isNaN(y)) continue
    n++
    sx += x
    sy += y
    sxx += x * x
    syy += y * y
    sxy += x * y
  }
  const spread = (sum: number, squares: number) => n * squares - sum * sum
  const [vx, vy] = [spread(sx, sxx), spread(sy, syy)]
  if (n < togetherMin || vx <= 1e-9 * n * sxx || vy <= 1e-9 * n * syy) return 0
  const correlation = (n * sxy - sx * sy) / Math.sqrt(vx * vy)
  return Math.abs(correlation) > 0.9 && unusual(a, b) < unusualMin ? 0 : correlation
}

/** Of those who have both: how many have another value than the commonest of the first. */
function unusual(a: Float64Array, b: Float64Array): number {
  const both = a.filter((x, i) => !Number.isNaN(x) && !Number.isNaN(b[i] ?? Number.NaN))
  const counts = new Map<number, number>()
  for (const x of both) counts.set(x, (counts.get(x) ?? 0) + 1)
  return both.length - Math.max(...counts.values())
}

/** Factors that name each other as twins, directly or through a third, are of one family. */
export function families(factors: readonly Factor[]): (id: string) => string {
  const twinOf = new Map(factors.flatMap(f => (f.twin === undefined ? [] : [[f.id, f.twin.of] as const])))
  return id => {
    const seen = new Set([id])
    let head = id
    for (let next = twinOf.get(head); next !== undefined && !seen.has(next); next = twinOf.get(head)) {
      seen.add(next)
      head = next
    }
    return head
  }
}
