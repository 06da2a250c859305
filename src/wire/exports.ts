import Type from 'typebox'
import { coded, count, fault, list, moment, nullable, pageQuery, pageReply } from './words.ts'

const purpose = Type.String({ minLength: 1, maxLength: 40, description: 'a code of /api/purposes' })
const why = Type.String({ minLength: 2, maxLength: 500 })

/** Why a value is shown in full, or rows leave in a file: one of these, and a sentence. */
export const purposes = Type.Object({
  purposes: list(coded),
  fields: list(coded),
})

export const unmaskBody = Type.Object({
  field: Type.Enum(['number', 'name', 'document', 'address', 'counterparty']),
  purpose,
  reason: why,
})

export const unmasked = Type.Object({
  /** null: there is none. */
  value: nullable(Type.String()),
  /** How many values may still be unmasked today. */
  left: count,
})

export const exportBody = Type.Object({
  what: Type.Enum(['tasks', 'subscribers', 'list', 'audit']),
  format: Type.Enum(['csv', 'xlsx']),
  /** Plain values instead of masked ones: always decided by a second person. */
  plain: Type.Boolean(),
  purpose,
  reason: why,
  /** The list's filters, as in its address; subscribers: the beginning of a key in `q`; audit: its own. */
  query: Type.Optional(
    Type.Object({
      state: Type.Optional(Type.String({ maxLength: 200 })),
      level: Type.Optional(Type.Enum(['high', 'medium', 'low', 'stable'])),
      channel: Type.Optional(Type.String({ maxLength: 40 })),
      day: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
      q: Type.Optional(Type.String({ maxLength: 80 })),
      list: Type.Optional(Type.Integer({ minimum: 1 })),
      subscriber: Type.Optional(Type.String({ maxLength: 80 })),
      customer: Type.Optional(Type.String({ maxLength: 80 })),
      staff: Type.Optional(Type.String({ maxLength: 80 })),
      act: Type.Optional(Type.String({ maxLength: 80 })),
      from: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
      to: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
    }),
  ),
})

export const exported = Type.Object({
  id: Type.Integer(),
  what: coded,
  format: Type.Enum(['csv', 'xlsx']),
  plain: Type.Boolean(),
  purpose: coded,
  reason: Type.String(),
  state: coded,
  rowsExpected: count,
  rowsDone: count,
  bytes: nullable(count),
  approvalId: nullable(Type.Integer()),
  askedAt: moment,
  madeAt: nullable(moment),
  /** The download is gone from then on. */
  expiresAt: nullable(moment),
  fault: nullable(fault),
})

export const exportPage = Type.Object({ rows: list(exported), ...pageReply })
export const exportQuery = Type.Object({ ...pageQuery })

/** A file and no JSON: it is streamed with its own content type. */
export const file = Type.String({ description: 'the file' })
