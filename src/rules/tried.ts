import { breakSelected, countSelected, overlapSelected, sampleSelected } from './preview.ts'
import { sensitivityOf } from './sensitivity.ts'
import { turnablesOf, turnedRule } from './turning.ts'

export type { Tried } from './preview.ts'

/** What is seen of a condition before anything is done with it. */
export const tried = {
  count: countSelected,
  sample: sampleSelected,
  breakdown: breakSelected,
  overlap: overlapSelected,
  sensitivity: sensitivityOf,
  turnables: turnablesOf,
  turned: turnedRule,
} as const
