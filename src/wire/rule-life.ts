import Type from 'typebox'
import { list, moment, nullable, person, words } from './words.ts'

/** A rule as a file of catalogue/rules has it; the server gives it its version. */
const content = Type.Record(Type.String(), Type.Unknown(), {
  description: 'as in a file of catalogue/rules: id, title, means, owner, parameters, condition, points, …',
})
const reason = Type.String({ minLength: 3, maxLength: 500 })

export const ruleBody = Type.Object({ rule: content })
export const savedRule = Type.Object({ id: Type.String(), version: Type.Integer() })

export const activateBody = Type.Object({
  reason,
  /** Knowing that it finds nobody or everybody, or would be held. */
  despite: Type.Optional(Type.Boolean()),
})
export const askedRule = Type.Object({ id: Type.String(), approval: Type.Integer() })
export const retireBody = Type.Object({ reason })

export const ruleVersions = Type.Object({
  id: Type.String(),
  /** Newest first. */
  versions: list(
    Type.Object({
      version: Type.Integer(),
      state: Type.Enum(['draft', 'waiting', 'active', 'retired']),
      origin: Type.Enum(['catalogue', 'console']),
      /** null: it asks about a factor that is no more. */
      sentence: nullable(words),
      content,
      madeBy: nullable(person.properties.name),
      madeAt: nullable(moment),
      activatedAt: nullable(moment),
      retiredAt: nullable(moment),
    }),
  ),
})

export const ruleFile = Type.Object({ yaml: Type.String() })
export const rulesBody = Type.Object({ yaml: Type.String({ maxLength: 200_000 }) })
export const importedRules = Type.Object({ saved: list(savedRule), unchanged: Type.Integer({ minimum: 0 }) })
