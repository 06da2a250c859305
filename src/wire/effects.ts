import Type, { type Static } from 'typebox'
import { coded, count, day, list, nullable, words } from './words.ts'

const group = Type.Object({ count, successes: count, rate: nullable(Type.Number()) })

/** `too-little`: not enough people or time to say anything. `unclear`: the interval holds zero. */
export const effectVerdict = Type.Enum(['better', 'worse', 'unclear', 'too-little'])
export type EffectVerdict = Static<typeof effectVerdict>

/** Treated against kept aside. Differences are percentage points with the limits of their 95 % interval. */
export const effect = Type.Object({
  ruleId: Type.String(),
  title: words,
  measure: coded,
  treated: group,
  control: group,
  differencePoints: nullable(Type.Number()),
  lowPoints: nullable(Type.Number()),
  highPoints: nullable(Type.Number()),
  verdict: effectVerdict,
  /** Still inside their waiting time: counted neither way. */
  pending: count,
})
export type Effect = Static<typeof effect>

export const effects = Type.Object({
  asOf: nullable(day),
  /** How far back decisions are compared. */
  windowDays: nullable(Type.Integer()),
  rows: list(effect),
})
