import { addDays, type PlainDate } from '#kernel'
import { join, raw, type Sql, sql } from '#warehouse'
import { dayFacts, dayNumber } from './calendar.ts'
import { plans } from './catalogue.ts'
import { type ContactChannel, effectDays, kindFees, offerAmounts, plantedEffects } from './effects.ts'
import { dayOfLife } from './life.ts'
import { lineColumns, type World } from './tables.ts'

/** A contact that was made on the day being lived. */
export interface CityContact {
  readonly subscriberId: string
  readonly channel: ContactChannel
  readonly offerId: string
  readonly ruleId?: string
  /** When, as ISO text. */
  readonly at: string
}

/** Effects are counted in millionths of a person, so that they add up exactly. */
const whole = 1_000_000
/** More than so much is forgiven: those of a cell who all recharge anyway cannot be moved, and others must not pay for them. */
const debtMax = 3 * whole

/** What a planted effect holds for, each by itself: so that every rule's own effect is the planted one. */
const cell = raw('rule, kind, offer, channel')
const sameCell = (other: string): Sql =>
  raw(['rule', 'kind', 'offer', 'channel'].map(c => `${other}.${c} = c.${c}`).join(' AND '))

/**
 * Lets contacts act. For each cell (rule, kind of customer, offer, channel) the planted points × contacts are owed to the
 * ledger. Who would recharge anyway within the window is known, because luck does not depend on contacts: their
 * days are lived ahead on a copy. The debt is then paid by moving, with equal chance, those who would not (or, for harm,
 * putting off those who would). What cannot be paid today is paid by the next contacts of the cell, so that
 * the mean effect is the planted one. Leaves the table `contacted`, one row per contact.
 */
export async function respond(world: World, day: PlainDate, contacts: readonly CityContact[]): Promise<void> {
  const { warehouse, dice } = world
  const dn = dayNumber(day)
  await warehouse.run(sql`CREATE OR REPLACE TABLE contacted AS ${contactedRows(contacts, dn)}`)
  if (contacts.length === 0) return
  await liveAhead(world, day)
  await warehouse.run(sql`CREATE OR REPLACE TABLE owed AS ${owedRows()}`)
  await warehouse.run(sql`CREATE OR REPLACE TABLE moved AS
    SELECT c.n, c.offer, c.points FROM contacted AS c JOIN owed AS o ON ${sameCell('o')}
      JOIN ahead AS a ON a.n = c.n
    WHERE c.first AND CASE WHEN c.points > 0 THEN a.movable ELSE a.stoppable END
      AND ${dice.uniform('respond', 'c.n', String(dn))} * o.able < o.debt / ${whole}e0`)
  await warehouse.run(sql`CREATE OR REPLACE TABLE ledger AS
    SELECT ${cell}, least(${debtMax}, debt - able * ${whole})::BIGINT AS debt FROM owed WHERE debt > able * ${whole} ORDER BY ${cell}`)
  await warehouse.run(sql`UPDATE lines SET extra_dn = ${dn} + 1 + floor(${effectDays - 1} * pow(${dice.uniform('when', 'lines.n', String(dn))}, 1.6))::INTEGER,
    extra_amount = CASE m.offer ${join(
      Object.entries(offerAmounts).map(([o, a]) => sql`WHEN ${o} THEN ${a}`),
      ' ',
    )} END
    FROM moved AS m WHERE m.n = lines.n AND m.points > 0`)
  await warehouse.run(
    sql`UPDATE lines SET suppress_dn = ${dn + effectDays} FROM moved AS m WHERE m.n = lines.n AND m.points < 0`,
  )
}

/** (n, sid, kind, offer, channel, rule, at, points, first): a second contact of a day finds its person already moved. */
function contactedRows(contacts: readonly CityContact[], dn: number): Sql {
  const values = contacts.map(
    (c, i) => sql`(${i}, ${c.subscriberId}, ${c.offerId}, ${c.channel}, ${c.ruleId ?? ''}, ${c.at})`,
  )
  const given = values.length === 0 ? raw("(0, '', '', '', '', '')") : join(values)
  const points = plantedEffects.map(e => sql`(${e.kind}, ${e.offer}, ${e.channel}, ${e.points})`)
  const fees = raw(`[${plans.map(p => p.monthlyFee).join(', ')}]`)
  const fee = sql`${fees}[CASE WHEN p.plan_change <= ${dn} THEN p.plan_no2 ELSE p.plan_no END + 1]`
  return sql`
    SELECT k.*, e.points, row_number() OVER (PARTITION BY k.n ORDER BY k.made_at, k.i) = 1 AS first
    FROM (
      SELECT c.i, p.n, p.sid, c.offer, c.channel, c.rule, c.made_at,
        CASE WHEN ${fee} >= ${kindFees.high} THEN 'high' WHEN ${fee} >= ${kindFees.middle} THEN 'middle' ELSE 'low' END AS kind
      FROM (VALUES ${given}) AS c(i, sid, offer, channel, rule, made_at) JOIN person AS p ON p.sid = c.sid AND p.joined < ${dn}) AS k
    JOIN (VALUES ${join(points)}) AS e(kind, offer, channel, points) ON e.kind = k.kind AND e.offer = k.offer AND e.channel = k.channel
    ORDER BY k.i`
}

/** Table `ahead`: what each contacted line would do in the window if nobody called. */
async function liveAhead(world: World, day: PlainDate): Promise<void> {
  const { warehouse, dice, plan } = world
  const dn = dayNumber(day)
  await warehouse.run(sql`CREATE OR REPLACE TABLE ahead0 AS SELECT ${lineColumns}, FALSE AS recharged, extra_dn >= ${dn} AS promised
    FROM lines WHERE n IN (SELECT n FROM contacted)`)
  for (let i = 0; i < effectDays; i++) {
    const from = raw(`ahead${i}`)
    const facts = dayFacts(addDays(day, i))
    await warehouse.run(sql`CREATE OR REPLACE TABLE ${raw(`ahead${i + 1}`)} AS
      SELECT ${raw('d.n, d.bal, d.st, d.st_dn, d.last_rech, d.extra_dn, d.extra_amount, d.suppress_dn')}, a.recharged OR d.rech > 0 AS recharged, a.promised
      FROM ${dayOfLife(dice, plan.eventsPerDay, facts, sql`(SELECT ${lineColumns} FROM ${from})`)} AS d JOIN ${from} AS a ON a.n = d.n`)
  }
  await warehouse.run(sql`CREATE OR REPLACE TABLE ahead AS
    SELECT n, recharged, NOT recharged AND st < 4 AS movable, recharged AND NOT promised AS stoppable FROM ${raw(`ahead${effectDays}`)}`)
}

/** What each cell owes with today's contacts, and how many people could pay it. */
function owedRows(): Sql {
  return sql`
    SELECT c.rule, c.kind, c.offer, c.channel, sum(abs(c.points) * ${whole / 100})::BIGINT + coalesce(any_value(l.debt), 0)::BIGINT AS debt,
      sum(CASE WHEN c.points > 0 AND a.movable OR c.points < 0 AND a.stoppable THEN 1 ELSE 0 END)::BIGINT AS able
    FROM (SELECT * FROM contacted WHERE first) AS c JOIN ahead AS a ON a.n = c.n
      LEFT JOIN ledger AS l ON ${sameCell('l')}
    WHERE c.points <> 0
    GROUP BY c.rule, c.kind, c.offer, c.channel
    UNION ALL
    SELECT ${cell}, debt, 0 FROM ledger AS l WHERE NOT EXISTS (SELECT 1 FROM contacted AS c WHERE c.first AND ${sameCell('l')})`
}
