import { raw, type Sql, sql } from '#warehouse'
import type { Dice } from './dice.ts'
import { dirtOf } from './dirt.ts'
import { amounts } from './life.ts'
import { dateOfDn, momentOf } from './slice.ts'
import type { World } from './tables.ts'

/** Recharges from a relation (n, dn, rech, rech_s), with their dirt: repeated rows, negative amounts. */
export function rechargeRows(world: World, paid: Sql): Sql {
  const { dice } = world
  const rate = dirtOf(world)
  const u = (tag: string) => dice.uniform(tag, 'n', 'dn')
  const row = sql`
    SELECT 'R' || n::VARCHAR || '-' || dn::VARCHAR AS recharge_id, CASE WHEN ${u('dirt.rsid')} < ${rate.unknown}::DOUBLE THEN 'X' || sid ELSE sid END AS subscriber_id,
      ${momentOf('dn', 'rech_s')} AS paid_at, CASE WHEN ${u('dirt.ramount')} < ${rate.negative}::DOUBLE THEN -rech ELSE rech END AS amount,
      ${wayOf(dice)} AS way, dn, n
    FROM ${paid} AS r JOIN (SELECT n, sid, age_years, self FROM person) AS p USING (n)`
  return sql`SELECT recharge_id, subscriber_id, paid_at, amount, way
    FROM (${row} UNION ALL ${row} WHERE ${u('dirt.rtwice')} < ${rate.twice}::DOUBLE) ORDER BY n, dn`
}

function wayOf(dice: Dice): Sql {
  const u = dice.uniform('payway', 'n')
  const now = dice.uniform('waynow', 'n', 'dn')
  const ways = raw("['app', 'app', 'card', 'shop', 'agent', 'bank']")
  return sql`${ways}[1 + floor(6 * CASE WHEN ${now} < 0.2 THEN ${now} * 5 WHEN age_years >= 55 THEN 0.34 + 0.5 * ${u} ELSE ${u} END)::INTEGER]`
}

/** What lines paid before the simulated days: the same habits without the balance behind them. */
export function pastRecharges(dice: Dice, from: number, to: number): Sql {
  const usual = sql`[${raw(amounts.join(', '))}][usual_amount + 1]`
  const perDay = sql`CASE WHEN prepaid THEN least(0.3, arpu / (${usual} * 30e0)) ELSE 0.032 END AS per_day`
  const amount = sql`CASE WHEN NOT prepaid THEN floor(arpu * exp(0.3 * ${dice.normal('pastbill', 'n', 'dn')}))::BIGINT
    WHEN ${dice.uniform('pastamount', 'n', 'dn')} < 0.16 THEN [${raw(amounts.join(', '))}][greatest(1, usual_amount)]
    WHEN ${dice.uniform('pastamount', 'n', 'dn')} > 0.84 THEN [${raw(amounts.join(', '))}][usual_amount + 2] ELSE ${usual} END`
  return sql`(SELECT n, dn, (${amount})::BIGINT AS rech,
      (30600 + floor(46000 * ${dice.uniform('pasttime', 'n', 'dn')}))::INTEGER AS rech_s
    FROM (SELECT n, joined, prepaid, arpu, usual_amount, ${perDay} FROM person WHERE joined < ${to}) AS p, (SELECT range::INTEGER AS dn FROM range(${from}, ${to})) AS d
    WHERE ${dice.uniform('past', 'n', 'dn')} < per_day AND dn > joined)`
}

export function balanceRows(): Sql {
  return sql`SELECT sid AS subscriber_id, ${dateOfDn('dn')} AS day, bal AS balance
    FROM dayrow JOIN (SELECT n, sid FROM person) AS p USING (n) WHERE st < 4 ORDER BY n, dn`
}
