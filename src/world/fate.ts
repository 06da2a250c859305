import { type Sql, sql } from '#warehouse'
import { dayNumber } from './calendar.ts'
import { plans } from './catalogue.ts'
import type { Dice } from './dice.ts'
import type { CityPlan } from './size.ts'

/** Never, as a day number: far beyond any day of the simulation. */
export const never = 900_000
const halfYearChurn = 0.145

/**
 * Why, when and how each line will leave, settled at birth and acting only through what it does: use that moves over,
 * calls that come in, money that stops. Beside them people who look like leavers for a while and stay.
 */
export function fates(plan: CityPlan, dice: Dice, equipped: Sql): Sql {
  const timed = leaving(plan, dice, equipped)
  return sql`(
    SELECT *,
      CASE WHEN ${dice.uniform('replan', 'n')} < CASE WHEN reason IN ('price', 'rival') THEN 0.35 ELSE 0 END THEN greatest(joined + 3, leave_dn - decline_days - floor(20 * ${dice.uniform('replanon', 'n')})::INTEGER)
        WHEN ${dice.uniform('replan', 'n')} > 0.8 THEN greatest(joined + 5, ${dayNumber(plan.firstDay)} - 500 + floor(1000 * ${dice.uniform('replanon', 'n')})::INTEGER) ELSE ${never} END AS plan_change,
      CASE WHEN ${dice.uniform('replan', 'n')} < 0.5 THEN greatest(0, plan_no - 1)
        WHEN ${dice.uniform('replan', 'n')} < 0.88 THEN least(${plans.length - 1}, plan_no + 1) ELSE greatest(0, plan_no - 1) END AS plan_no2,
      CASE WHEN contract_kind IS NULL THEN NULL WHEN reason = 'contract_end' THEN leave_dn - 5 - floor(25 * ${dice.uniform('cend', 'n')})::INTEGER
        ELSE greatest(joined, ${dayNumber(plan.firstDay)} - 360) + 180 + floor(720 * ${dice.uniform('cend', 'n')})::INTEGER END AS contract_end,
      CASE WHEN reason IN ('rival', 'price') THEN greatest(joined, second_dn - 6 - floor(20 * ${dice.uniform('lure', 'n')})::INTEGER)
        WHEN dip_lured THEN dip_from - 4 - floor(14 * ${dice.uniform('lure', 'n')})::INTEGER ELSE ${never} END AS lure_dn,
      CASE WHEN second_dn < ${never} AND reason <> 'internal' AND ${dice.uniform('fwd', 'n')} < 0.4
        THEN second_dn + floor((leave_dn - second_dn) * (0.25 + 0.5 * ${dice.uniform('fwdon', 'n')}))::INTEGER
        WHEN dip_lured AND ${dice.uniform('fwd', 'n')} < 0.25 THEN dip_from + 4
        WHEN ${dice.uniform('fwd', 'n')} > 0.993 THEN joined + floor(600 * ${dice.uniform('fwdon', 'n')})::INTEGER ELSE ${never} END AS forward_dn,
      CASE WHEN dip_lured THEN dip_to ELSE ${never} END AS forward_end_dn,
      second_dn = ${never} AND NOT dip_lured AND ${dice.uniform('fwdown', 'n')} < 0.7 AS forward_own,
      CASE WHEN reason = 'internal' THEN 13800000000 WHEN rival_no = 1 THEN 13000000000 ELSE 13300000000 END
        + ${dice.below(100_000_000, 'second', 'n')} AS second_number,
      CASE WHEN reason = 'internal' THEN 0 ELSE rival_no END AS second_carrier
    FROM (
      SELECT *,
        CASE WHEN reason IN ('rival', 'price') OR reason = 'internal'
          THEN leave_dn - floor(decline_days * (0.65 + 0.35 * ${dice.uniform('seconddn', 'n')}))::INTEGER ELSE ${never} END AS second_dn,
        CASE WHEN reason = 'never_started' THEN joined
          WHEN reason = 'stays' THEN ${never} ELSE leave_dn - floor(decline_days * 0.6 * ${dice.uniform('stop', 'n')})::INTEGER END AS stop_dn
      FROM (
        SELECT *, ${declineDays(dice)}::INTEGER AS decline_days,
          0.05 + 0.25 * pow(${dice.uniform('floor', 'n')}, 2) AS decline_floor,
          0.9 + 0.9 * ${dice.uniform('shape', 'n')} AS decline_shape,
          ${leavingWay(dice)} AS leave_way,
          CASE WHEN dips THEN dip_start ELSE ${never} END AS dip_from,
          CASE WHEN dips THEN dip_start + 12 + floor(35 * ${dice.uniform('diplen', 'n')})::INTEGER ELSE ${never} END AS dip_to,
          0.2 + 0.5 * ${dice.uniform('dipfloor', 'n')} AS dip_floor,
          dips AND ${dice.uniform('diplure', 'n')} < 0.5 AS dip_lured
        FROM (
          SELECT *, ${reasons(dice)} AS reason,
            ${dice.uniform('dip', 'n')} < 0.16 AND leave_dn > fate_dn + 150 AS dips,
            fate_dn - 20 + floor(220 * ${dice.uniform('dipon', 'n')})::INTEGER AS dip_start
          FROM ${timed})))
  )`
}

/** When: an exponential wait whose pace depends on tenure, value, agent, contract and temper. */
function leaving(plan: CityPlan, dice: Dice, equipped: Sql): Sql {
  const perDay = -Math.log(1 - halfYearChurn) / 182
  const first = dayNumber(plan.firstDay)
  const pace = sql`(exp(0.35 * ${dice.normal('temper', 'n')} - 0.06)
    * CASE WHEN joined > ${first} - 120 THEN 1.7 WHEN joined > ${first} - 700 THEN 1.1 ELSE 0.85 END
    * CASE WHEN arpu >= 10000 THEN 0.8 WHEN arpu >= 3000 THEN 0.95 ELSE 1.1 END
    * CASE WHEN agent % 7 = 3 THEN 1.5 ELSE 0.95 END
    * CASE WHEN contract_kind IS NULL THEN 1.1 ELSE 0.65 END)`
  return sql`(
    SELECT *, CASE WHEN stillborn THEN fate_dn + 10 + floor(40 * ${dice.uniform('leave', 'n')})::INTEGER
        ELSE least(${never}, fate_dn + floor(${dice.waiting('leave', 'n')} / (${perDay} * ${pace})))::INTEGER END AS leave_dn
    FROM (
      SELECT *, greatest(${first}, joined + 12) AS fate_dn,
        CASE WHEN ${dice.uniform('contract', 'n')} < 0.2 THEN 'handset' WHEN ${dice.uniform('contract', 'n')} < 0.3 THEN 'prepaid_return'
          WHEN ${dice.uniform('contract', 'n')} < 0.36 THEN 'broadband' END AS contract_kind,
        joined >= ${first} - 40 AND ${dice.uniform('stillborn', 'n')} < CASE WHEN agent % 7 = 3 THEN 0.35 ELSE 0.08 END AS stillborn
      FROM ${equipped}))`
}

function reasons(dice: Dice): Sql {
  const u = dice.uniform('reason', 'n')
  return sql`CASE WHEN leave_dn >= fate_dn + 1500 THEN 'stays' WHEN stillborn THEN 'never_started'
    WHEN ${u} < 0.34 THEN 'rival' WHEN ${u} < 0.5 THEN 'price' WHEN ${u} < 0.64 THEN 'service'
    WHEN ${u} < 0.78 AND contract_kind IS NOT NULL THEN 'contract_end' WHEN ${u} < 0.72 THEN 'rival'
    WHEN ${u} < 0.81 THEN 'moved' WHEN ${u} < 0.93 THEN 'dormant' ELSE 'internal' END`
}

function declineDays(dice: Dice): Sql {
  const u = dice.uniform('declinedays', 'n')
  return sql`(CASE reason WHEN 'rival' THEN 35 + 50 * ${u} WHEN 'price' THEN 30 + 45 * ${u} WHEN 'service' THEN 20 + 35 * ${u}
    WHEN 'dormant' THEN 45 + 60 * ${u} WHEN 'moved' THEN 6 + 12 * ${u} WHEN 'internal' THEN 15 + 20 * ${u}
    WHEN 'never_started' THEN 8 + 10 * ${u} ELSE 25 + 35 * ${u} END)`
}

/** What the leaving looks like from outside: ported, closed at the desk, or silence. */
function leavingWay(dice: Dice): Sql {
  const u = dice.uniform('way', 'n')
  return sql`CASE WHEN reason = 'stays' THEN 'none'
    WHEN reason IN ('rival', 'service', 'contract_end') AND ${u} < 0.34 THEN 'ported_out'
    WHEN reason = 'price' AND ${u} < 0.24 THEN 'ported_out'
    WHEN reason IN ('service', 'moved', 'internal') AND ${u} < 0.6 THEN 'closed'
    WHEN reason IN ('rival', 'price', 'contract_end') AND ${u} < 0.48 THEN 'closed' ELSE 'silent' END`
}
