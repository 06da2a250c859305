import type { DeskDb } from '#desk'
import { governance } from './tables.ts'

/** Something seen or changed: who, when, what, about whom or what. No numbers and names in `detail`: keys only. */
export interface AuditEntry {
  readonly at: Date
  /** null: nobody signed in did it. */
  readonly staffId: string | null
  /** noun.verb: sign-in.refused, subscriber.look, value.unmask. */
  readonly act: string
  /** What it was about: a kind and a key (subscriber:S1, task:task_1, session). */
  readonly subject: string
  readonly detail?: Readonly<Record<string, unknown>>
  /** Keys of the subscribers it was about, beside one named by `subject`. */
  readonly subscribers?: readonly string[]
  /** Why, as whoever did it said. */
  readonly reason?: string | undefined
  /** From where: a network address, or the command line. */
  readonly from?: string | undefined
}

/**
 * Adds to the audit, which can only grow: the database refuses to change or delete it, and links each entry to the one
 * before when its transaction commits.
 */
export async function audit(db: DeskDb, ...entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return
  await governance(db)
    .insertInto('governance_audit')
    .values(
      entries.map(({ at, staffId, act, subject, detail, subscribers, reason, from }) => ({
        at,
        staff_id: staffId,
        act,
        subject,
        detail: JSON.stringify(detail ?? {}),
        subscribers: [...new Set(subscribers ?? [])],
        reason: reason ?? null,
        from_address: from ?? null,
      })),
    )
    .execute()
}
