import { sql } from 'kysely'
import type { DeskDb } from '#desk'
import type { Clock, PlainDate } from '#kernel'
import { type AttemptState, attemptId } from './attempt.ts'
import { dealingsBy, noDealings } from './dealings.ts'
import { nothingNew } from './live.ts'
import type { ContactPolicy } from './policy.ts'
import type { Reason } from './reason.ts'
import * as because from './reason.ts'
import { type Dealings, type LiveFacts, type Proposed, recheck } from './recheck.ts'
import { settle } from './settle.ts'
import { contactTables } from './tables.ts'

export interface Request extends Proposed {
  readonly channel: 'sms'
  readonly taskId: string
  readonly subscriberId: string
  readonly managerId: string | null
  readonly nodePath: string
  readonly text: string
}

/** Committed and about to leave. */
export interface Prepared {
  readonly taskId: string
  readonly attemptId: string
  readonly to: string
  readonly text: string
}

/** Not to be sent now. */
export interface Held {
  readonly taskId: string
  readonly attemptId: string
  readonly result: 'handed_over' | 'refused' | 'wait' | 'in_doubt' | 'failed' | 'delivered'
  readonly reason: Reason | null
}

interface Now {
  readonly policy: ContactPolicy
  readonly clock: Clock
  readonly day: PlainDate
}

/**
 * Decides each request and commits the attempts that may leave, one caller at a time: of two processes that reach for the
 * same subscriber, the second sees what the first prepared.
 */
export async function prepare(
  db: DeskDb,
  requests: readonly Request[],
  facts: ReadonlyMap<string, LiveFacts>,
  now: Now,
): Promise<readonly (Prepared | Held)[]> {
  if (requests.length === 0) return []
  return db.transaction().execute(async trx => {
    await sql`select pg_advisory_xact_lock(hashtextextended('contact.prepare', 0))`.execute(trx)
    const before = await earlierAttempts(trx, requests)
    const dealings = new Map(await dealingsBy(trx, now.day, [...new Set(requests.map(r => r.subscriberId))]))
    const answers: (Prepared | Held)[] = []
    const decided: AttemptRow[] = []
    for (const request of requests) {
      const earlier = before.get(attemptId(request.taskId))
      const known = dealings.get(request.subscriberId) ?? noDealings
      const live = facts.get(request.taskId) ?? nothingNew
      const answer = earlier
        ? await standing(trx, request, earlier, now)
        : decide(request, live, known, now, decided)
      if ('to' in answer) {
        dealings.set(request.subscriberId, { ...known, contactsToday: known.contactsToday + 1 })
      }
      answers.push(answer)
    }
    if (decided.length > 0) await contactTables(trx).insertInto('contact_attempt').values(decided).execute()
    return answers
  })
}

function decide(
  request: Request,
  live: LiveFacts,
  known: Dealings,
  now: Now,
  decided: AttemptRow[],
): Prepared | Held {
  const verdict = recheck(request, live, known, { at: now.clock.now(), policy: now.policy })
  const id = { taskId: request.taskId, attemptId: attemptId(request.taskId) }
  if (verdict.do === 'wait') return { ...id, result: 'wait', reason: verdict.reason }
  const refused = verdict.do === 'refuse' ? verdict.reason : null
  decided.push(rowOf(request, refused, now))
  return refused
    ? { ...id, result: 'refused', reason: refused }
    : { ...id, to: request.number ?? '', text: request.text }
}

interface Earlier {
  readonly state: AttemptState
  readonly reason: Reason | null
}

async function earlierAttempts(
  db: DeskDb,
  requests: readonly Request[],
): Promise<ReadonlyMap<string, Earlier>> {
  const ids = requests.map(request => attemptId(request.taskId))
  const rows = await contactTables(db)
    .selectFrom('contact_attempt')
    .select(['id', 'state', 'reason', 'reason_words'])
    .where('id', 'in', ids)
    .execute()
  return new Map(
    rows.map(({ id, state, reason, reason_words: words }) => [
      id,
      { state, reason: reason !== null && words ? { code: reason, ...words } : null },
    ]),
  )
}

/** What an attempt made before says. One still prepared belongs to a process that died between commit and answer. */
async function standing(trx: DeskDb, request: Request, earlier: Earlier, now: Now): Promise<Held> {
  const id = { taskId: request.taskId, attemptId: attemptId(request.taskId) }
  if (earlier.state === 'called') throw new TypeError('an SMS task has the attempt of a call')
  if (earlier.state !== 'prepared') return { ...id, result: earlier.state, reason: earlier.reason }
  await settle(trx, { ids: [id.attemptId], state: 'in_doubt', at: now.clock.now(), reason: because.inDoubt })
  return { ...id, result: 'in_doubt', reason: because.inDoubt }
}

function rowOf(request: Request, refused: Reason | null, now: Now) {
  const at = now.clock.now()
  return {
    id: attemptId(request.taskId),
    task_id: request.taskId,
    subscriber_id: request.subscriberId,
    manager_id: request.managerId,
    node_path: request.nodePath,
    day: now.day,
    channel: request.channel,
    number: request.number,
    text: request.text,
    state: refused ? ('refused' as const) : ('prepared' as const),
    reason: refused?.code ?? null,
    reason_words: refused && JSON.stringify({ en: refused.en, zh: refused.zh }),
    outcome: null,
    reached: null,
    prepared_at: at,
    settled_at: refused ? at : null,
  }
}
type AttemptRow = ReturnType<typeof rowOf>
