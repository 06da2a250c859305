import { sql } from 'kysely'
import type { DeskDb } from '#desk'
import type { PlainDate } from '#kernel'
import { contactedStates } from './attempt.ts'
import type { Dealings } from './recheck.ts'
import { contactTables } from './tables.ts'
import type { ContactChannel } from './words.ts'

export const noDealings: Dealings = {
  optedOut: [],
  contactsToday: 0,
  contacts7: { call: 0, sms: 0 },
  contacts30: { call: 0, sms: 0 },
}

/**
 * How often each subscriber was contacted on the 7 and 30 days that end with `day`, and what each refused. Who is not in
 * the map was not contacted and refused nothing. All subscribers unless some are named.
 */
export async function dealingsBy(
  db: DeskDb,
  day: PlainDate,
  subscriberIds?: readonly string[],
): Promise<ReadonlyMap<string, Dealings>> {
  const only = subscriberIds && [...subscriberIds]
  const { rows } = await sql<{
    subscriber_id: string
    opted_out: ContactChannel[] | null
    today: number
    call7: number
    sms7: number
    call30: number
    sms30: number
  }>`
    select subscriber_id, refused.channels as opted_out,
      coalesce(made.today, 0) as today, coalesce(made.call7, 0) as call7, coalesce(made.sms7, 0) as sms7,
      coalesce(made.call30, 0) as call30, coalesce(made.sms30, 0) as sms30
    from (
      select subscriber_id, count(*) filter (where day = ${day}) as today,
        count(*) filter (where channel = 'call' and day > ${day}::date - 7) as call7,
        count(*) filter (where channel = 'sms' and day > ${day}::date - 7) as sms7,
        count(*) filter (where channel = 'call') as call30,
        count(*) filter (where channel = 'sms') as sms30
      from contact_attempt
      where day > ${day}::date - 30 and day <= ${day} and state = any(${[...contactedStates]}::text[]) and task_id is not null
        and ${only ? sql`subscriber_id = any(${only}::text[])` : sql`true`}
      group by subscriber_id
    ) made full join (
      select subscriber_id, array_agg(channel order by channel) as channels from contact_opt_out
      where ${only ? sql`subscriber_id = any(${only}::text[])` : sql`true`}
      group by subscriber_id
    ) refused using (subscriber_id)`.execute(db)
  return new Map(
    rows.map(row => [
      row.subscriber_id,
      {
        optedOut: row.opted_out ?? [],
        contactsToday: row.today,
        contacts7: { call: row.call7, sms: row.sms7 },
        contacts30: { call: row.call30, sms: row.sms30 },
      },
    ]),
  )
}

export interface OptOut {
  readonly subscriberId: string
  readonly channels: readonly ContactChannel[]
  readonly why: string
  readonly at: Date
}

/** From now on nothing reaches this subscriber through these channels. The first word counts; repeating it is harmless. */
export async function optOut(db: DeskDb, { subscriberId, channels, why, at }: OptOut): Promise<void> {
  if (channels.length === 0) return
  await contactTables(db)
    .insertInto('contact_opt_out')
    .values(channels.map(channel => ({ subscriber_id: subscriberId, channel, why, opted_out_at: at })))
    .onConflict(conflict => conflict.doNothing())
    .execute()
}
