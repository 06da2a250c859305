import type { DeskDb } from '#desk'
import { replaces } from './attempt.ts'
import type { Reason } from './reason.ts'
import { contactTables } from './tables.ts'

export interface News {
  readonly ids: readonly string[]
  readonly state: keyof typeof replaces
  readonly at: Date
  readonly reason: Reason | null
}

/** Brings the same news of some attempts; those that stand higher already stay as they are. */
export async function settle(db: DeskDb, { ids, state, at, reason }: News): Promise<void> {
  if (ids.length === 0) return
  await contactTables(db)
    .updateTable('contact_attempt')
    .set({
      state,
      settled_at: at,
      reason: reason?.code ?? null,
      reason_words: reason && JSON.stringify({ en: reason.en, zh: reason.zh }),
    })
    .where('id', 'in', ids)
    .where('state', 'in', replaces[state])
    .execute()
}

/** Forgets an attempt of which it is certain that nothing left. */
export async function withdraw(db: DeskDb, id: string): Promise<void> {
  await contactTables(db)
    .deleteFrom('contact_attempt')
    .where('id', '=', id)
    .where('state', '=', 'prepared')
    .execute()
}
