import Type, { type Static } from 'typebox'
import { channel, fenAmount, id, words } from './words.ts'

export const valueClass = Type.Enum(['high', 'middle', 'low'])
/** How much a customer is worth to us: its class on the map of customers, low where that is missing. */
export type ValueClass = Static<typeof valueClass>

/** When acting counts as a success: defined in data, per row, so that list and effect mean the same. */
export const success = Type.Union([
  Type.Object(
    {
      kind: Type.Literal('recharged'),
      withinDays: Type.Integer({ minimum: 1, maximum: 90 }),
      atLeastFen: fenAmount,
    },
    { additionalProperties: false },
  ),
  Type.Object(
    { kind: Type.Literal('stayed'), withinDays: Type.Integer({ minimum: 1, maximum: 180 }) },
    { additionalProperties: false },
  ),
])
export type Success = Static<typeof success>

const policyRow = Type.Object(
  {
    /** A rule's action hint. */
    action: id,
    valueClasses: Type.Array(valueClass, { minItems: 1 }),
    channel,
    /** Care is not selling: it goes on when selling is walled off. */
    purpose: Type.Enum(['selling', 'care']),
    offer: id,
    /** What to say; a call must have one. */
    script: Type.Optional(id),
    success,
    /** Of the account manager's day. */
    minutes: Type.Integer({ minimum: 0, maximum: 120 }),
    /** What acting is expected to bring, before its cost. */
    valueFen: fenAmount,
    /** Days after which acting no longer makes sense. */
    deadlineDays: Type.Integer({ minimum: 0, maximum: 60 }),
  },
  { additionalProperties: false },
)
export type PolicyRow = Static<typeof policyRow>

export const policyShape = Type.Object(
  {
    id,
    title: words,
    rows: Type.Array(policyRow, { minItems: 1 }),
  },
  { additionalProperties: false },
)
/** Which offer, channel and words go with which action for which customers. */
export type Policy = Static<typeof policyShape>
