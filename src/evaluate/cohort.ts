import type { PlainDate } from '#kernel'

/** When acting counts as having worked. Days count from the day of the decision: `[day, day + withinDays)`. */
export type Success =
  | { readonly kind: 'recharged'; readonly withinDays: number; readonly atLeastFen: number }
  | { readonly kind: 'stayed'; readonly withinDays: number }

export type Arm = 'treated' | 'control'

/** What was decided for one subscriber, frozen on the day of the decision; whether the contact then succeeded is not asked. */
export interface CohortRow {
  readonly subscriberId: string
  readonly ruleId: string
  readonly day: PlainDate
  readonly arm: Arm
  readonly success: Success
}

/**
 * The first decision for each subscriber by each rule: people are the unit. Whoever was contacted rests under the caps
 * while those kept aside are decided again every day, so counting later decisions would compare different people.
 */
export function firstDecisions(cohort: readonly CohortRow[]): readonly CohortRow[] {
  const first = new Map<string, CohortRow>()
  for (const row of cohort) {
    const key = JSON.stringify([row.ruleId, row.success.kind, row.subscriberId])
    const known = first.get(key)
    if (known === undefined || row.day < known.day) first.set(key, row)
  }
  return [...first.values()]
}
