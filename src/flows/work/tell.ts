import { outboxChannel, receiveReceipts, receiveRecharge, receiveReply, standardPolicy } from '#contact'
import { err, type Fault, ok, type Result } from '#kernel'
import { moveMany } from '#tasks'
import type { Application } from '../application.ts'
import { momentMalformed } from '../faults.ts'
import { businessMoment, type Moment } from './moment.ts'

/** What machines tell between nights. Telling the same thing twice is harmless and says so. */

export interface RechargeTold {
  readonly rechargeId: string
  readonly subscriberId: string
  readonly paidAt: string
  readonly amountFen: number
}

/** A recharge as it happens: it stops a contact that has become needless. Faults recharge.differs, moment.malformed. */
export async function tellRecharge(application: Application, told: RechargeTold) {
  const paidAt = moment(told.paidAt)
  if (!paidAt.ok) return paidAt
  const received = await receiveRecharge(application.desk.db, {
    id: told.rechargeId,
    subscriberId: told.subscriberId,
    paidAt: paidAt.value,
    amountFen: told.amountFen,
    receivedAt: application.clock.now(),
  })
  return received.ok ? ok({ accepted: true, duplicate: received.value.duplicate }) : received
}

export interface ReceiptTold {
  readonly messageId: string
  readonly state: 'delivered' | 'undelivered' | 'expired'
  readonly at: string
}

/** What became of a message; its task follows. Faults message.unknown, moment.malformed. */
export async function tellReceipt(application: Application, told: ReceiptTold) {
  const at = moment(told.at)
  if (!at.ok) return at
  const [received] = await keepReceipts(application, [{ ...told, at: at.value }])
  if (received === undefined) throw new TypeError('a receipt without an answer')
  return received.ok ? ok({ accepted: true, duplicate: received.value.duplicate }) : received
}

/** The same for many at once, each with an answer. */
export async function keepReceipts(
  application: Application,
  receipts: readonly (Omit<ReceiptTold, 'at'> & { readonly at: Date })[],
) {
  const { db } = application.desk
  const received = await receiveReceipts(db, receipts)
  for (const [move, end] of [
    ['sent', 'delivered'],
    ['fail', 'failed'],
  ] as const) {
    const tasks = receipts.flatMap(({ state }, i) => {
      const one = received[i]
      const taskId = one?.ok && one.value.state === end ? one.value.taskId : null
      return taskId === null ? [] : [{ id: taskId, note: state }]
    })
    if (tasks.length > 0) await moveMany(db, { move, tasks, at: application.clock.now() })
  }
  return received
}

export interface ReplyTold {
  readonly replyId: string
  readonly subscriberId: string
  readonly text: string
  readonly at: string
}

/** What a customer wrote back; a reply that says so opts out at once and is confirmed. */
export async function tellReply(application: Application, told: ReplyTold, now?: Moment) {
  const at = moment(told.at)
  if (!at.ok) return at
  const { desk, zone } = application
  const { day, clock } = now ?? (await businessMoment(application))
  const received = await receiveReply(
    desk.db,
    { id: told.replyId, subscriberId: told.subscriberId, text: told.text },
    { channel: outboxChannel(desk.db), policy: { ...standardPolicy, zone }, clock, day, language: 'zh' },
  )
  return ok({ accepted: true, duplicate: received.duplicate })
}

/** A UTC moment from its ISO text. */
function moment(text: string): Result<Date, Fault<'moment.malformed'>> {
  const at = new Date(text)
  return /^\d{4}-\d{2}-\d{2}T/.test(text) && !Number.isNaN(at.getTime()) ? ok(at) : err(momentMalformed())
}
