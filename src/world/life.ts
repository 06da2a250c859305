import { raw, type Sql, sql } from '#warehouse'
import type { DayFacts } from './calendar.ts'
import { plans } from './catalogue.ts'
import type { Dice } from './dice.ts'

/** Recharge amounts people choose from, in fen. */
export const amounts = [1000, 2000, 3000, 5000, 10_000, 20_000, 30_000]

/** Days in arrears before the next state: outgoing barred, then suspended, then closed. */
const graceDays = 20
const suspendedDays = 60

/**
 * States of a line as numbers: 0 active, 1 grace, 2 suspended, 3 suspended on request, 4 closed, 5 ported out, and 6 for
 * those who will join later. From 4 on nothing happens to a line.
 */
export const unborn = 6

const planFees = raw(`[${plans.map(p => p.monthlyFee).join(', ')}]`)
const prices = raw(`[${amounts.join(', ')}]`)

/**
 * One day of every line's life, as a query over `lines` (n, bal, st, st_dn, last_rech, extra_dn, extra_amount,
 * suppress_dn): the same columns as they stand at the day's end, and what happened (lived_st, cnt, fee, plan_fee,
 * extra_fee, rech, rech_s). Draws depend on the line and the day only, never on what was done to the line: two cities that
 * differ in one contact share all their luck.
 */
export function dayOfLife(dice: Dice, eventsPerDay: number, day: DayFacts, lines: Sql): Sql {
  return settled(day, paid(day, charged(day, eventsPerDay, stateOfMorning(dice, day, lines))))
}

/** The state the day is lived in, how active the line wants to be, and the day's luck. */
function stateOfMorning(dice: Dice, day: DayFacts, lines: Sql): Sql {
  const dn = day.dn
  const at = String(dn)
  const decline = sql`CASE WHEN ${dn} >= p.leave_dn THEN 0e0
    WHEN ${dn} > p.leave_dn - p.decline_days THEN 1 - (1 - p.decline_floor)
      * pow((${dn} - (p.leave_dn - p.decline_days)) / p.decline_days::DOUBLE, p.decline_shape) ELSE 1e0 END`
  const dip = sql`CASE WHEN ${dn} >= p.dip_from AND ${dn} < p.dip_to THEN p.dip_floor ELSE 1e0 END`
  const weekend = day.rest ? sql`p.weekend_taste` : sql`1e0`
  return sql`(
    SELECT l.*, p.stop_dn, p.prepaid, p.arpu, p.low_at, p.plans_ahead, p.prompt, p.habit, p.usual_amount, p.rate, p.va_fee,
      ${planFees}[CASE WHEN p.plan_change <= ${dn} THEN p.plan_no2 ELSE p.plan_no END + 1] AS plan_price,
      ${day.rhythm}::DOUBLE * ${weekend} * exp(0.28 * ${dice.normal('month', 'l.n', String(day.monthNo))}) * ${decline} * ${dip} AS act,
      exp(0.5 * ${dice.normal('busy', 'l.n', at)} - 0.125) AS busy,
      ${dice.uniform('count', 'l.n', at)} AS luck_count, ${dice.uniform('spend', 'l.n', at)} AS luck_spend,
      ${dice.uniform('recharge', 'l.n', at)} AS luck_recharge, ${dice.bits('amount', 'l.n', at)} AS luck_amount,
      CASE WHEN l.st = ${unborn} THEN CASE WHEN p.joined <= ${dn} THEN 0 ELSE ${unborn} END
        WHEN l.st >= 4 THEN l.st
        WHEN ${dn} >= p.leave_dn AND p.leave_way = 'ported_out' THEN 5
        WHEN ${dn} >= p.leave_dn AND p.leave_way = 'closed' THEN 4
        WHEN l.st = 0 AND p.prepaid AND l.bal < 0 THEN 1
        WHEN l.st = 0 AND NOT p.prepaid AND ${day.dayOfMonth === 26} AND l.bal < -(p.arpu * 1.9) THEN 1
        WHEN l.st = 1 AND ${dn} - l.st_dn >= ${graceDays} THEN 2
        WHEN l.st = 2 AND ${dn} - l.st_dn >= ${suspendedDays} THEN 4
        ELSE l.st END::TINYINT AS st1
    FROM ${lines} AS l JOIN person AS p ON p.n = l.n)`
}

/** What the day costs: use beyond the plan on some days, the plan on the first of the month. */
function charged(day: DayFacts, eventsPerDay: number, morning: Sql): Sql {
  const first = day.dayOfMonth === 1
  return sql`(
    SELECT *, bal - fee - plan_fee - extra_fee AS bal1
    FROM (
      SELECT *, CASE WHEN st1 = 0 AND cnt > 0 AND luck_spend < 0.3
          THEN floor(arpu * 0.0427 * least(act, 2) * -ln(1 - luck_spend / 0.3))::BIGINT ELSE 0 END AS fee,
        ${first ? sql`CASE WHEN st1 = 0 THEN plan_price ELSE 0 END` : sql`0`}::BIGINT AS plan_fee,
        ${first ? sql`CASE WHEN st1 = 0 THEN va_fee ELSE 0 END` : sql`0`}::BIGINT AS extra_fee
      FROM (
        SELECT *, CASE WHEN st1 < 2 THEN least(60, floor(rate * act * ${eventsPerDay}::DOUBLE * busy * CASE st1 WHEN 1 THEN 0.4 ELSE 1 END + luck_count))
          ELSE 0 END::INTEGER AS cnt
        FROM ${morning})))`
}

/** Who pays in today: of themselves, or because a contact moved them; who would have, but was put off. */
function paid(day: DayFacts, owing: Sql): Sql {
  const nearMonthEnd = day.dayOfMonth >= 25 || day.dayOfMonth <= 3
  const low = nearMonthEnd
    ? sql`low_at + CASE WHEN plans_ahead THEN plan_price * 7 // 10 ELSE 0 END`
    : sql`low_at`
  const hurry = day.rest ? 0.85 : 1
  const chance = sql`CASE
    WHEN prepaid AND st1 = 2 THEN 0.03
    WHEN prepaid AND st1 = 1 THEN prompt * 0.8
    WHEN prepaid THEN CASE WHEN bal1 < ${low} THEN prompt ELSE habit END
    WHEN bal1 >= -arpu // 3 OR ${day.dayOfMonth < 4 || day.dayOfMonth > 24} THEN 0.002 ELSE 0.06 + 0.2 * prompt END`
  const chosen = sql`${prices}[greatest(1, least(7, usual_amount + 1
    + CASE WHEN luck_amount & 255 < 41 THEN -1 WHEN luck_amount & 255 > 214 THEN 1 ELSE 0 END))]`
  return sql`(
    SELECT *, CASE
        WHEN st1 >= 4 THEN 0
        WHEN extra_dn = ${day.dn} THEN extra_amount
        WHEN ${day.dn} < suppress_dn OR ${day.dn} >= stop_dn THEN 0
        WHEN luck_recharge < (${chance}) * ${hurry}::DOUBLE THEN CASE WHEN prepaid THEN ${chosen} ELSE greatest(1000, -bal1) END
        ELSE 0 END::BIGINT AS rech
    FROM ${owing})`
}

function settled(day: DayFacts, paidIn: Sql): Sql {
  return sql`(
    SELECT n, bal, st2 AS st, CASE WHEN st2 <> st THEN ${day.dn} ELSE st_dn END::INTEGER AS st_dn,
      CASE WHEN rech > 0 THEN ${day.dn} ELSE last_rech END::INTEGER AS last_rech, extra_dn, extra_amount, suppress_dn,
      st1 AS lived_st, cnt, fee, plan_fee, extra_fee, rech,
      CASE WHEN rech > 0 THEN (30600 + 23 * ((luck_amount >> 8) & 1023) + 23 * ((luck_amount >> 18) & 1023))::INTEGER END AS rech_s
    FROM (SELECT * REPLACE (bal1 + rech AS bal), CASE WHEN st1 IN (1, 2) AND rech > 0 AND bal1 + rech >= 0 THEN 0::TINYINT ELSE st1 END AS st2 FROM ${paidIn}))`
}
