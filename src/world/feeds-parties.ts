import { join, raw, type Sql, sql } from '#warehouse'
import { handsets, plans, products } from './catalogue.ts'
import type { Dice } from './dice.ts'
import { deviceNumber } from './events.ts'
import { never } from './fate.ts'
import { type CitySize, cellsPerGrid } from './size.ts'
import { dateOfDn, type Slice, textId } from './slice.ts'

const statuses = raw(`['active', 'grace', 'suspended', 'reported_lost', 'closed', 'ported_out']`)
const planIds = raw(`[${plans.map(p => `'${p.id}'`).join(', ')}]`)
const brands = raw(`[${plans.map(p => `'${p.brand}'`).join(', ')}]`)
const planFees = raw(`[${plans.map(p => p.monthlyFee).join(', ')}]`)
const productIds = raw(`[${products.map(p => `'${p.id}'`).join(', ')}]`)

/** The lines whose facts changed in the slice, or all of them. */
export function subscriberRows(slice: Slice, size: CitySize, dice: Dice): Sql {
  const { from, to } = slice
  const changed = slice.everything
    ? sql`TRUE`
    : sql`(l.st_dn >= ${from} OR (p.joined >= ${from}) OR (p.forward_dn >= ${from} AND p.forward_dn < ${to}) OR (p.forward_end_dn >= ${from} AND p.forward_end_dn < ${to}) OR (p.plan_change >= ${from} AND p.plan_change < ${to}))`
  const forwards = sql`(p.forward_dn < ${to} AND p.forward_end_dn >= ${to} AND l.st < 4)`
  return sql`SELECT p.sid AS subscriber_id, ${textId('C', 'p.holder')} AS customer_id, p.number::VARCHAR AS number,
      ${dateOfDn('p.joined')} AS joined_on, ${dateOfDn('p.joined')} AS activated_on,
      ${statuses}[l.st + 1] AS status, ${dateOfDn('l.st_dn')} AS status_since,
      CASE WHEN p.prepaid THEN 'prepaid' ELSE 'postpaid' END AS payment,
      ${planIds}[${planNow(String(to - 1))} + 1] AS plan_id, ${brands}[${planNow(String(to - 1))} + 1] AS brand,
      ${gridId(size, 'p.grid')} AS grid_id, CASE WHEN ${raw('p.agent % 7 = 3')} OR ${dice.uniform('brought', 'p.n')} < 0.6 THEN 'A' || lpad(p.agent::VARCHAR, 4, '0') END AS agent_id,
      CASE WHEN ${forwards} THEN CASE WHEN p.forward_own THEN q.number ELSE p.second_number END::VARCHAR END AS forward_to,
      CASE WHEN ${forwards} THEN NOT p.forward_own END AS forward_off_net
    FROM person AS p JOIN lines AS l ON l.n = p.n JOIN (SELECT n, number FROM person) AS q ON q.n = p.q0 WHERE p.joined < ${to} AND ${changed}`
}

/** The plan in force on a day: some move down before they go, some up. */
export function planNow(dn: string): Sql {
  return raw(`(CASE WHEN plan_change <= ${dn} THEN plan_no2 ELSE plan_no END)`)
}

export function gridId(size: CitySize, grid: string): Sql {
  const g = raw(grid)
  return sql`('g-' || (${g} // ${size.gridsPerCounty} + 1)::VARCHAR || '-' || (${g} % ${size.gridsPerCounty} + 1)::VARCHAR)`
}

export function customerRows(slice: Slice, dice: Dice): Sql {
  const since = slice.everything ? sql`TRUE` : sql`joined >= ${slice.from}`
  const document = sql`('51' || lpad(${dice.below(9000, 'document', 'n')}::VARCHAR, 4, '0') || strftime(${birthday(dice)}, '%Y%m%d') || lpad(${dice.below(10_000, 'document2', 'n')}::VARCHAR, 4, '0'))`
  return sql`SELECT ${textId('C', 'n')} AS customer_id, CASE WHEN ${dice.uniform('noname', 'n')} < 0.01 THEN NULL ELSE name END AS name,
      CASE WHEN ${dice.uniform('nodoc', 'n')} < 0.015 THEN NULL ELSE ${document} END AS document_id,
      CASE WHEN enterprise THEN NULL ELSE ${birthday(dice)} END AS birthday,
      CASE WHEN enterprise THEN NULL WHEN ${dice.uniform('sex', 'n')} < 0.5 THEN 'f' ELSE 'm' END AS sex,
      CASE WHEN enterprise THEN 'enterprise' ELSE 'person' END AS kind, opted_out, ${starOf(slice, dice)} AS star
    FROM person WHERE holder = n AND joined < ${slice.to} AND ${since}`
}

/** Rated after half a year: by spending, by tenure, and a little by who rated. */
function starOf(slice: Slice, dice: Dice): Sql {
  return sql`CASE WHEN joined < ${slice.from} - 180 THEN 1 + (arpu >= 3000)::INTEGER + (arpu >= 6000)::INTEGER + (arpu >= 12000)::INTEGER
    + (joined < ${slice.from} - 1500)::INTEGER + (${dice.uniform('star', 'n')} < 0.1)::INTEGER END::BIGINT`
}

function birthday(dice: Dice): Sql {
  return sql`(DATE '2026-01-01' - (age_years * 365 + ${dice.below(365, 'birthday', 'n')})::INTEGER)`
}

export function planRows(): Sql {
  const rows = plans.map(
    p =>
      sql`(${p.id}, ${p.name}, ${p.monthlyFee}::BIGINT, ${p.voiceMin}::BIGINT, ${p.smsCount}::BIGINT, ${p.dataKib}::BIGINT, ${p.onSale})`,
  )
  return sql`SELECT * FROM (VALUES ${join(rows)}) AS t(plan_id, name, monthly_fee, voice_min, sms_count, data_kib, on_sale)`
}

export function productRows(): Sql {
  const rows = products.map(p => sql`(${p.id}, ${p.name}, ${p.kind}, ${p.monthlyFee}::BIGINT)`)
  return sql`SELECT * FROM (VALUES ${join(rows)}) AS t(product_id, name, kind, monthly_fee)`
}

/** Orders: products taken and given up, and changes of plan. */
export function subscriptionRows(slice: Slice, dice: Dice): Sql {
  const { from, to, everything } = slice
  const taken = (i: number, product: string) => sql`
    SELECT 'O' || n::VARCHAR || '-${raw(String(i))}' AS order_id, sid AS subscriber_id, ${productIds}[${raw(product)} + 1] AS product_id,
      NULL::VARCHAR AS plan_id, NULL::VARCHAR AS previous_plan_id, t AS ordered_on_dn,
      CASE WHEN ${dice.uniform('cancel', 'n', String(i))} < 0.35 THEN t + 30 + floor(500 * ${dice.uniform('cancelon', 'n', String(i))})::INTEGER END AS cancelled_dn
    FROM (SELECT *, joined + floor(700 * pow(${dice.uniform('taken', 'n', String(i))}, 2))::INTEGER AS t FROM person WHERE ${raw(product)} IS NOT NULL)`
  const changes = sql`
    SELECT 'O' || n::VARCHAR || '-9' AS order_id, sid AS subscriber_id, NULL::VARCHAR AS product_id, ${planIds}[plan_no2 + 1] AS plan_id,
      ${planIds}[plan_no + 1] AS previous_plan_id, plan_change AS ordered_on_dn, NULL::INTEGER AS cancelled_dn
    FROM person WHERE plan_change < ${to} AND plan_no2 <> plan_no`
  const fresh = everything
    ? sql`TRUE`
    : sql`(ordered_on_dn >= ${from} OR (cancelled_dn >= ${from} AND cancelled_dn < ${to}))`
  return sql`SELECT order_id, subscriber_id, product_id, plan_id, previous_plan_id, ${dateOfDn('ordered_on_dn')} AS ordered_on,
      CASE WHEN cancelled_dn < ${to} THEN ${dateOfDn('cancelled_dn')} END AS cancelled_on
    FROM (${taken(1, 'product')} UNION ALL ${taken(2, 'product2')} UNION ALL ${changes}) WHERE ordered_on_dn < ${to} AND ${fresh}`
}

/** Contracts end, are broken off by those who leave, and by a few who stay and only want out of them. */
export function contractRows(slice: Slice, dice: Dice): Sql {
  const start = sql`greatest(joined, contract_end - 730)::INTEGER`
  const leaves = sql`(leave_dn < contract_end AND leave_way IN ('closed', 'ported_out') AND leave_dn >= start_dn)`
  const wantsOut = sql`CASE WHEN ${dice.uniform('wantsout', 'n')} < 0.06
    THEN start_dn + floor((contract_end - start_dn) * (0.3 + 0.6 * ${dice.uniform('wantsouton', 'n')}))::INTEGER ELSE ${never} END`
  const broken = sql`least(CASE WHEN ${leaves} THEN leave_dn ELSE ${never} END, ${wantsOut})`
  const fresh = slice.everything
    ? sql`TRUE`
    : sql`(start_dn >= ${slice.from} OR (broken_dn >= ${slice.from} AND broken_dn < ${slice.to}))`
  return sql`SELECT 'K' || n::VARCHAR AS contract_id, sid AS subscriber_id, contract_kind AS kind, ${dateOfDn('start_dn')} AS starts_on,
      ${dateOfDn('contract_end')} AS ends_on, CASE WHEN ${dice.uniform('floorfee', 'n')} < 0.3 THEN 0 ELSE ${planFees}[plan_no + 1] END::BIGINT AS floor_fee,
      CASE WHEN broken_dn < ${slice.to} THEN ${dateOfDn('broken_dn')} END AS ended_early_on
    FROM (SELECT *, ${broken} AS broken_dn FROM (SELECT *, ${start} AS start_dn FROM person WHERE contract_kind IS NOT NULL AND contract_end > joined))
    WHERE start_dn < ${slice.to} AND ${fresh}`
}

export function deviceRows(slice: Slice, dice: Dice): Sql {
  const changed = sql`(coalesce(handset_change, 900000) < ${slice.to})`
  const fresh = slice.everything
    ? sql`TRUE`
    : sql`(joined >= ${slice.from} OR (handset_change >= ${slice.from} AND handset_change < ${slice.to}))`
  const pick = (what: readonly (string | number | boolean)[]) =>
    raw(`[${what.map(w => (typeof w === 'string' ? `'${w}'` : String(w))).join(', ')}]`)
  const model = sql`(CASE WHEN ${changed} THEN (handset * 3 + 1) % ${handsets.length} ELSE handset END + 1)`
  return sql`SELECT sid AS subscriber_id, ${deviceNumber(dice, String(slice.to - 1))}::VARCHAR AS imei, ${pick(handsets.map(h => h.brand))}[${model}] AS brand,
      ${pick(handsets.map(h => h.model))}[${model}] AS model, ${pick(handsets.map(h => h.dualSim))}[${model}] AS dual_sim,
      ${pick(handsets.map(h => h.generation))}[${model}]::BIGINT AS generation,
      ${dateOfDn(`(CASE WHEN ${changed.text} THEN handset_change ELSE joined END)`)} AS since,
      ${pick(handsets.map(h => h.price))}[${model}]::BIGINT AS price
    FROM person WHERE joined < ${slice.to} AND ${fresh}`
}

export function cellRows(size: CitySize): Sql {
  return sql`SELECT 'L' || range::VARCHAR AS cell_id, ${gridId(size, `(range // ${cellsPerGrid})`)} AS grid_id,
      CASE (range // ${cellsPerGrid}) % 3 WHEN 0 THEN 'urban' WHEN 1 THEN 'county' ELSE 'rural' END AS area
    FROM range(${size.grids * cellsPerGrid})`
}
