import type { SegmentMap } from '#wire'

export type Cell = SegmentMap['cells'][number]

/** What stands in an address for a class that is not known. */
export const unknownClass = '-'

/** Sums of cells by one class of each of two axes. */
export function sumBy<T>(
  all: readonly T[],
  keyOf: (one: T) => string | undefined,
  countOf: (one: T) => number,
): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const one of all) {
    const key = keyOf(one)
    if (key !== undefined) sums.set(key, (sums.get(key) ?? 0) + countOf(one))
  }
  return sums
}

export const pair = (a: string | null, b: string | null) => `${a ?? unknownClass} ${b ?? unknownClass}`

/** The classes of an axis, and the unknown one when somebody is there. */
export function codesOn(
  classes: readonly { readonly code: string }[],
  found: readonly (string | null)[],
): readonly string[] {
  const codes = classes.map(c => c.code)
  return found.includes(null) ? [...codes, unknownClass] : codes
}
