import Type, { type Static } from 'typebox'
import { coded, count, day, factorType, list, nullable, words } from './words.ts'

/** `held`: a factor it needs is suspect today. `off`: a feed it needs never came, or its owner switched it off. */
export const ruleState = Type.Enum(['on', 'held', 'off'])
export type RuleState = Static<typeof ruleState>

const literal = Type.Union([Type.Number(), Type.String()])

const parameter = Type.Object({
  id: Type.String(),
  title: words,
  type: Type.Enum(['number', 'integer', 'money', 'date', 'text']),
  unit: nullable(Type.String()),
  value: literal,
  min: nullable(literal),
  max: nullable(literal),
})

const ruleRow = {
  id: Type.String(),
  title: words,
  version: Type.Integer(),
  owner: Type.String(),
  /** `active`: nights ask it. `waiting`: a second person has to decide. */
  life: Type.Enum(['draft', 'waiting', 'active', 'retired']),
  validFrom: nullable(day),
  validTo: nullable(day),
  /** The condition as a sentence, with the parameters' values in it. */
  sentence: words,
  parameters: list(parameter),
  points: nullable(Type.Number()),
  state: ruleState,
  reason: nullable(words),
  /** How many subscribers satisfied it on the as-of day, of how many; null when held or off. */
  count: nullable(count),
  of: nullable(count),
}

export const rules = Type.Object({
  asOf: nullable(day),
  rules: list(Type.Object(ruleRow)),
  /** What a rule may call for: the actions that the policy answers, named by what it offers then. */
  actions: list(coded),
})

export const rule = Type.Object({
  ...ruleRow,
  asOf: nullable(day),
  note: nullable(words),
  factors: list(Type.Object({ id: Type.String(), title: words })),
  /** Oldest first. */
  history: list(Type.Object({ day, count: nullable(count) })),
})
export type Rule = Static<typeof rule>

const askable = Type.Object({
  id: Type.String(),
  title: words,
  means: words,
  subject: coded,
  type: factorType,
  unit: nullable(Type.String()),
  feeds: list(coded),
  /** For coded text: what may be asked for. */
  values: nullable(list(coded)),
  /** What keeps it from being asked this morning; null when nothing does. */
  off: nullable(words),
})

export const factors = Type.Object({
  asOf: nullable(day),
  factors: list(askable),
  /** What a rule may ask about beside the factors: tags (`tag.…`), places on the map (`segment.…`), levels of warnings (`warned.…`). */
  beside: list(askable),
})
