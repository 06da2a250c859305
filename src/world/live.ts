import { type DaySpan, daysOf } from '#kernel'
import { join, raw, type Sql, sql } from '#warehouse'
import { dayFacts, dayNumber } from './calendar.ts'
import { usageEvents } from './events.ts'
import { dailySums } from './feeds-use.ts'
import { dayOfLife, unborn } from './life.ts'
import { fillCalendar, lineColumns, monthFacts, type World } from './tables.ts'

/** Lives the days of a span: `lines` moves on, `dayrow` holds what happened on each of them and nothing older. */
export async function liveDays(world: World, span: DaySpan): Promise<void> {
  const { warehouse, dice, plan } = world
  const days = daysOf(span)
  for (const [i, day] of days.entries()) {
    const before = i === 0 ? raw('lines') : sql`(SELECT ${lineColumns} FROM ${lived(i - 1)})`
    await warehouse.run(
      sql`CREATE OR REPLACE TABLE ${lived(i)} AS SELECT * FROM ${dayOfLife(dice, plan.eventsPerDay, dayFacts(day), before)}`,
    )
  }
  const rows = days.map(
    (
      day,
      i,
    ) => sql`SELECT n, ${dayNumber(day)}::INTEGER AS dn, lived_st AS st, cnt, fee, plan_fee, extra_fee, bal, rech, rech_s
      FROM ${lived(i)} WHERE lived_st <> ${unborn}`,
  )
  await warehouse.run(sql`CREATE OR REPLACE TABLE dayrow AS ${join(rows, ' UNION ALL ')}`)
  await warehouse.run(
    sql`CREATE OR REPLACE TABLE lines AS SELECT ${lineColumns} FROM ${lived(days.length - 1)}`,
  )
  for (const i of days.keys()) await warehouse.run(sql`DROP TABLE ${lived(i)}`)
}

const lived = (i: number): Sql => raw(`lived${i}`)

/** Lines that will join later, with their first prepayment. */
export async function expectLines(world: World, from: number, to: number): Promise<void> {
  await world.warehouse.run(sql`INSERT INTO lines
    SELECT n, CASE WHEN prepaid THEN 2000 + 1000 * ${world.dice.below(6, 'start', 'n')} ELSE 0 END, ${unborn}, joined, joined, 0, 0, 0
    FROM person WHERE joined >= ${from} AND joined < ${to} ORDER BY n`)
}

/** The lines that are there already when the simulation begins on day `dn`. */
export async function settleIn(world: World, dn: number): Promise<void> {
  const { warehouse, dice } = world
  await warehouse.run(sql`INSERT INTO lines
    SELECT n, CASE WHEN prepaid THEN floor(0.7 * arpu + 0.5 * low_at + 1.4 * arpu * ${dice.uniform('start', 'n')}) ELSE -floor(arpu * 0.5) END::BIGINT, 0,
      greatest(joined, ${dn} - 400 - ${dice.below(300, 'since', 'n')})::INTEGER, ${dn} - ${dice.below(30, 'lastrech', 'n')}::INTEGER, 0, 0, 0
    FROM person WHERE joined < ${dn} ORDER BY n`)
}

/** Makes the usage of the span that was just lived: tables `events` and `daily`, and adds it to the months. */
export async function makeUsage(world: World, span: DaySpan): Promise<void> {
  const { warehouse, dice, size } = world
  await fillCalendar(warehouse, span)
  await warehouse.run(
    sql`CREATE OR REPLACE TABLE events AS SELECT * FROM ${usageEvents(dice, size, raw('dayrow'))}`,
  )
  await warehouse.run(sql`CREATE OR REPLACE TABLE daily AS ${dailySums()}`)
  await addToMonths(world)
}

async function addToMonths(world: World): Promise<void> {
  const used = monthsOf(raw('daily'), {
    ...Object.fromEntries(
      ['voice_fee', 'sms_fee', 'data_fee', 'roam_fee', 'on_s', 'off_s', 'sms', 'kib'].map(f => [
        f,
        `sum(${f})`,
      ]),
    ),
    active_days: 'count(*)',
  })
  const paid = monthsOf(raw('(SELECT * FROM dayrow WHERE st < 4)'), {
    ...Object.fromEntries(['plan_fee', 'extra_fee'].map(f => [f, `sum(${f})`])),
    rech_count: 'sum((rech > 0)::INTEGER)',
    rech_amount: 'sum(rech)',
  })
  const sums = monthFacts.map(f => `sum(${f})::BIGINT AS ${f}`).join(', ')
  await world.warehouse.run(sql`CREATE OR REPLACE TABLE month_sum AS
    SELECT n, month_no::INTEGER AS month_no, ${raw(sums)}
    FROM (${join([raw('SELECT * FROM month_sum'), used, paid], ' UNION ALL ')}) GROUP BY n, month_no`)
}

/** Sums by line and month in the columns of `month_sum`; a fact that is not given is 0. */
function monthsOf(rows: Sql, facts: Readonly<Record<string, string>>): Sql {
  const columns = monthFacts.map(f => `${facts[f] ?? '0'}::BIGINT AS ${f}`).join(', ')
  return sql`SELECT n, month_no, ${raw(columns)} FROM ${rows} JOIN calendar USING (dn) GROUP BY n, month_no`
}
