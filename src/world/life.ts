import { raw, type Sql, sql } from '#warehouse'
import type { DayFacts } from './calendar.ts'
import { plans } from './catalogue.ts'
import type { Dice } from './dice.ts'

/** Recharge amounts people choose from, in fen. */
export const amounts = [1000, 2000, 3000, 5000, 10_000, 20_000, 30_000]

/** Days in arrears before the next state: outgoing barred, then suspended, then closed. */
const graceDays = 20
const suspendedDays = 60

const planFees = raw(`[${plans.map(p => p.monthlyFee).join(', ')}]`)

/**
 * One day of every line's life, as a query over `lines` (n, bal, st, st_dn, last_rech, extra_dn, extra_amount,
 * suppress_dn): the same columns as they stand at the day's end, and what happened (cnt, fee, plan_fee, extra_fee, rech, rech_s).
 * Draws depend on the line and the day only, never on what was done to the line: two cities that differ in one
 * contact share all their luck.
 */
export function dayOfLife(dice: Dice, eventsPerDay: number, day: DayFacts, lines: Sql): Sql {
  return settled(
    dice,
    day,
    paid(dice, day, charged(dice, eventsPerDay, day, stateOfMorning(dice, day, lines))),
  )
}

/** The state the day is lived in, and how active the line wants to be. */
function stateOfMorning(dice: Dice, day: DayFacts, lines: Sql): Sql {
  const dn = day.dn
  const decline = sql`CASE WHEN ${dn} >= p.leave_dn THEN 0e0
    WHEN ${dn} > p.leave_dn - p.decline_days THEN 1 - (1 - p.decline_floor)
      * pow((${dn} - (p.leave_dn - p.decline_days)) / p.decline_days::DOUBLE, p.decline_shape) ELSE 1e0 END`
  const dip = sql`CASE WHEN ${dn} >= p.dip_from AND ${dn} < p.dip_to THEN p.dip_floor ELSE 1e0 END`
  const month = dice.normal('month', 'l.n', String(day.monthNo))
  const weekend = day.rest ? sql`p.weekend_taste` : sql`1e0`
  return sql`(
    SELECT l.*, p.leave_dn, p.stop_dn, p.prepaid, p.arpu, p.low_at, p.prompt, p.habit, p.usual_amount, p.rate, p.joined,
      ${planFees}[CASE WHEN p.plan_change <= ${dn} THEN p.plan_no2 ELSE p.plan_no END + 1] AS plan_price, p.va_fee,
      ${day.rhythm}::DOUBLE * ${weekend} * exp(0.28 * ${month}) * ${decline} * ${dip} AS act,
      CASE WHEN l.st >= 4 THEN l.st
        WHEN ${dn} >= p.leave_dn AND p.leave_way = 'ported_out' THEN 5
        WHEN ${dn} >= p.leave_dn AND p.leave_way = 'closed' THEN 4
        WHEN l.st = 0 AND p.prepaid AND l.bal < 0 THEN 1
        WHEN l.st = 0 AND NOT p.prepaid AND ${day.dayOfMonth} = 26 AND l.bal < -(p.arpu * 1.9) THEN 1
        WHEN l.st = 1 AND ${dn} - l.st_dn >= ${graceDays} THEN 2
        WHEN l.st = 2 AND ${dn} - l.st_dn >= ${suspendedDays} THEN 4
        ELSE l.st END AS st1
    FROM ${lines} AS l JOIN person AS p ON p.n = l.n)`
}

function charged(dice: Dice, eventsPerDay: number, day: DayFacts, morning: Sql): Sql {
  const dn = String(day.dn)
  const wanted = sql`least(60, floor(rate * act * ${eventsPerDay}::DOUBLE * exp(0.5 * ${dice.normal('busy', 'n', dn)} - 0.125) + ${dice.uniform('count', 'n', dn)}))`
  const spends = sql`${dice.uniform('spends', 'n', dn)} < 0.3`
  return sql`(
    SELECT *, CASE WHEN st1 = 0 AND cnt > 0 AND ${spends}
        THEN floor(arpu * 0.0427 * least(act, 2) * ${dice.waiting('spend', 'n', dn)})::BIGINT ELSE 0 END AS fee,
      CASE WHEN ${day.dayOfMonth === 1} AND st1 = 0 THEN plan_price ELSE 0 END::BIGINT AS plan_fee,
      CASE WHEN ${day.dayOfMonth === 1} AND st1 = 0 THEN va_fee ELSE 0 END::BIGINT AS extra_fee
    FROM (
      SELECT *, CASE st1 WHEN 0 THEN ${wanted} WHEN 1 THEN floor(0.4 * ${wanted}) ELSE 0 END::INTEGER AS cnt
      FROM ${morning}))`
}

/** Who pays in today: of themselves, or because a contact moved them; who would have, but was put off. */
function paid(dice: Dice, day: DayFacts, owing: Sql): Sql {
  const dn = String(day.dn)
  const nearMonthEnd = day.dayOfMonth >= 25 || day.dayOfMonth <= 3
  const low = nearMonthEnd ? sql`low_at + plan_price * 7 // 10` : sql`low_at`
  const hurry = day.rest ? 0.85 : 1
  const chance = sql`CASE
    WHEN st1 >= 4 OR ${day.dn} >= stop_dn THEN 0
    WHEN prepaid AND st1 = 2 THEN 0.03
    WHEN prepaid AND st1 = 1 THEN prompt * 0.8
    WHEN prepaid THEN CASE WHEN bal1 < ${low} THEN prompt ELSE habit END
    WHEN bal1 >= 0 OR ${day.dayOfMonth < 4 || day.dayOfMonth > 24} THEN 0.002 ELSE 0.06 + 0.2 * prompt END`
  const amount = sql`[${raw(amounts.join(', '))}][greatest(1, least(7, usual_amount + 1
    + CASE WHEN ${dice.uniform('amount', 'n', dn)} < 0.16 THEN -1 WHEN ${dice.uniform('amount', 'n', dn)} > 0.84 THEN 1 ELSE 0 END))]`
  return sql`(
    SELECT *, CASE
        WHEN extra_dn = ${day.dn} AND st1 < 4 THEN extra_amount
        WHEN ${day.dn} < suppress_dn THEN 0
        WHEN wants THEN CASE WHEN prepaid THEN ${amount} ELSE greatest(1000, -bal1) END
        ELSE 0 END::BIGINT AS rech
    FROM (
      SELECT *, ${dice.uniform('recharge', 'n', dn)} < (${chance}) * ${hurry}::DOUBLE AS wants
      FROM (SELECT *, bal - fee - plan_fee - extra_fee AS bal1 FROM ${owing})))`
}

function settled(dice: Dice, day: DayFacts, paidIn: Sql): Sql {
  const dn = String(day.dn)
  return sql`(
    SELECT n, bal1 + rech AS bal,
      CASE WHEN st1 IN (1, 2) AND bal1 + rech >= 0 AND rech > 0 THEN 0 ELSE st1 END::TINYINT AS st,
      CASE WHEN (CASE WHEN st1 IN (1, 2) AND bal1 + rech >= 0 AND rech > 0 THEN 0 ELSE st1 END) <> st_then THEN ${day.dn} ELSE st_dn END::INTEGER AS st_dn,
      CASE WHEN rech > 0 THEN ${day.dn} ELSE last_rech END::INTEGER AS last_rech,
      extra_dn, extra_amount, suppress_dn,
      cnt, fee, plan_fee, extra_fee, rech, st1::TINYINT AS lived_st,
      CASE WHEN rech > 0 THEN (30600 + floor(46000 * (${dice.uniform('rechs', 'n', dn)} + ${dice.uniform('rechs2', 'n', dn)}) / 2))::INTEGER END AS rech_s
    FROM (SELECT *, st AS st_then FROM ${paidIn}))`
}
