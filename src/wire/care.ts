import Type, { type Static } from 'typebox'
import { segmentState } from './segments.ts'
import { coded, count, day, list, nullable, words } from './words.ts'

/** Days to look ahead, with today. */
export const careQuery = Type.Object({
  /** The first day shown: the last morning unless told; earlier ones tell whom it was for then. */
  from: Type.Optional(day),
  days: Type.Optional(Type.Integer({ minimum: 1, maximum: 120, default: 35 })),
})

export const careCalendar = Type.Object({
  asOf: day,
  occasions: list(
    Type.Object({
      id: Type.String(),
      version: Type.Integer(),
      title: words,
      means: words,
      owner: Type.String(),
      /** The holiday; null: a day of the customer's own. */
      holiday: nullable(words),
      /** The day of an event; null: one that comes every year, or a day of the customer's own. */
      on: nullable(day),
      daysBefore: count,
      /** Whom it is for. */
      sentence: words,
      channels: list(Type.Enum(['call', 'sms'])),
      controlPercent: count,
      state: segmentState,
      reason: nullable(words),
    }),
  ),
  days: list(
    Type.Object({
      day,
      /** The same day of the Chinese calendar. */
      lunar: words,
      holidays: list(coded),
      /** How many in scope each occasion is for that morning, as far as is known today; of a past one, was for by what was known then. */
      due: list(Type.Object({ occasion: Type.String(), subscribers: count })),
    }),
  ),
})
export type CareCalendar = Static<typeof careCalendar>
