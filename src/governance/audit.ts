import type { DeskDb } from '#desk'
import { governance } from './tables.ts'

/** Something seen or changed: who, when, what, about whom or what. No numbers and names in `detail`: keys only. */
export interface AuditEntry {
  readonly at: Date
  /** null: nobody signed in did it. */
  readonly staffId: string | null
  /** noun.verb: sign-in.refused, subscriber.look, number.unmask. */
  readonly act: string
  /** What it was about: a kind and a key (subscriber:S1, task:task_1, session). */
  readonly subject: string
  readonly detail?: Readonly<Record<string, unknown>>
}

/** Adds to the audit, which can only grow: the database refuses to change or delete it. */
export async function audit(db: DeskDb, ...entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return
  await governance(db)
    .insertInto('governance_audit')
    .values(
      entries.map(({ at, staffId, act, subject, detail }) => ({
        at,
        staff_id: staffId,
        act,
        subject,
        detail: JSON.stringify(detail ?? {}),
      })),
    )
    .execute()
}
