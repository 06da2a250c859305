import type { DeskDb } from '#desk'
import type { Clock, PlainDate, Result } from '#kernel'
import { attemptId } from './attempt.ts'
import type { Channel } from './channel.ts'
import { type KnownBy, type LiveSource, nothingNew } from './live.ts'
import { offer } from './offer.ts'
import type { ContactPolicy } from './policy.ts'
import { type Held, type Prepared, prepare, type Request } from './prepare.ts'
import * as because from './reason.ts'
import type { LiveFacts } from './recheck.ts'
import { settle, withdraw } from './settle.ts'

/** A message that a task asks for. */
export interface ContactRequest extends Request {
  /** What the night knew when the task was made. */
  readonly madeAt: Date
}

export interface SendOptions {
  readonly channel: Channel
  readonly source: LiveSource
  readonly policy: ContactPolicy
  readonly clock: Clock
  /** The business day: caps count on it. */
  readonly day: PlainDate
  /** Messages prepared at once: at most so many are in doubt after a crash. */
  readonly batchMax?: number
}

/**
 * What became of a request. `wait`: nothing was recorded, it may be tried again. `in_doubt`: it may have left; only a
 * receipt settles it. The rest is final.
 */
export type Sent = Held

/**
 * Checks each request on what is known now and sends what may go. An attempt is committed before its message leaves; one
 * that was prepared by a process that died is in doubt and never sent again.
 */
export async function sendDue(
  db: DeskDb,
  requests: readonly ContactRequest[],
  options: SendOptions,
): Promise<readonly Sent[]> {
  const batch = options.batchMax ?? 20
  const unique = [...new Map(requests.map(request => [request.taskId, request])).values()]
  const results: Sent[] = []
  for (let at = 0; at < unique.length; at += batch) {
    results.push(...(await sendBatch(db, unique.slice(at, at + batch), options)))
  }
  return results
}

async function sendBatch(
  db: DeskDb,
  requests: readonly ContactRequest[],
  options: SendOptions,
): Promise<readonly Sent[]> {
  const facts = await readFacts(requests, options)
  const answered = requests.filter(request => facts.has(request.taskId))
  const prepared = await prepare(db, answered, facts, options)
  const results: Sent[] = requests
    .filter(request => !facts.has(request.taskId))
    .map(({ taskId }) => ({
      taskId,
      attemptId: attemptId(taskId),
      result: 'wait',
      reason: because.sourceUnreachable,
    }))
  for (const one of prepared) {
    results.push('to' in one ? await handOver(db, one, options) : one)
  }
  const left = results.filter(one => one.result === 'handed_over').map(one => one.attemptId)
  await settle(db, { ids: left, state: 'handed_over', at: options.clock.now(), reason: null })
  return results
}

/** Facts by task; a task whose source could not be asked is left out. */
async function readFacts(
  requests: readonly ContactRequest[],
  options: SendOptions,
): Promise<ReadonlyMap<string, LiveFacts>> {
  const facts = new Map<string, LiveFacts>()
  const byNight = Map.groupBy(requests, request => request.madeAt.getTime())
  for (const [madeAt, some] of byNight) {
    const known: KnownBy = { day: options.day, zone: options.policy.zone, madeAt: new Date(madeAt) }
    const answer = await ask(options.source, some, known)
    if (!answer.ok) continue
    for (const { taskId, subscriberId } of some)
      facts.set(taskId, answer.value.get(subscriberId) ?? nothingNew)
  }
  return facts
}

async function ask(
  source: LiveSource,
  requests: readonly ContactRequest[],
  known: KnownBy,
): Promise<Result<ReadonlyMap<string, LiveFacts>>> {
  const subscribers = [...new Set(requests.map(request => request.subscriberId))]
  return source.read(subscribers, known)
}

/** What left is settled with its batch: until then a crash leaves it in doubt, as it would in the moment of handing over. */
async function handOver(db: DeskDb, one: Prepared, options: SendOptions): Promise<Sent> {
  const at = options.clock.now()
  const answer = await offer(options.channel, { id: one.attemptId, to: one.to, text: one.text, at })
  const done = { taskId: one.taskId, attemptId: one.attemptId }
  switch (answer?.kind) {
    case 'handed_over':
      return { ...done, result: 'handed_over', reason: null }
    case 'rejected': {
      const reason = because.rejected(answer.why.en, answer.why.zh)
      await settle(db, { ids: [one.attemptId], state: 'failed', at, reason })
      return { ...done, result: 'failed', reason }
    }
    case 'unreachable':
      await withdraw(db, one.attemptId)
      return { ...done, result: 'wait', reason: because.channelUnreachable }
    case undefined:
      await settle(db, { ids: [one.attemptId], state: 'in_doubt', at, reason: because.inDoubt })
      return { ...done, result: 'in_doubt', reason: because.inDoubt }
  }
}
