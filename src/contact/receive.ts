import type { DeskDb } from '#desk'
import { type Clock, err, type Fault, ok, type PlainDate, type Result } from '#kernel'
import { type AttemptState, confirmationId } from './attempt.ts'
import type { Channel } from './channel.ts'
import { optOut } from './dealings.ts'
import { messageUnknown } from './faults.ts'
import { offer } from './offer.ts'
import type { ContactPolicy } from './policy.ts'
import * as because from './reason.ts'
import { type News, settle } from './settle.ts'
import { contactTables } from './tables.ts'
import { settleTests, testsOf } from './test-send.ts'

export interface Receipt {
  readonly messageId: string
  readonly state: 'delivered' | 'undelivered' | 'expired'
  readonly at: Date
}

export interface Received {
  readonly duplicate: boolean
  readonly taskId: string | null
  /** Where the attempt stands now. */
  readonly state: AttemptState
}

/** News from the channel, whenever and however often it comes. Fault message.unknown. */
export async function receiveReceipt(
  db: DeskDb,
  receipt: Receipt,
): Promise<Result<Received, Fault<'message.unknown'>>> {
  const [received] = await receiveReceipts(db, [receipt])
  return received ?? err(messageUnknown(receipt.messageId))
}

/** The same for many at once: an answer for each, in their order. */
export async function receiveReceipts(
  db: DeskDb,
  receipts: readonly Receipt[],
): Promise<readonly Result<Received, Fault<'message.unknown'>>[]> {
  const ids = [...new Set(receipts.map(r => r.messageId))]
  if (ids.length === 0) return []
  const known = await messagesOf(db, ids)
  const ours = receipts.filter(r => known.has(r.messageId))
  const fresh = await keepReceipts(db, ours)
  // Settled also when it was told before: a kill may have come in between. What was delivered stands above all else.
  const failed = ours.filter(r => r.state !== 'delivered')
  const delivered = ours.filter(r => r.state === 'delivered')
  await settleAll(db, failed, { state: 'failed', reason: because.undelivered })
  await settleAll(db, delivered, { state: 'delivered', reason: null })
  const now = await messagesOf(db, ids)
  return receipts.map(r => {
    const attempt = now.get(r.messageId)
    if (attempt === undefined) return err(messageUnknown(r.messageId))
    return ok({ duplicate: !fresh.delete(keyOf(r)), taskId: attempt.task_id, state: attempt.state })
  })
}

/** What is known of messages: attempts, and those that staff sent to try a text. */
async function messagesOf(db: DeskDb, ids: readonly string[]) {
  const [rows, tests] = await Promise.all([
    contactTables(db)
      .selectFrom('contact_attempt')
      .select(['id', 'task_id', 'state'])
      .where('id', 'in', ids)
      .execute(),
    testsOf(db, ids),
  ])
  const tried = [...tests].map(([id, state]) => ({ id, task_id: null, state }))
  return new Map([...rows, ...tried].map(row => [row.id, row]))
}

function keyOf({ messageId, state }: { readonly messageId: string; readonly state: string }): string {
  return `${messageId} ${state}`
}

/** Keeps what was not told before; answers the keys of that. */
async function keepReceipts(db: DeskDb, receipts: readonly Receipt[]): Promise<Set<string>> {
  if (receipts.length === 0) return new Set()
  const added = await contactTables(db)
    .insertInto('contact_receipt')
    .values(receipts.map(r => ({ message_id: r.messageId, state: r.state, received_at: r.at })))
    .onConflict(conflict => conflict.doNothing())
    .returning(['message_id', 'state'])
    .execute()
  return new Set(added.map(row => keyOf({ messageId: row.message_id, state: row.state })))
}

async function settleAll(
  db: DeskDb,
  receipts: readonly Receipt[],
  news: Pick<News, 'state' | 'reason'>,
): Promise<void> {
  for (const [at, some] of Map.groupBy(receipts, r => r.at.getTime())) {
    const told = { ...news, ids: some.map(r => r.messageId), at: new Date(at) }
    await settle(db, told)
    await settleTests(db, told)
  }
}

export interface Reply {
  readonly id: string
  readonly subscriberId: string
  readonly text: string
}

export interface ReplyOptions {
  readonly channel: Channel
  readonly policy: ContactPolicy
  readonly clock: Clock
  readonly day: PlainDate
  readonly language: 'zh' | 'en'
}

/** Keeps what a customer wrote back. A reply that says so opts out of SMS, and is confirmed once, whatever the hour. */
export async function receiveReply(
  db: DeskDb,
  reply: Reply,
  options: ReplyOptions,
): Promise<{ readonly duplicate: boolean; readonly optedOut: boolean }> {
  const at = options.clock.now()
  const optsOut = saysStop(reply.text, options.policy)
  const confirmation = await db.transaction().execute(async trx => {
    const added = await contactTables(trx)
      .insertInto('contact_reply')
      .values({
        id: reply.id,
        subscriber_id: reply.subscriberId,
        text: reply.text,
        opts_out: optsOut,
        received_at: at,
      })
      .onConflict(conflict => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (added === undefined) {
      // Told again: a confirmation that a process which died had prepared may have left.
      await settle(trx, { ids: [confirmationId(reply.id)], state: 'in_doubt', at, reason: because.inDoubt })
      return 'duplicate'
    }
    if (!optsOut) return undefined
    await optOut(trx, { subscriberId: reply.subscriberId, channels: ['sms'], why: 'reply', at })
    return prepareConfirmation(trx, reply, options, at)
  })
  if (confirmation === 'duplicate') return { duplicate: true, optedOut: optsOut }
  if (confirmation) {
    const answer = await offer(options.channel, { ...confirmation, at })
    const state = answer?.kind === 'handed_over' ? 'handed_over' : answer ? 'failed' : 'in_doubt'
    await settle(db, { ids: [confirmation.id], state, at, reason: null })
  }
  return { duplicate: false, optedOut: optsOut }
}

/** Whether a reply means "never again": one of the policy's words, alone or first. */
export function saysStop(text: string, policy: ContactPolicy): boolean {
  const [first = ''] = text
    .normalize('NFKC')
    .trim()
    .toUpperCase()
    .split(/[\s\p{P}]+/u)
    .filter(Boolean)
  return policy.optOutReplies.some(
    word => first === word || (/\p{Script=Han}/u.test(word) && first.startsWith(word)),
  )
}

interface Confirmation {
  readonly id: string
  readonly to: string
  readonly text: string
}

/** To the number of the last message; a subscriber we never wrote to gets none. */
async function prepareConfirmation(
  trx: DeskDb,
  reply: Reply,
  options: ReplyOptions,
  at: Date,
): Promise<Confirmation | undefined> {
  const tables = contactTables(trx)
  const last = await tables
    .selectFrom('contact_attempt')
    .select(['manager_id', 'node_path', 'number'])
    .where('subscriber_id', '=', reply.subscriberId)
    .where('channel', '=', 'sms')
    .where('number', 'is not', null)
    .orderBy('day', 'desc')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  if (last === undefined || last.number === null) return undefined
  const id = confirmationId(reply.id)
  const text = options.policy.optOutConfirmation[options.language]
  await tables
    .insertInto('contact_attempt')
    .values({
      ...last,
      id,
      task_id: null,
      subscriber_id: reply.subscriberId,
      day: options.day,
      channel: 'sms',
      text,
      state: 'prepared',
      reason: null,
      reason_words: null,
      outcome: null,
      reached: null,
      prepared_at: at,
      settled_at: null,
    })
    .execute()
  return { id, to: last.number, text }
}
