import Type from 'typebox'
import { coded, count, list, moment, nullable, pageQuery, pageReply, person, words } from './words.ts'

export const approvalQuery = Type.Object({
  which: Type.Optional(Type.Enum(['mine', 'to-decide', 'all'])),
  ...pageQuery,
})

export const approval = Type.Object({
  id: Type.Integer(),
  kind: coded,
  subject: Type.String(),
  title: words,
  /** The change, line by line; null: not there. */
  changes: list(Type.Object({ field: words, before: nullable(words), after: nullable(words) })),
  reason: Type.String(),
  size: count,
  level: coded,
  maker: person,
  madeAt: moment,
  expiresAt: moment,
  state: coded,
  decidedBy: nullable(person),
  decidedAt: nullable(moment),
  comment: nullable(Type.String()),
  /** Whether whoever asks may decide it, or take it back, now. */
  mayDecide: Type.Boolean(),
  mayCancel: Type.Boolean(),
})

export const approvalPage = Type.Object({
  rows: list(approval),
  /** How many wait for whoever asks. */
  waiting: count,
  ...pageReply,
})

export const approvalDecision = Type.Object({ comment: Type.String({ minLength: 1, maxLength: 500 }) })
