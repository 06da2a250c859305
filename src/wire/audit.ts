import Type from 'typebox'
import { coded, count, day, list, moment, nullable, pageQuery, pageReply, person } from './words.ts'

const key = Type.String({ minLength: 1, maxLength: 80 })

export const auditQuery = Type.Object({
  subscriber: Type.Optional(key),
  customer: Type.Optional(key),
  staff: Type.Optional(Type.String({ minLength: 1, maxLength: 80, description: 'an id or a login' })),
  act: Type.Optional(key),
  from: Type.Optional(day),
  to: Type.Optional(
    Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'the first day that is not asked for' }),
  ),
  ...pageQuery,
})

export const auditLine = Type.Object({
  id: Type.Integer(),
  /** Its place in the chain, and its hash. */
  position: nullable(Type.Integer()),
  hash: nullable(Type.String()),
  at: moment,
  /** null: nobody signed in did it. */
  by: nullable(person),
  act: coded,
  subject: Type.String(),
  subscribers: list(Type.String()),
  detail: list(Type.Object({ name: Type.String(), value: Type.String() })),
  reason: nullable(Type.String()),
  from: nullable(Type.String()),
})

export const auditPage = Type.Object({
  rows: list(auditLine),
  acts: list(coded),
  /** Counting ends at 10,000. */
  ...pageReply,
})

export const auditChain = Type.Object({
  entries: count,
  /** Entries that were moved into files before. */
  sealed: count,
  end: Type.Object({ position: Type.Integer(), hash: Type.String() }),
  broken: nullable(Type.Object({ position: Type.Integer(), why: coded })),
})
