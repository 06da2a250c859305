import { raw, type Sql, sql } from '#warehouse'
import type { DayFacts } from './calendar.ts'
import { plans } from './catalogue.ts'
import { bell, type Dice } from './dice.ts'

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

/** The state the day is lived in, and how active the line wants to be. */
function stateOfMorning(dice: Dice, day: DayFacts, lines: Sql): Sql {
  const dn = day.dn
  const decline = sql`CASE WHEN ${dn} >= leave_dn THEN 0e0
    WHEN ${dn} > leave_dn - decline_days THEN 1 - (1 - decline_floor)
      * pow((${dn} - (leave_dn - decline_days)) / decline_days::DOUBLE, decline_shape) ELSE 1e0 END`
  const dip = sql`CASE WHEN ${dn} >= dip_from AND ${dn} < dip_to THEN dip_floor ELSE 1e0 END`
  const weekend = day.rest ? sql`weekend_taste * ` : sql``
  return sql`(
    SELECT *, exp(0.28 * ${bell('h_month')}) * ${day.rhythm}::DOUBLE * ${weekend}${decline} * ${dip} AS act,
      CASE WHEN st = ${unborn} THEN CASE WHEN joined <= ${dn} THEN 0 ELSE ${unborn} END
        WHEN st >= 4 THEN st
        WHEN ${dn} >= leave_dn AND leave_way = 'ported_out' THEN 5
        WHEN ${dn} >= leave_dn AND leave_way = 'closed' THEN 4
        WHEN st = 0 AND prepaid AND bal < 0 THEN 1
        WHEN st = 0 AND NOT prepaid AND ${day.dayOfMonth === 26} AND bal < -(arpu * 1.9) THEN 1
        WHEN st = 1 AND ${dn} - st_dn >= ${graceDays} THEN 2
        WHEN st = 2 AND ${dn} - st_dn >= ${suspendedDays} THEN 4
        ELSE st END::TINYINT AS st1
    FROM ${withLuck(dice, day, lines)})`
}

/** Lines with what their birth settled, and with the day's luck. */
function withLuck(dice: Dice, day: DayFacts, lines: Sql): Sql {
  const at = String(day.dn)
  const born = `leave_dn, leave_way, decline_days, decline_floor, decline_shape, dip_from, dip_to, dip_floor, stop_dn, joined, weekend_taste,
    prepaid, arpu, low_at, plans_ahead, prompt, habit, usual_amount, rate, va_fee`
  return sql`(
    SELECT l.*, ${raw(born)}, ${planFees}[CASE WHEN plan_change <= ${day.dn} THEN plan_no2 ELSE plan_no END + 1] AS plan_price,
      ${dice.bits('month', 'l.n', String(day.monthNo))} AS h_month, ${dice.bits('busy', 'l.n', at)} AS h_busy,
      ${dice.uniform('count', 'l.n', at)} AS luck_count, ${dice.uniform('spend', 'l.n', at)} AS luck_spend,
      ${dice.uniform('recharge', 'l.n', at)} AS luck_recharge, ${dice.bits('amount', 'l.n', at)} AS luck_amount
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
        SELECT *, CASE WHEN st1 < 2 THEN least(60, floor(rate * act * ${eventsPerDay}::DOUBLE * exp(0.5 * ${bell('h_busy')} - 0.125) * CASE st1 WHEN 1 THEN 0.4 ELSE 1 END + luck_count))
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
