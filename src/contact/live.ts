import { sql } from 'kysely'
import type { DeskDb } from '#desk'
import { err, type Fault, ok, type PlainDate, type Result } from '#kernel'
import { rechargeDiffers } from './faults.ts'
import type { LiveFacts } from './recheck.ts'
import { contactTables } from './tables.ts'

/** What the night knew: data of days before `day`, put together at `madeAt`. */
export interface KnownBy {
  readonly day: PlainDate
  readonly zone: string
  readonly madeAt: Date
}

/**
 * Where the present is asked for. A fault means that it cannot be reached: the contact waits, and nothing is recorded
 * about the subscriber.
 */
export interface LiveSource {
  read(subscriberIds: readonly string[], known: KnownBy): Promise<Result<ReadonlyMap<string, LiveFacts>>>
}

export const nothingNew: LiveFacts = { rechargeFen: 0, recharges: 0, status: null, number: null }

/** What was told to us since the night, kept in the desk. */
export function deskSource(db: DeskDb): LiveSource {
  return {
    async read(subscriberIds, { day, zone, madeAt }) {
      const { rows } = await sql<{
        subscriber_id: string
        fen: number
        n: number
        status: string | null
        number: string | null
      }>`
        select id as subscriber_id, coalesce(paid.fen, 0)::bigint as fen, coalesce(paid.n, 0) as n, line.status, line.number
        from unnest(${[...subscriberIds]}::text[]) as id
        left join (
          select subscriber_id, sum(amount_fen) as fen, count(*) as n from contact_live_recharge
          where subscriber_id = any(${[...subscriberIds]}::text[])
            and (paid_at >= ${day}::date::timestamp at time zone ${zone} or received_at >= ${madeAt})
          group by subscriber_id
        ) paid on paid.subscriber_id = id
        left join contact_live_line line on line.subscriber_id = id
          and line.changed_at >= least(${day}::date::timestamp at time zone ${zone}, ${madeAt})`.execute(db)
      return ok(
        new Map(
          rows.map(row => [
            row.subscriber_id,
            { rechargeFen: row.fen, recharges: row.n, status: row.status, number: row.number },
          ]),
        ),
      )
    },
  }
}

export interface LiveRecharge {
  readonly id: string
  readonly subscriberId: string
  readonly paidAt: Date
  readonly amountFen: number
  readonly receivedAt: Date
}

export interface Told {
  /** It was told before; nothing changed. */
  readonly duplicate: boolean
}

/** Keeps a recharge told as it happens. Fault recharge.differs when the same id was told with other content. */
export async function receiveRecharge(
  db: DeskDb,
  recharge: LiveRecharge,
): Promise<Result<Told, Fault<'recharge.differs'>>> {
  const tables = contactTables(db)
  const { id, subscriberId, paidAt, amountFen, receivedAt } = recharge
  const added = await tables
    .insertInto('contact_live_recharge')
    .values({
      id,
      subscriber_id: subscriberId,
      paid_at: paidAt,
      amount_fen: amountFen,
      received_at: receivedAt,
    })
    .onConflict(conflict => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (added) return ok({ duplicate: false })
  const before = await tables
    .selectFrom('contact_live_recharge')
    .select('id')
    .where('id', '=', id)
    .where('subscriber_id', '=', subscriberId)
    .where('paid_at', '=', paidAt)
    .where('amount_fen', '=', amountFen)
    .executeTakeFirst()
  return before ? ok({ duplicate: true }) : err(rechargeDiffers(id))
}

export interface LineChange {
  readonly subscriberId: string
  readonly status: string | null
  readonly number: string | null
  readonly at: Date
}

/** Keeps the newest state and number of a line; news that comes late does not undo newer news. */
export async function receiveLineChange(
  db: DeskDb,
  { subscriberId, status, number, at }: LineChange,
): Promise<void> {
  await contactTables(db)
    .insertInto('contact_live_line')
    .values({ subscriber_id: subscriberId, status, number, changed_at: at })
    .onConflict(conflict =>
      conflict
        .column('subscriber_id')
        .doUpdateSet({ status, number, changed_at: at })
        .where('contact_live_line.changed_at', '<=', at),
    )
    .execute()
}
