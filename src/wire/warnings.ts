import Type, { type Static } from 'typebox'
import { coded, count, day, fen, level, list, nullable, pageQuery, pageReply } from './words.ts'

/** A warning over days: many signs, one life. */
export const warningLife = {
  state: coded,
  openedOn: day,
  /** Of the last day with a sign, and the highest it ever was. */
  level,
  highest: level,
  lastOn: day,
  raisedDays: count,
  workedOn: nullable(day),
  escalatedOn: nullable(day),
  reopened: count,
}

export const warningQuery = Type.Object({
  state: Type.Optional(Type.Enum(['raised', 'worked', 'eased', 'closed'])),
  level: Type.Optional(Type.Enum(['high', 'medium', 'low'])),
  ...pageQuery,
})

export const warningPage = Type.Object({
  asOf: nullable(day),
  states: list(coded),
  counts: list(Type.Object({ state: Type.String(), level, count })),
  /** The gravest and longest first. Number and name are masked by role. */
  rows: list(
    Type.Object({
      id: Type.String(),
      number: nullable(Type.String()),
      customerName: nullable(Type.String()),
      arpuFen: nullable(fen),
      ...warningLife,
    }),
  ),
  ...pageReply,
})
export type WarningPage = Static<typeof warningPage>
