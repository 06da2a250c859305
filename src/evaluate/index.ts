export type { Arm, CohortRow, Success } from './cohort.ts'
export { type Drift, driftOf } from './drift.ts'
export {
  compared,
  type Effect,
  type EffectInput,
  effectsOf,
  type Outcomes,
  outcomesOf,
  type Verdict,
  visiblePoints,
} from './effect.ts'
export { type Happening, happenedIn } from './happened.ts'
export { type Interval, newcombe, wilson } from './interval.ts'
export { type Precision, precisionOf, precisionsOf, type Share, together } from './precision.ts'
