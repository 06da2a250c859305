import type { DeskDb } from '#desk'
import { replaces } from './attempt.ts'
import type { Reason } from './reason.ts'
import { contactTables } from './tables.ts'

export interface News {
  readonly id: string
  readonly state: keyof typeof replaces
  readonly at: Date
  readonly reason: Reason | null
}

/** Brings news of an attempt; false when it stands higher already, or there is no such attempt. */
export async function settle(db: DeskDb, { id, state, at, reason }: News): Promise<boolean> {
  const changed = await contactTables(db)
    .updateTable('contact_attempt')
    .set({
      state,
      settled_at: at,
      reason: reason?.code ?? null,
      reason_words: reason && JSON.stringify({ en: reason.en, zh: reason.zh }),
    })
    .where('id', '=', id)
    .where('state', 'in', replaces[state])
    .returning('id')
    .executeTakeFirst()
  return changed !== undefined
}

/** Forgets an attempt of which it is certain that nothing left. */
export async function withdraw(db: DeskDb, id: string): Promise<void> {
  await contactTables(db)
    .deleteFrom('contact_attempt')
    .where('id', '=', id)
    .where('state', '=', 'prepared')
    .execute()
}
