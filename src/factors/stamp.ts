import type { DaySpan, PlainDate } from '#kernel'
import type { Segment } from './inputs.ts'

/**
 * A fingerprint that says day by day what a piece was made from: `<plan>;<from>=<delivery>;…`, each entry until the
 * next. So one restated day makes one day stale, not the whole piece.
 */
export function stamp(plan: string, segments: readonly Segment[], span: DaySpan): string {
  const entries: string[] = []
  let until = span.from
  for (const s of segments) {
    if (s.from > until) entries.push(`${until}=none`)
    entries.push(`${s.from}=${s.print}`)
    until = s.to
  }
  if (until < span.to) entries.push(`${until}=none`)
  return [plan, ...entries].join(';')
}

/** The plan that a stamped piece was made by. */
export function stampedPlan(fingerprint: string): string {
  return fingerprint.split(';', 1)[0] ?? ''
}

/** Which delivery a stamp names for each of some days; days without one are left out. */
export function stampedDays(fingerprint: string, days: readonly PlainDate[]): ReadonlyMap<PlainDate, string> {
  const [, ...entries] = fingerprint.split(';')
  const found = days.map(day => [day, entries.findLast(e => e.slice(0, 10) <= day)?.slice(11)] as const)
  return new Map(
    found.flatMap(([day, print]) => (print === undefined || print === 'none' ? [] : [[day, print]])),
  )
}
