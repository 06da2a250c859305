import { raw, type Sql, sql } from '#warehouse'
import type { Dice } from './dice.ts'
import { dirtOf, lateRow } from './dirt.ts'
import { apps, carriers, directions, kinds, roamings } from './events.ts'
import { dateOfDn, momentOf } from './slice.ts'
import type { World } from './tables.ts'

const nameOf = (names: readonly string[], index: string): Sql =>
  raw(`CASE ${index} ${names.map((n, i) => `WHEN ${i} THEN '${n}'`).join(' ')} END`)

/**
 * Usage events of the span at hand, with their dirt: repeated rows, negative lengths, lines nobody knows, rows of
 * yesterday that come late. Sorted while narrow and only then spelled out: half the work.
 */
export function usageRows(world: World): Sql {
  const { dice } = world
  const rate = dirtOf(world)
  const u = (tag: string) => dice.uniform(tag, 'n', 'dn', 'k')
  const delivered = sql`SELECT * FROM events WHERE NOT ${lateRow(world)}
    UNION ALL SELECT * FROM events WHERE ${u('dirt.twice')} < ${rate.twice}::DOUBLE UNION ALL SELECT * FROM late`
  return sql`
    SELECT CASE WHEN ${u('dirt.sid')} < ${rate.unknown}::DOUBLE THEN 'X' ELSE 'S' END || lpad(n::VARCHAR, 9, '0') AS subscriber_id, ${momentOf('dn', 'sec')} AS started_at,
      ${nameOf(kinds, 'kind')} AS kind, ${nameOf(directions, 'dir')} AS direction, cp::VARCHAR AS counterparty,
      ${nameOf(carriers, 'carrier')} AS counterparty_carrier, CASE WHEN long THEN 'long' WHEN NOT long THEN 'local' END AS reach,
      ${nameOf(roamings, 'roaming')} AS roaming, forwarded, CASE WHEN ${u('dirt.dur')} < ${rate.negative}::DOUBLE THEN -dur ELSE dur END::BIGINT AS duration_s,
      vol AS volume_kib, ${nameOf(apps, 'app')} AS app_class, gen::BIGINT AS generation, fee, CASE WHEN cell IS NOT NULL THEN 'L' || cell::VARCHAR END AS cell_id, imei::VARCHAR AS imei
    FROM (SELECT * FROM (${delivered}) ORDER BY n, dn, k)`
}

/** Per line and day of the span at hand: what daily usage and the month's summary are made from. */
export function dailySums(): Sql {
  const sum = (what: string, when: string) => raw(`sum(CASE WHEN ${when} THEN ${what} ELSE 0 END)::BIGINT`)
  return sql`SELECT n, dn, ${sum('dur', 'kind = 0 AND dir = 0')} AS out_s, ${sum('dur', 'kind = 0 AND dir = 1')} AS in_s,
      ${sum('1', 'kind = 0')} AS calls, ${sum('1', 'kind = 1 AND dir = 0')} AS sms, ${sum('vol', 'kind = 2')} AS kib,
      ${sum('dur', 'kind = 0 AND carrier = 0')} AS on_s, ${sum('dur', 'kind = 0 AND carrier <> 0')} AS off_s,
      ${sum('fee', 'kind = 0 AND roaming = 0')} AS voice_fee, ${sum('fee', 'kind = 1 AND roaming = 0')} AS sms_fee,
      ${sum('fee', 'kind = 2 AND roaming = 0')} AS data_fee, ${sum('fee', 'roaming > 0')} AS roam_fee
    FROM events GROUP BY n, dn`
}

export function dailyUsageRows(): Sql {
  return sql`SELECT sid AS subscriber_id, ${dateOfDn('dn')} AS day, out_s AS voice_out_s, in_s AS voice_in_s, calls AS voice_count,
      sms AS sms_count, kib AS data_kib, voice_fee + sms_fee + data_fee + roam_fee AS fee
    FROM daily JOIN (SELECT n, sid FROM person) AS p USING (n) ORDER BY n, dn`
}

/** Summaries of the months in `month_sum` that are closed by then and not delivered yet. */
export function monthlySummaryRows(months: Sql): Sql {
  return sql`SELECT sid AS subscriber_id, ${monthDate} AS month,
      plan_fee + extra_fee + voice_fee + sms_fee + data_fee + roam_fee AS revenue, round(on_s / 60e0, 2) AS voice_on_net_min,
      round(off_s / 60e0, 2) AS voice_off_net_min, sms AS sms_count, kib AS data_kib, rech_count AS recharge_count,
      rech_amount AS recharge_amount, active_days
    FROM ${months} AS m JOIN (SELECT n, sid FROM person) AS p USING (n) ORDER BY n, month_no`
}

export const monthDate = sql`make_date((month_no // 12)::BIGINT, (month_no % 12 + 1)::BIGINT, 1)`

/** The months as bills. What is given back: by the month to those who prepaid, for a year now and then to others. */
export function billRows(dice: Dice, months: Sql): Sql {
  const charged = raw('plan_fee + extra_fee + voice_fee + sms_fee + data_fee + roam_fee')
  const promoted = sql`(${dice.uniform('promoted', 'n')} < 0.15 AND (month_no + n) % 24 < 12)`
  const late = sql`CASE WHEN NOT prepaid AND rech_amount < 0.7e0 * (${charged})
    THEN floor((${charged}) * 0.03e0 * (0.2e0 + 0.8e0 * ${dice.uniform('late', 'n', 'month_no')})) ELSE 0 END::BIGINT`
  const discount = sql`CASE WHEN contract_kind = 'prepaid_return' THEN least(1000, plan_fee // 2) WHEN ${promoted} THEN plan_fee // 5 ELSE 0 END::BIGINT`
  return sql`SELECT sid AS subscriber_id, ${monthDate} AS month, total, plan_fee, voice_fee, sms_fee, data_fee,
      extra_fee AS value_added_fee, roam_fee AS roaming_fee, late_fee, discount,
      CASE WHEN prepaid THEN total ELSE least(total, rech_amount) END AS paid
    FROM (SELECT *, ${charged} + late_fee - discount AS total
      FROM (SELECT *, ${late} AS late_fee, ${discount} AS discount FROM ${months} AS m JOIN (SELECT n, sid, prepaid, contract_kind FROM person) AS p USING (n)))
    ORDER BY n, month_no`
}
