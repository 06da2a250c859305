import { optOut, recordCall } from '#contact'
import type { DeskDb } from '#desk'
import { type Fault, ok, type PlainDate, type Result } from '#kernel'
import { outcomes, recordOutcome as record, type Task } from '#tasks'
import type { Asker } from '../asker.ts'

export interface OutcomeGiven {
  readonly code: string
  readonly leavingReason?: string
  readonly note?: string
}

export interface Completion {
  readonly asker: Asker
  readonly taskId: string
  readonly outcome: OutcomeGiven
  readonly at: Date
  /** The business day on which the call was made: caps count on it. */
  readonly day: PlainDate
}

/**
 * Completes a call task with what came of it: the call counts as a contact, and "never again" takes effect at once on every
 * channel. All in the caller's transaction. Faults of outcomes and moves.
 */
export async function completeTask(trx: DeskDb, done: Completion): Promise<Result<Task, Fault>> {
  const { asker, taskId, outcome, at, day } = done
  const { id, name } = asker.staff
  const result = await record(trx, asker.scope, { taskId, by: { id, name }, at, outcome })
  if (!result.ok) return result
  const task = result.value
  const kind = outcomes[outcome.code]
  await recordCall(trx, {
    taskId,
    subscriberId: task.subscriberId,
    managerId: task.managerId,
    nodePath: task.nodePath,
    number: task.number,
    day,
    reached: kind?.reached ?? false,
    outcome: outcome.code,
    at,
  })
  if (kind?.optsOut) {
    await optOut(trx, { subscriberId: task.subscriberId, channels: ['call', 'sms'], why: 'call', at })
  }
  return ok(task)
}
