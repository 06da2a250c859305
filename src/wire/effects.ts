import Type, { type Static } from 'typebox'
import { coded, count, day, list, nullable, words } from './words.ts'

const group = Type.Object({ count, successes: count, rate: nullable(Type.Number()) })

/** `too-little`: not enough people or time to say anything. `unclear`: the interval holds zero. */
export const effectVerdict = Type.Enum(['better', 'worse', 'unclear', 'too-little'])
export type EffectVerdict = Static<typeof effectVerdict>

/** Of a rule, a campaign (`campaign:5`) or a list (`list:5`): treated against kept aside. Differences are percentage points with the limits of their 95 % interval. */
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

/** `own`: what this one did. `universal`: all that was done to whom it treated. */
export const effectQuery = Type.Object({ against: Type.Optional(Type.Enum(['own', 'universal'])) })

export const effects = Type.Object({
  asOf: nullable(day),
  /** Whom the treated are compared with. */
  against: coded,
  /** How far back decisions are compared. */
  windowDays: nullable(Type.Integer()),
  rows: list(effect),
})
