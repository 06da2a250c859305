import { sql } from 'kysely'
import type { DeskDb } from '#desk'
import { type Clock, digest, err, type Fault, ok, type Result } from '#kernel'
import { type AttemptState, replaces } from './attempt.ts'
import type { Channel } from './channel.ts'
import { channelRejected, channelUnreachable, testSendsSpent } from './faults.ts'
import { offer } from './offer.ts'
import type { News } from './settle.ts'
import { contactTables } from './tables.ts'

/** How many one may send in any hour. */
const perHourMax = 10
const hourMs = 3_600_000

interface TestMessage {
  readonly senderId: string
  readonly receiverId: string
  readonly to: string
  readonly text: string
  /** What it tries. */
  readonly subject: string
}

interface Way {
  readonly channel: Channel
  readonly clock: Clock
  /** In the transaction that commits the message before it leaves. */
  readonly also: (trx: DeskDb, id: string) => Promise<void>
}

interface TestSent {
  readonly id: string
  readonly state: AttemptState
}

/**
 * Sends a message to staff, to try it, by the way that subscribers' messages take. Committed before it leaves, like any; of no
 * subscriber, so that nothing counts it. Faults test-send.limit, channel.unreachable, channel.rejected.
 */
export async function sendTest(
  db: DeskDb,
  message: TestMessage,
  { channel, clock, also }: Way,
): Promise<Result<TestSent, Fault>> {
  const at = clock.now()
  const { senderId, receiverId, subject, to, text } = message
  const prepared = await db.transaction().execute(async trx => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`contact.test-send ${senderId}`}, 0))`.execute(
      trx,
    )
    const recent = await contactTables(trx)
      .selectFrom('contact_test_send')
      .select(eb => eb.fn.countAll<number>().as('sent'))
      .where('sender_id', '=', senderId)
      .where('prepared_at', '>', new Date(at.getTime() - hourMs))
      .executeTakeFirstOrThrow()
    const nth = Number(recent.sent)
    if (nth >= perHourMax) return err(testSendsSpent(perHourMax))
    const id = `test_${digest(senderId, subject, at.toISOString(), String(nth)).slice(0, 24)}`
    await contactTables(trx)
      .insertInto('contact_test_send')
      .values({
        id,
        sender_id: senderId,
        receiver_id: receiverId,
        subject,
        text,
        state: 'prepared',
        prepared_at: at,
        settled_at: null,
      })
      .execute()
    await also(trx, id)
    return ok(id)
  })
  if (!prepared.ok) return prepared
  const id = prepared.value
  const answer = await offer(channel, { id, to, text, at })
  const state = answer === undefined ? 'in_doubt' : answer.kind === 'handed_over' ? 'handed_over' : 'failed'
  await settleTests(db, { ids: [id], state, at: clock.now() })
  if (answer?.kind === 'rejected') return err(channelRejected(answer.why))
  if (answer?.kind === 'unreachable') return err(channelUnreachable())
  return ok({ id, state })
}

/** Brings news of messages that were tried; those that stand higher already stay as they are. */
export async function settleTests(
  db: DeskDb,
  { ids, state, at }: Pick<News, 'ids' | 'state' | 'at'>,
): Promise<void> {
  if (ids.length === 0) return
  await contactTables(db)
    .updateTable('contact_test_send')
    .set({ state, settled_at: at })
    .where('id', 'in', ids)
    .where('state', 'in', replaces[state])
    .execute()
}

/** The tried ones of some messages, each with where it stands. */
export async function testsOf(
  db: DeskDb,
  ids: readonly string[],
): Promise<ReadonlyMap<string, AttemptState>> {
  if (ids.length === 0) return new Map()
  const rows = await contactTables(db)
    .selectFrom('contact_test_send')
    .select(['id', 'state'])
    .where('id', 'in', ids)
    .execute()
  return new Map(rows.map(row => [row.id, row.state]))
}
