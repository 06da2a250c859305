import Type, { type Static } from 'typebox'
import { coded, count, day, fen, level, list, nullable, pageQuery, pageReply, words } from './words.ts'

/** A warning over days: many signs, one life. */
export const warningLife = {
  /** By whose signs it is one. */
  plan: coded,
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
  plan: Type.Optional(Type.String({ maxLength: 64 })),
  state: Type.Optional(Type.Enum(['raised', 'worked', 'eased', 'closed'])),
  level: Type.Optional(Type.Enum(['high', 'medium', 'low'])),
  ...pageQuery,
})

export const warningPage = Type.Object({
  asOf: nullable(day),
  states: list(coded),
  /** The warning plans in force, and what was last looked at of each. */
  plans: list(
    Type.Object({
      ...coded.properties,
      means: words,
      /** 1 Monday … 7 Sunday; null: every morning. */
      weekday: nullable(count),
      lookedOn: nullable(day),
    }),
  ),
  counts: list(Type.Object({ plan: Type.String(), state: Type.String(), level, count })),
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
