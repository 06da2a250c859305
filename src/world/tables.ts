import { addDays, type DaySpan, type PlainDate } from '#kernel'
import { join, raw, type Sql, sql, type Warehouse } from '#warehouse'
import { dayFacts } from './calendar.ts'
import type { Dice } from './dice.ts'
import type { CityPlan, CitySize } from './size.ts'

/** What every part of the simulation works on. */
export interface World {
  readonly plan: CityPlan
  readonly size: CitySize
  readonly dice: Dice
  readonly warehouse: Warehouse
}

/** How a line stands between two days. */
export const lineColumns = raw('n, bal, st, st_dn, last_rech, extra_dn, extra_amount, suppress_dn')

/** Every fact of `month_sum` after its key (n, month_no). */
export const monthFacts = [
  'plan_fee',
  'extra_fee',
  'voice_fee',
  'sms_fee',
  'data_fee',
  'roam_fee',
  'on_s',
  'off_s',
  'sms',
  'kib',
  'rech_count',
  'rech_amount',
  'active_days',
] as const

/** One usage event; see events.ts. */
const eventColumns = `n BIGINT, dn INTEGER, k SMALLINT, kind TINYINT, dir TINYINT, cp BIGINT, carrier TINYINT, long BOOLEAN, roaming TINYINT,
  forwarded BOOLEAN, sec INTEGER, dur INTEGER, vol BIGINT, fee BIGINT, cell INTEGER, imei BIGINT, app TINYINT, gen TINYINT`

/** Empty tables of a span: dayrow (line × day), events, daily; and what runs on: lines, month_sum, ledger. */
export async function createTables(warehouse: Warehouse): Promise<void> {
  const statements = [
    'CREATE TABLE lines (n BIGINT, bal BIGINT, st TINYINT, st_dn INTEGER, last_rech INTEGER, extra_dn INTEGER, extra_amount BIGINT, suppress_dn INTEGER)',
    'CREATE TABLE dayrow (n BIGINT, dn INTEGER, st TINYINT, cnt INTEGER, fee BIGINT, plan_fee BIGINT, extra_fee BIGINT, bal BIGINT, rech BIGINT, rech_s INTEGER)',
    `CREATE TABLE month_sum (n BIGINT, month_no INTEGER, ${monthFacts.map(f => `${f} BIGINT`).join(', ')})`,
    'CREATE TABLE ledger (rule VARCHAR, kind VARCHAR, offer VARCHAR, channel VARCHAR, debt BIGINT)',
    `CREATE TABLE late (${eventColumns})`,
    'CREATE TABLE calendar (dn INTEGER, month_no INTEGER, travel DOUBLE)',
  ]
  for (const statement of statements) await warehouse.run(raw(statement))
}

/** Puts the days of a span into the table `calendar`, in place of what was there. */
export async function fillCalendar(warehouse: Warehouse, span: DaySpan): Promise<void> {
  const rows: Sql[] = []
  for (let day: PlainDate = span.from; day < span.to; day = addDays(day, 1)) {
    const facts = dayFacts(day)
    rows.push(sql`(${facts.dn}, ${facts.monthNo}, ${facts.travel}::DOUBLE)`)
  }
  await warehouse.run(raw('DELETE FROM calendar'))
  if (rows.length > 0) await warehouse.run(sql`INSERT INTO calendar VALUES ${join(rows)}`)
}
