import Type from 'typebox'
import { coded, fault, list, moment, nullable, pageQuery, pageReply } from './words.ts'

const key = Type.String({ minLength: 1, maxLength: 80 })

export const outboxQuery = Type.Object({ state: Type.Optional(Type.String()), ...pageQuery })

export const outbox = Type.Object({
  rows: list(
    Type.Object({
      id: Type.String(),
      at: moment,
      taskId: nullable(Type.String()),
      subscriberId: Type.String(),
      number: nullable(Type.String()),
      channel: coded,
      text: Type.String(),
      state: coded,
      refusal: nullable(fault),
    }),
  ),
  states: list(coded),
  ...pageReply,
})

/** A recharge as it happens, before any feed brings it: it stops a contact that has become needless. */
export const liveRecharge = Type.Object({
  rechargeId: key,
  subscriberId: key,
  paidAt: moment,
  amountFen: Type.Integer({ minimum: 1 }),
})

/** What became of a message: the receipt of the channel. */
export const receipt = Type.Object({
  messageId: key,
  state: Type.Enum(['delivered', 'undelivered', 'expired']),
  at: moment,
})

/** What the customer wrote back. */
export const customerReply = Type.Object({
  replyId: key,
  subscriberId: key,
  text: Type.String({ maxLength: 1000 }),
  at: moment,
})

/** Telling the same thing twice is harmless and says so. */
export const accepted = Type.Object({ accepted: Type.Boolean(), duplicate: Type.Boolean() })
