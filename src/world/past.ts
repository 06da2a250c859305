import type { DaySpan } from '#kernel'
import { raw, type Sql, sql } from '#warehouse'
import { dayNumber } from './calendar.ts'
import { plans } from './catalogue.ts'
import { pastRecharges } from './feeds-money.ts'
import { monthFacts, type World } from './tables.ts'

/**
 * Fills `past` (n, dn, rech, rech_s) with what was paid on the days of a span before the first day, and adds to
 * `month_sum` the money of those days and the use of their months. `settled` holds the days that were lived already.
 */
export async function recallDays(world: World, span: DaySpan, settledFrom: number): Promise<void> {
  const { warehouse, dice } = world
  const from = dayNumber(span.from)
  const to = dayNumber(span.to)
  const recalled = pastRecharges(dice, from, Math.max(from, Math.min(to, settledFrom)))
  await warehouse.run(sql`CREATE OR REPLACE TABLE past AS SELECT * FROM ${recalled}
    UNION ALL SELECT n, dn, rech, rech_s FROM settled WHERE dn >= ${from} AND dn < ${to}`)
  const facts = monthFacts.map(f => `sum(${f})::BIGINT AS ${f}`).join(', ')
  await warehouse.run(sql`CREATE OR REPLACE TABLE month_sum AS SELECT n, month_no::INTEGER AS month_no, ${raw(facts)}
    FROM (SELECT * FROM month_sum UNION ALL ${pastUse(world)} UNION ALL
      SELECT n, month_no, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, rech, 0 FROM past JOIN calendar USING (dn))
    GROUP BY n, month_no`)
}

/** Use and charges of the months (or the parts of months) in `calendar`, from the same habits as the lived days. */
function pastUse(world: World): Sql {
  const { dice, plan } = world
  const noise = (tag: string, sd: number) =>
    sql`exp(${sd}::DOUBLE * ${dice.normal(`past.${tag}`, 'n', 'month_no')})`
  const fees = raw(`[${plans.map(p => p.monthlyFee).join(', ')}]`)
  const fee = sql`floor(0.35 * arpu * share * month_taste * ${noise('fee', 0.4)})`
  return sql`
    SELECT n, month_no,
      CASE WHEN whole THEN ${fees}[CASE WHEN plan_change <= last_dn THEN plan_no2 ELSE plan_no END + 1] ELSE 0 END AS plan_fee,
      CASE WHEN whole THEN va_fee ELSE 0 END AS extra_fee,
      floor(${fee} * (0.95 - data_share))::BIGINT AS voice_fee, floor(${fee} * 0.05)::BIGINT AS sms_fee, floor(${fee} * data_share)::BIGINT AS data_fee,
      CASE WHEN ${dice.uniform('past.trip', 'n', 'month_no')} < 0.12 THEN floor(${fee} * 0.2) ELSE 0 END::BIGINT AS roam_fee,
      floor(events * (0.92 - data_share) * 86 * talk * (0.9 * own_share + 0.08) * ${noise('on', 0.25)})::BIGINT AS on_s,
      floor(events * (0.92 - data_share) * 86 * talk * (0.92 - 0.9 * own_share) * ${noise('off', 0.25)})::BIGINT AS off_s,
      floor(events * 0.04 * ${noise('sms', 0.3)})::BIGINT AS sms, floor(events * data_share * 32600 * data_size * ${noise('kib', 0.3)})::BIGINT AS kib,
      0 AS rech_count, 0 AS rech_amount,
      least(days, floor(days * 1.04 * (1 - exp(-events / greatest(days, 1))) + ${dice.uniform('past.active', 'n', 'month_no')}))::BIGINT AS active_days
    FROM (
      SELECT *, rate * ${plan.eventsPerDay}::DOUBLE * days * month_taste AS events, days / 30e0 AS share
      FROM (
        SELECT p.*, month_no, last_dn, greatest(0, last_dn - greatest(first_dn, p.joined) + 1) AS days, first_dom = 1 AND p.joined < first_dn AS whole,
          exp(0.28 * ${dice.normal('month', 'n', 'month_no')}) AS month_taste
        FROM (SELECT n, joined, arpu, rate, plan_no, plan_no2, plan_change, va_fee, data_share, data_size, own_share, talk FROM person) AS p,
          (SELECT month_no, min(dn) AS first_dn, max(dn) AS last_dn, day(DATE '1970-01-01' + min(dn)) AS first_dom FROM calendar GROUP BY month_no) AS m
        WHERE p.joined < last_dn))`
}
