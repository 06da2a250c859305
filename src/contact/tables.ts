import type { ColumnType, Generated } from 'kysely'
import type { DeskDb } from '#desk'
import type { PlainDate } from '#kernel'
import type { AttemptState } from './attempt.ts'
import type { ContactChannel, Words } from './words.ts'

export type ContactTables = {
  contact_attempt: {
    id: string
    task_id: string | null
    subscriber_id: string
    manager_id: string | null
    node_path: string
    day: PlainDate
    channel: ContactChannel
    number: string | null
    text: string | null
    state: AttemptState
    reason: string | null
    reason_words: ColumnType<Words | null, string | null, string | null>
    outcome: string | null
    reached: boolean | null
    prepared_at: Date
    settled_at: Date | null
  }
  contact_opt_out: { subscriber_id: string; channel: ContactChannel; why: string; opted_out_at: Date }
  contact_live_recharge: {
    id: string
    subscriber_id: string
    paid_at: Date
    amount_fen: number
    received_at: Date
  }
  contact_live_line: { subscriber_id: string; status: string | null; number: string | null; changed_at: Date }
  contact_receipt: { message_id: string; state: string; received_at: Date }
  contact_reply: { id: string; subscriber_id: string; text: string; opts_out: boolean; received_at: Date }
  contact_test_send: {
    id: string
    sender_id: string
    receiver_id: string
    subject: string
    text: string
    state: AttemptState
    prepared_at: Date
    settled_at: Date | null
  }
  contact_outbox: { nth: Generated<number>; message_id: string; number: string; text: string; left_at: Date }
}

export function contactTables(db: DeskDb): DeskDb<ContactTables> {
  return db.withTables<ContactTables>()
}
