/** How rows of a table are about a subscriber: by a key in a column, or by a row of another table. */
type About =
  | { readonly column: string }
  | { readonly column: string; readonly of: string; readonly named: string }

/** What the desk holds about a subscriber, table by table, and what an erasure makes of it. */
export interface Holding {
  readonly table: string
  readonly about: About
  /** `remove`: the rows go. Else what these columns become; the key becomes a pseudonym where `about` is one. */
  readonly onErase: 'remove' | 'keep' | Readonly<Record<string, string | null>>
}

const erasedWords = '{"zh": "已删除", "en": "erased"}'

/**
 * Every table of the desk with a subscriber in it: this list and nothing else says what is exported and erased. A test holds it
 * against the columns of the database. Tables that hang on others come before them.
 */
export const holdings: readonly Holding[] = [
  {
    table: 'contact_outbox',
    about: { column: 'message_id', of: 'contact_attempt', named: 'id' },
    onErase: { number: '', text: '' },
  },
  {
    table: 'contact_receipt',
    about: { column: 'message_id', of: 'contact_attempt', named: 'id' },
    onErase: 'keep',
  },
  { table: 'contact_reply', about: { column: 'subscriber_id' }, onErase: { text: '' } },
  { table: 'contact_opt_out', about: { column: 'subscriber_id' }, onErase: {} },
  { table: 'contact_live_recharge', about: { column: 'subscriber_id' }, onErase: {} },
  { table: 'contact_live_line', about: { column: 'subscriber_id' }, onErase: 'remove' },
  {
    table: 'contact_attempt',
    about: { column: 'subscriber_id' },
    onErase: { number: null, text: null, reason_words: null },
  },
  { table: 'task_event', about: { column: 'task_id', of: 'task', named: 'id' }, onErase: { note: null } },
  { table: 'task_decision', about: { column: 'subscriber_id' }, onErase: { reason_words: erasedWords } },
  {
    table: 'task',
    about: { column: 'subscriber_id' },
    onErase: {
      number: null,
      customer_name: null,
      note: null,
      reason: erasedWords,
      signals: '[]',
      script: null,
      decision: null,
    },
  },
  { table: 'campaign_member', about: { column: 'subscriber_id' }, onErase: {} },
  { table: 'list_line', about: { column: 'subscriber_id' }, onErase: { reason: '' } },
  { table: 'segment_tag_member', about: { column: 'subscriber_id' }, onErase: 'remove' },
  { table: 'warning_raised', about: { column: 'subscriber_id' }, onErase: { signals: '[]' } },
  { table: 'warning_life', about: { column: 'subscriber_id' }, onErase: {} },
  { table: 'governance_subscriber_past', about: { column: 'subscriber_id' }, onErase: {} },
  { table: 'governance_subscriber', about: { column: 'subscriber_id' }, onErase: 'remove' },
  { table: 'flows_erased', about: { column: 'subscriber_id' }, onErase: 'keep' },
]
