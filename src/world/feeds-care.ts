import { raw, type Sql, sql } from '#warehouse'
import type { Dice } from './dice.ts'
import { dateOfDn, momentOf, type Slice } from './slice.ts'

const columns = raw(
  'n, sid, joined, leave_dn, reason, leave_way, decline_days, arpu, lure_dn, home_cell, agent',
)

/** No circumstance makes anything happen more than so many times as often as usual. */
const oftenMax = 20

/**
 * Lines in service × days, each kept with a chance: how often it happens to this line as a rule, times how much more
 * often on such a day. What happens to people apart from use and money.
 */
function happenings(dice: Dice, tag: string, from: number, to: number, usual: Sql, often: Sql): Sql {
  const candidates = sql`(SELECT n, dn, usual, luck FROM (
    SELECT n, dn, usual, ${dice.uniform(tag, 'n', 'dn')} AS luck
    FROM (SELECT n, (${usual})::DOUBLE AS usual FROM person WHERE joined < ${to} AND leave_dn > ${from}) AS p,
      (SELECT range::INTEGER AS dn FROM range(${from}, ${to})) AS d)
    WHERE luck < usual * ${oftenMax})`
  return sql`(SELECT * FROM ${candidates} AS c JOIN (SELECT ${columns} FROM person) AS p USING (n)
    WHERE dn > joined AND dn < leave_dn AND luck < usual * (${often}))`
}

const beforeLeaving = (days: number): Sql => sql`(dn >= leave_dn - ${days})`

/** Complaints gather before those leave who leave for service; others complain too, and many who complain stay. */
export function serviceContactRows(dice: Dice, slice: Slice): Sql {
  const temper = sql`exp(0.8 * ${dice.normal('temper2', 'n')} - 0.32)`
  const usual = sql`0.003 * ${temper}`
  const often = sql`CASE WHEN reason = 'service' AND ${beforeLeaving(60)} THEN 18
    WHEN ${beforeLeaving(45)} THEN 3 ELSE 1 END`
  const u = (tag: string) => dice.uniform(tag, 'n', 'dn')
  const complains = sql`CASE WHEN reason = 'service' AND ${beforeLeaving(60)} THEN 0.75 ELSE 0.3 END`
  const topics = raw(
    "['资费争议', '网络覆盖', '流量提醒', '业务办理', '服务态度', '宽带故障', '账单查询', '套餐变更']",
  )
  const channels = raw(
    `[${Object.entries({ hotline: 11, app: 5, shop: 3, manager: 1 })
      .flatMap(([c, n]) => Array(n).fill(`'${c}'`))
      .join(', ')}]`,
  )
  return sql`SELECT 'H' || n::VARCHAR || '-' || dn::VARCHAR AS service_contact_id, sid AS subscriber_id,
      ${momentOf('dn', `(28800 + floor(46000 * ${u('hotat').text}))::INTEGER`)} AS at, kind,
      ${topics}[1 + ${dice.below(8, 'topic', 'n', 'dn')}] AS topic,
      ${channels}[1 + ${dice.below(20, 'channel', 'n', 'dn')}] AS channel,
      CASE WHEN dn + wait < ${slice.to} THEN ${dateOfDn('dn + wait')} END AS closed_on,
      CASE WHEN dn + wait < ${slice.to} AND ${u('asked')} < 0.4 THEN ${u('pleased')} < CASE WHEN reason = 'service' THEN 0.35 ELSE 0.8 END END AS satisfied
    FROM (
      SELECT *, CASE WHEN kind = 'complaint' THEN floor(4 * ${dice.waiting('settle', 'n', 'dn')})::INTEGER ELSE 0 END AS wait
      FROM (
        SELECT *, CASE WHEN reason <> 'stays' AND leave_way <> 'silent' AND ${beforeLeaving(25)} AND ${u('asksout')} < 0.35 THEN 'leaving'
          WHEN ${u('contactkind')} < ${complains} THEN 'complaint' WHEN ${u('contactkind')} < 0.78 THEN 'enquiry'
          WHEN ${u('contactkind')} < 0.995 THEN 'request' ELSE 'leaving' END AS kind
        FROM ${happenings(dice, 'contact', slice.from, slice.to, usual, often)}))
    ORDER BY dn, n`
}

/** Faults reported in the slice, and those repaired in it. */
export function faultRows(dice: Dice, slice: Slice): Sql {
  // A few lines are bad: they fail again and again, and mending takes long.
  const bad = sql`(${dice.uniform('badline', 'n')} < 0.002)`
  const usual = sql`0.00035 * CASE WHEN ${bad} THEN 100 WHEN home_cell % 29 = 7 THEN 3 ELSE 1 END`
  const often = sql`CASE WHEN reason = 'service' AND ${beforeLeaving(70)} THEN 20 ELSE 1 END`
  const kinds = raw("['no_service', 'slow', 'slow', 'drops', 'broadband']")
  const fresh = slice.everything
    ? sql`TRUE`
    : sql`(dn >= ${slice.from} OR (repaired >= ${slice.from} AND repaired < ${slice.to}))`
  return sql`SELECT 'F' || n::VARCHAR || '-' || dn::VARCHAR AS fault_id, sid AS subscriber_id, ${dateOfDn('dn')} AS reported_on,
      CASE WHEN repaired < ${slice.to} THEN ${dateOfDn('repaired')} END AS repaired_on,
      ${kinds}[1 + ${dice.below(5, 'faultkind', 'n', 'dn')}] AS kind
    FROM (SELECT *, dn + floor(CASE WHEN ${bad} THEN 7 ELSE 2.2 END * ${dice.waiting('repair', 'n', 'dn')})::INTEGER AS repaired
      FROM ${happenings(dice, 'fault', slice.everything ? slice.from : slice.from - 45, slice.to, usual, often)})
    WHERE ${fresh} ORDER BY dn, n`
}

export function installationRows(dice: Dice, slice: Slice): Sql {
  const often = sql`CASE WHEN dn < joined + 20 THEN 16 ELSE 1 END`
  const fresh = slice.everything
    ? sql`TRUE`
    : sql`(dn >= ${slice.from} OR (done >= ${slice.from} AND done < ${slice.to}))`
  return sql`SELECT 'I' || n::VARCHAR || '-' || dn::VARCHAR AS installation_id, sid AS subscriber_id, ${dateOfDn('dn')} AS ordered_on,
      ${dateOfDn('dn + 4')} AS promised_on, CASE WHEN done < ${slice.to} THEN ${dateOfDn('done')} END AS installed_on,
      CASE WHEN done < ${slice.to} THEN done > dn + 4 AND ${dice.uniform('ourfault', 'n', 'dn')} < 0.6 END AS delayed_by_carrier
    FROM (SELECT *, dn + 1 + floor(2.5 * ${dice.waiting('install', 'n', 'dn')})::INTEGER AS done
      FROM ${happenings(dice, 'installation', slice.everything ? slice.from : slice.from - 45, slice.to, sql`0.00025`, often)})
    WHERE ${fresh} ORDER BY dn, n`
}

export function visitRows(dice: Dice, slice: Slice): Sql {
  const usual = sql`CASE WHEN arpu >= 10000 THEN 0.006 ELSE 0.0006 END`
  const ways = raw("['phone', 'phone', 'phone', 'door', 'letter']")
  return sql`SELECT 'W' || n::VARCHAR || '-' || dn::VARCHAR AS visit_id, sid AS subscriber_id, ${dateOfDn('dn')} AS visited_on,
      ${ways}[1 + ${dice.below(5, 'visitway', 'n', 'dn')}] AS way, ${dice.uniform('reached', 'n', 'dn')} < 0.68 AS reached
    FROM ${happenings(dice, 'visit', slice.from, slice.to, usual, sql`1`)} ORDER BY dn, n`
}

/** A model elsewhere scores every Monday. It sees the leaving dimly: related to the truth and often wrong. */
export function scoreRows(dice: Dice, slice: Slice): Sql {
  const nearness = sql`CASE WHEN leave_dn - dn > 120 THEN 0 ELSE 2.4 * (1 - (leave_dn - dn) / 120e0) END`
  const logit = sql`(-2.2 + ${nearness} + 0.9 * ${dice.normal('score', 'n', 'dn')} + 0.5 * ${dice.normal('scorebias', 'n')})`
  return sql`SELECT sid AS subscriber_id, 'elsewhere' AS model, ${dateOfDn('dn')} AS scored_on, round(1 / (1 + exp(-${logit})), 4) AS score
    FROM person, (SELECT range::INTEGER AS dn FROM range(${slice.from}, ${slice.to}) WHERE (range + 3) % 7 = 0) AS d
    WHERE joined < dn AND leave_dn > dn - 20 ORDER BY dn, n`
}
