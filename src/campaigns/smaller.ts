import { isDeepStrictEqual } from 'node:util'
import type { Fault } from '#kernel'
import { frozenPart } from './faults.ts'
import type { Plan } from './plan.ts'

/** What may be edited while it runs, and to what: never more than was approved. */
const allowed: Readonly<Partial<Record<keyof Plan, (before: Plan, after: Plan) => boolean>>> = {
  title: () => true,
  smsText: () => true,
  script: () => true,
  budgetFen: (before, after) => after.budgetFen <= before.budgetFen,
  perDayMax: (before, after) => after.perDayMax <= before.perDayMax,
  period: (before, after) => after.period.from === before.period.from && after.period.to <= before.period.to,
  stopAtOptOutPercent: (before, after) =>
    (after.stopAtOptOutPercent ?? Number.POSITIVE_INFINITY) <=
    (before.stopAtOptOutPercent ?? Number.POSITIVE_INFINITY),
}

/** The parts of a launched plan that a change may not touch, or not that way; none: it may be made. */
export function frozenFaults(before: Plan, after: Plan): readonly Fault[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof Plan>
  return [...names]
    .filter(name => !isDeepStrictEqual(before[name], after[name]))
    .filter(name => allowed[name]?.(before, after) !== true)
    .map(name => frozenPart(`/${name}`))
}
