import type { DeskDb } from '#desk'
import { contactTables } from './tables.ts'
import type { Words } from './words.ts'

export interface Message {
  /** The attempt's id: receipts come back with it. */
  readonly id: string
  readonly to: string
  readonly text: string
  readonly at: Date
}

/** What a channel knows when it answers. An exception means that it does not know: the attempt is in doubt. */
export type Handover =
  | { readonly kind: 'handed_over' }
  /** Refused for good: nothing left and nothing will. */
  | { readonly kind: 'rejected'; readonly why: Words }
  /** Nothing left for certain; it may be tried again. */
  | { readonly kind: 'unreachable' }

/** The way out. It sends each message it is given once and never again by itself. */
export interface Channel {
  send(message: Message): Promise<Handover>
}

/** The demonstration's telephone network: rows in the desk, shown in the console. */
export function outboxChannel(db: DeskDb): Channel {
  return {
    async send({ id, to, text, at }) {
      await contactTables(db)
        .insertInto('contact_outbox')
        .values({ message_id: id, number: to, text, left_at: at })
        .execute()
      return { kind: 'handed_over' }
    },
  }
}
