import Type from 'typebox'
import { day, list, nullable, valuedFactor, words } from './words.ts'

export const whyQuery = Type.Object({ day: Type.Optional(day) })

/** The rules in force for one subscriber on one morning: what changed since the morning before comes first. */
export const whyRules = Type.Object({
  id: Type.String(),
  asOf: day,
  /** The morning before; null when it does not know the subscriber. */
  before: nullable(day),
  rules: list(
    Type.Object({
      id: Type.String(),
      title: words,
      /** As it was in force that morning. */
      version: Type.Integer(),
      /** In force the morning before; null when none was. Both mornings are asked `version`. */
      versionBefore: nullable(Type.Integer()),
      /** null: held, the reason beside it. */
      holds: nullable(Type.Boolean()),
      held: nullable(words),
      /** Whether it held the morning before. */
      before: nullable(Type.Boolean()),
      changed: Type.Boolean(),
      sentence: words,
      values: list(valuedFactor),
      /** Comparisons that came out otherwise than the morning before. */
      flips: list(
        Type.Object({ holds: Type.Boolean(), before: valuedFactor, now: valuedFactor, text: words }),
      ),
    }),
  ),
})
