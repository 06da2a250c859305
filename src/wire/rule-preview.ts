import Type from 'typebox'
import { coded, count, day, list, moment, nullable, valuedFactor, words } from './words.ts'

/** A rule that is being written: only its condition need be there. */
export const ruleDraft = Type.Object({
  condition: Type.Record(Type.String(), Type.Unknown(), {
    description:
      'as in a file of catalogue/rules: {op: all | any, of: […]}, {op: not | entered | left, of: …} or {op, factor, value | from, to | values}; a factor, or beside them tag.…, segment.…, warned.…, before.…',
  }),
  parameters: Type.Optional(list(Type.Record(Type.String(), Type.Unknown()))),
  action: Type.Optional(Type.String({ maxLength: 64 })),
  controlPercent: Type.Optional(Type.Integer({ minimum: 0, maximum: 50 })),
})

/** Which morning was counted; the night of that morning counts the same. */
const snapshot = Type.Object({ asOf: day, dataThrough: day, finishedAt: nullable(moment) })
/** Why a night would not ask the rule; then nothing of it is counted. */
const held = nullable(Type.Object({ why: Type.Enum(['held', 'off']), zh: Type.String(), en: Type.String() }))
const literal = Type.Union([Type.Number(), Type.String()])
const named = Type.Object({ id: Type.String(), title: words })

export const ruleCount = Type.Object({
  snapshot,
  held,
  sentence: words,
  /** Of those in scope; null when held. */
  count: nullable(count),
  of: count,
  /** It selects nobody, or everybody. */
  alarm: nullable(words),
  factors: list(named),
  feeds: list(
    Type.Object({
      id: Type.String(),
      title: words,
      delivered: Type.Boolean(),
      dataThrough: nullable(day),
      verdict: nullable(Type.Enum(['pass', 'warn', 'hold'])),
    }),
  ),
})

export const rulePicture = Type.Object({
  snapshot,
  held,
  sample: list(
    Type.Object({
      id: Type.String(),
      number: nullable(Type.String()),
      customerName: nullable(Type.String()),
      values: list(valuedFactor),
    }),
  ),
  /** Those selected by value class, lifecycle stage, brand and the branches of the scope; null where it is not known. */
  cells: list(
    Type.Object({
      value: nullable(coded),
      stage: nullable(coded),
      brand: nullable(coded),
      branch: coded,
      count,
    }),
  ),
  /** What contacting them would take of one day. */
  capacity: list(
    Type.Object({
      channel: Type.Enum(['call', 'sms']),
      contacts: count,
      minutes: nullable(count),
      minutesMax: nullable(count),
      contactsMax: nullable(count),
    }),
  ),
})

export const ruleOverlap = Type.Object({
  snapshot,
  held,
  rules: list(named),
  /** How many two of them select together, the draft first and then the rules in their order. */
  both: list(list(count)),
})

export const ruleSensitivity = Type.Object({
  snapshot,
  held,
  thresholds: list(
    Type.Object({
      /** Steps from the outermost condition inwards. */
      path: list(Type.Integer()),
      factor: named,
      part: Type.Enum(['value', 'from', 'to']),
      value: literal,
      tries: list(Type.Object({ value: literal, shown: words, count })),
    }),
  ),
})

const what = Type.Enum(['left', 'recharged'])

export const backtestBody = Type.Object({
  ...ruleDraft.properties,
  what,
  withinDays: Type.Integer({ minimum: 1, maximum: 180 }),
  /** A rule in force to compare with. */
  against: Type.Optional(Type.String({ maxLength: 64 })),
  /** Also each threshold at other values, the rest as it is. */
  vary: Type.Optional(Type.Boolean()),
})

/** A share between 0 and 1 with its 95 % interval; null when there was nobody to count. */
const share = Type.Object({
  count,
  successes: count,
  share: nullable(Type.Number()),
  low: Type.Number(),
  high: Type.Number(),
})
const faring = Type.Object({
  /** Of those selected, how many it happened to; of those it happened to, how many were selected; of all. */
  precision: share,
  recall: share,
  base: share,
  lift: nullable(Type.Number()),
  liftLow: nullable(Type.Number()),
  liftHigh: nullable(Type.Number()),
})
const precision = nullable(faring)
const fared = {
  own: precision,
  other: precision,
  /** Selected beyond the other rule, and by that rule only. */
  more: nullable(count),
  fewer: nullable(count),
}

export const ruleBacktest = Type.Object({
  what,
  withinDays: Type.Integer(),
  against: nullable(Type.Object({ id: Type.String(), title: words, version: Type.Integer() })),
  /** The last morning of each month whose waiting time is over, oldest first. */
  months: list(
    Type.Object({
      asOf: day,
      /** Why the rule could not be asked that morning; it counts nowhere then. */
      held: nullable(words),
      ...fared,
    }),
  ),
  all: Type.Object(fared),
  /** Each threshold at other values, all mornings together; only where that was asked for. */
  thresholds: list(
    Type.Object({
      /** null: a value written in place. */
      parameter: nullable(Type.String()),
      path: list(Type.Integer()),
      part: Type.Enum(['value', 'from', 'to']),
      factor: named,
      value: literal,
      /** The value with the best balance of precision and recall (F1) that found at least 30; null where none did. */
      advised: nullable(literal),
      tries: list(
        Type.Object({
          value: literal,
          shown: words,
          /** Harmonic mean of precision and recall. */
          balance: nullable(Type.Number()),
          fared: faring,
        }),
      ),
    }),
  ),
})

export const precisionQuery = Type.Object({
  what: Type.Optional(Type.Enum(['left', 'recharged'], { default: 'left' })),
  withinDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 180, default: 30 })),
})

/** How every rule in force fared on past mornings, and whether it finds as many as usual. */
export const rulesPrecision = Type.Object({
  what,
  withinDays: Type.Integer(),
  mornings: list(day),
  rules: list(
    Type.Object({
      id: Type.String(),
      title: words,
      version: Type.Integer(),
      all: precision,
      months: list(Type.Object({ asOf: day, held: nullable(words), fared: precision })),
      /** Shares of those in scope: on the last night, on the nights before it, and the limits of what is usual. */
      drift: nullable(
        Type.Object({
          now: Type.Number(),
          usual: Type.Number(),
          low: Type.Number(),
          high: Type.Number(),
          isOutside: Type.Boolean(),
        }),
      ),
    }),
  ),
})
