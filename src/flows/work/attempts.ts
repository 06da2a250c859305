import { type Attempt, attemptStates, listAttempts } from '#contact'
import { taskChannels } from '#tasks'
import type { Application } from '../application.ts'
import type { Asker } from '../asker.ts'

/** The attempts of one task, newest first; a refused one says why. */
export async function attemptsOf(application: Application, asker: Asker, taskId: string) {
  const { attempts } = await listAttempts(application.desk.db, asker.scope, { taskId, pageSize: 20 })
  return attempts.map(attempt => ({ ...shownAttempt(attempt), text: attempt.text }))
}

/** An attempt as people see it, without its text and number. */
export function shownAttempt(attempt: Attempt) {
  return {
    id: attempt.id,
    at: attempt.at.toISOString(),
    channel: { code: attempt.channel, title: taskChannels[attempt.channel] },
    state: { code: attempt.state, title: attemptStates[attempt.state] },
    refusal: attempt.reason,
  }
}
