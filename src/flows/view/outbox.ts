import { attemptStates, listAttempts } from '#contact'
import { shownTo } from '#governance'
import { ok } from '#kernel'
import type { Application } from '../application.ts'
import { type Asker, on } from '../asker.ts'
import { auditListed } from '../audit/listed.ts'
import { shownAttempt } from '../work/attempts.ts'

export interface OutboxQuery {
  readonly state?: string
  readonly page?: number
  readonly pageSize?: number
}

/** Every attempt to reach somebody within the asker's scope, newest first: what left, and what was refused and why. */
export async function listOutbox(application: Application, asker: Asker, query: OutboxQuery) {
  const { page = 1, pageSize = 20 } = query
  const state =
    query.state !== undefined && query.state in attemptStates
      ? (query.state as keyof typeof attemptStates)
      : undefined
  const { attempts, total } = await listAttempts(application.desk.db, asker.scope, { state, page, pageSize })
  await auditListed(application, asker, {
    act: 'outbox.look',
    subject: 'outbox',
    subscribers: attempts.map(a => a.subscriberId),
  })
  return ok({
    rows: attempts.map(a => ({
      ...shownAttempt(a),
      taskId: a.taskId,
      subscriberId: a.subscriberId,
      number: shownTo(on(asker, a), a.number, 'number'),
      text: a.text ?? '',
    })),
    states: Object.entries(attemptStates).map(([code, title]) => ({ code, title })),
    total,
    page,
    pageSize,
  })
}
