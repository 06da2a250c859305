import Type, { type Static } from 'typebox'
import {
  coded,
  counted,
  day,
  fault,
  fen,
  level,
  list,
  moment,
  nullable,
  pageQuery,
  pageReply,
  person,
  valuedFactor,
  words,
} from './words.ts'

export const taskSort = Type.Enum([
  'priority',
  'level',
  '-level',
  'day',
  '-day',
  'arpu',
  '-arpu',
  'state',
  '-state',
])

export const taskQuery = Type.Object({
  state: Type.Optional(Type.String({ description: 'codes of states, separated by commas' })),
  level: Type.Optional(level),
  channel: Type.Optional(Type.String()),
  day: Type.Optional(day),
  q: Type.Optional(Type.String({ maxLength: 80, description: 'a number or an id, or a part of one' })),
  sort: Type.Optional(taskSort),
  ...pageQuery,
})

const taskRow = {
  id: Type.String(),
  day,
  dueDay: nullable(day),
  state: coded,
  level,
  channel: coded,
  subscriberId: Type.String(),
  /** Masked unless the role may see them. */
  number: nullable(Type.String()),
  customerName: nullable(Type.String()),
  /** Titles of the rules that fired, the weightiest first. */
  signals: list(words),
  /** Why listed: each of those rules with this subscriber's values. */
  reason: words,
  offerTitle: nullable(words),
  arpuFen: nullable(fen),
  assignee: nullable(person),
  outcome: nullable(coded),
}
export const taskListed = Type.Object(taskRow)
export type TaskRow = Static<typeof taskListed>

export const taskPage = Type.Object({
  asOf: nullable(day),
  rows: list(taskListed),
  /** Of all tasks in scope under the other filters, by state; the state filter does not narrow them. */
  counts: list(counted),
  channels: list(coded),
  ...pageReply,
})

/** One rule that fired: its sentence with this subscriber's values in it, and the values themselves. */
export const signal = Type.Object({
  ruleId: Type.String(),
  title: words,
  sentence: words,
  points: nullable(Type.Number()),
  values: list(valuedFactor),
})

export const offer = Type.Object({
  id: Type.String(),
  title: words,
  means: words,
  asksFen: nullable(fen),
  bonusFen: nullable(fen),
  validFrom: nullable(day),
  validTo: nullable(day),
})

/** One attempt to reach. A refused one never left, and says why. */
export const attempt = Type.Object({
  id: Type.String(),
  at: moment,
  channel: coded,
  state: coded,
  text: nullable(Type.String()),
  refusal: nullable(fault),
})

export const taskEvent = Type.Object({
  at: moment,
  by: nullable(person),
  what: coded,
  note: nullable(words),
})

export const recordedOutcome = Type.Object({
  code: Type.String(),
  title: words,
  leavingReason: nullable(coded),
  note: nullable(Type.String()),
  at: moment,
  by: nullable(person),
})

/** From the table of legal moves: what may be done now; what may not says why. */
export const move = Type.Object({
  move: Type.Enum(['claim', 'outcome', 'drop', 'send']),
  allowed: Type.Boolean(),
  reason: nullable(words),
})

export const task = Type.Object({
  ...taskRow,
  asOf: day,
  warning: Type.Object({ raisedOn: day, level, score: nullable(Type.Number()), signals: list(signal) }),
  /** Why the allocator gave this task: its decision. */
  decision: nullable(words),
  script: nullable(words),
  offer: nullable(offer),
  events: list(taskEvent),
  attempts: list(attempt),
  recorded: nullable(recordedOutcome),
  moves: list(move),
})

export const outcomeBody = Type.Object({
  code: Type.String({ minLength: 1, maxLength: 60 }),
  leavingReason: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
  note: Type.Optional(Type.String({ maxLength: 1000 })),
})
export const dropBody = Type.Object({ why: Type.String({ minLength: 1, maxLength: 500 }) })

/** A refusal is an answer and not a failure: it is kept with the task. */
export const sendReply = Type.Object({ sent: Type.Boolean(), refusal: nullable(fault), task })

/** What may be recorded after a contact, and the taxonomy of reasons for leaving. */
export const outcomes = Type.Object({
  outcomes: list(
    Type.Object({
      code: Type.String(),
      title: words,
      means: nullable(words),
      /** Whether the customer was reached. */
      reached: Type.Boolean(),
      leavingReason: Type.Enum(['never', 'may', 'must']),
    }),
  ),
  leavingReasons: list(Type.Object({ code: Type.String(), title: words, group: coded })),
})
