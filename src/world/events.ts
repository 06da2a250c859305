import { raw, type Sql, sql } from '#warehouse'
import type { Dice } from './dice.ts'
import { type CitySize, cellsPerGrid } from './size.ts'

/** kind: 0 voice, 1 message, 2 data. direction: 0 made, 1 received. */
export const kinds = ['voice', 'sms', 'data']
export const directions = ['out', 'in']
export const carriers = ['own', 'rival_a', 'rival_b', 'fixed', 'service', 'rival_service', 'foreign']
export const roamings = ['home', 'domestic', 'abroad']

/**
 * The usage events of lived days, narrow: (n, dn, k, kind, dir, cp, carrier, long, roaming, forwarded, sec, dur, vol,
 * fee, cell). `rows` is a relation (n, dn, st, cnt, fee) of lines and days. Event 0 of a day is always one that can be
 * charged, so it carries the day's fee.
 */
export function usageEvents(dice: Dice, size: CitySize, rows: Sql): Sql {
  return sql`(${ordinary(dice, size, rows)} UNION ALL ${telling(dice, size, rows)})`
}

function ordinary(dice: Dice, size: CitySize, rows: Sql): Sql {
  const at = (tag: string) => dice.uniform(tag, 'n', 'dn', 'k')
  // Long after a second card appeared, most friends call it instead.
  const movedOver = sql`(o.second_dn <= dn AND ${at('moved')} < least(0.9, 0.25 + (dn - o.second_dn) / 60e0))`
  const chosen = sql`(
    SELECT *, CASE slot WHEN 0 THEN q0 WHEN 1 THEN q1 WHEN 2 THEN q2 WHEN 3 THEN q3 WHEN 4 THEN q4 WHEN 5 THEN q5 END AS q
    FROM (
      SELECT *, CASE WHEN kind = 2 THEN NULL
          WHEN ${at('ownnet')} < own_share THEN floor(6 * pow(${at('slot')}, 1.7))::INTEGER
          ELSE 6 + floor(10 * pow(${at('slot')}, 1.5))::INTEGER END AS slot
      FROM (SELECT *, ${kindOf(at)} AS kind, ${directionOf(at)} AS dir FROM ${unrolled(dice, rows)})))`
  return sql`
    SELECT c.n, dn, k::SMALLINT AS k, kind::TINYINT AS kind, dir::TINYINT AS dir,
      CASE WHEN kind = 2 THEN NULL WHEN slot < 6 THEN CASE WHEN ${movedOver} THEN o.second_number ELSE o.number END
        ELSE ${outsideNumber(dice)} END AS cp,
      CASE WHEN kind = 2 THEN NULL
        WHEN slot < 6 THEN CASE 
          WHEN ${movedOver} THEN o.second_carrier WHEN o.leave_dn <= dn AND o.leave_way = 'ported_out' THEN o.rival_no ELSE 0 END
        ELSE ${outsideCarrier(dice)} END::TINYINT AS carrier,
      CASE WHEN kind = 2 THEN NULL ELSE ${at('long')} < CASE WHEN slot < 5 THEN 0.06 ELSE 0.35 END END AS long,
      roaming::TINYINT AS roaming,
      CASE WHEN kind = 0 THEN dir = 1 AND c.forward_dn <= dn AND ${at('forwarded')} < 0.6 END AS forwarded,
      ${secondOfDay(at)} AS sec,
      CASE WHEN kind = 0 THEN least(7200, 1 + floor(52 * exp(${dice.normal('length', 'n', 'dn', 'k')})))::INTEGER END AS dur,
      CASE WHEN kind = 2 THEN least(20000000, 1 + floor(14000 * data_size * exp(1.3 * ${dice.normal('volume', 'n', 'dn', 'k')})))::BIGINT END AS vol,
      CASE WHEN k = 0 THEN fee ELSE 0 END::BIGINT AS fee,
      ${servingCell(at, size)} AS cell
    FROM ${chosen} AS c LEFT JOIN (SELECT n AS other, number, second_dn, second_number, second_carrier, rival_no, leave_dn, leave_way FROM person) AS o ON o.other = c.q`
}

/** One row per event: the day's rows, each repeated, with what the choice of event needs. */
function unrolled(dice: Dice, rows: Sql): Sql {
  const trip = dice.uniform('trip', 'r.n', 'r.dn // 4')
  return sql`(
    SELECT r.*, p.self, p.house, p.community, p.q0, p.q1, p.q2, p.q3, p.q4, p.q5, p.data_share, p.data_size, p.own_share,
      p.home_cell, p.work_cell, p.grid, p.forward_dn,
      CASE WHEN ${trip} < 0.035 * (SELECT travel FROM calendar AS c WHERE c.dn = r.dn) THEN CASE WHEN ${trip} < 0.0012 THEN 2 ELSE 1 END
        WHEN p.reason = 'moved' AND r.dn >= p.leave_dn - p.decline_days - 20 AND ${dice.uniform('away', 'r.n', 'r.dn')} < 0.5 THEN 1 ELSE 0 END AS roaming
    FROM (SELECT n, dn, st, fee, unnest(range(cnt))::INTEGER AS k FROM ${rows}) AS r JOIN person AS p ON p.n = r.n)`
}

type At = (tag: string) => Sql

function kindOf(at: At): Sql {
  return sql`CASE WHEN st = 1 THEN CASE WHEN ${at('kind')} < 0.75 THEN 0 ELSE 1 END
    WHEN ${at('kind')} < data_share THEN 2 WHEN ${at('kind')} < data_share + 0.08 THEN 1 ELSE 0 END`
}

function directionOf(at: At): Sql {
  return sql`CASE WHEN st = 1 THEN 1 WHEN ${at('kind')} < data_share THEN NULL WHEN k = 0 THEN 0
    WHEN ${at('direction')} < 0.5 THEN 0 ELSE 1 END`
}

/** Between seven and midnight, mostly; the counter in the last place keeps two events of a day apart. */
function secondOfDay(at: At): Sql {
  const x = sql`CASE WHEN ${at('night')} < 0.05 THEN 86000 * ${at('hour')} ELSE 25200 + 61000 * (0.6 * ${at('hour')} + 0.4 * ${at('hour2')}) END`
  return sql`((floor((${x}) / 64)::INTEGER * 64) + k)::INTEGER`
}

function servingCell(at: At, size: CitySize): Sql {
  const cells = size.grids * cellsPerGrid
  return sql`CASE WHEN roaming > 0 THEN NULL WHEN ${at('cell')} < 0.55 THEN home_cell WHEN ${at('cell')} < 0.88 THEN work_cell
    ELSE (home_cell + floor(${at('othercell')} * 30)::BIGINT) % ${cells} END::INTEGER`
}

/** Numbers outside our network: some shared by the household, some by the neighbourhood, most one's own, a few strangers. */
function outsideNumber(dice: Dice): Sql {
  const whose = sql`CASE WHEN slot < 8 THEN house * 16 + 1 WHEN slot < 9 THEN community * 16 + 2 WHEN slot < 14 THEN self * 16 + 3 ELSE self * 16 + 4 + dn * 7 + k END`
  const bits = dice.bits('outside', whose.text, '0', 'slot')
  return sql`(CASE ${outsideCarrier(dice)} WHEN 1 THEN 13000000000 + (${bits} % 100000000)::BIGINT WHEN 2 THEN 13300000000 + (${bits} % 100000000)::BIGINT
    WHEN 3 THEN 80000000 + (${bits} % 10000000)::BIGINT WHEN 4 THEN 10000 + (10 + ${bits} % 80)::BIGINT
    WHEN 6 THEN 85200000000 + (${bits} % 100000000)::BIGINT ELSE 13800000000 + (${bits} % 100000000)::BIGINT END)`
}

function outsideCarrier(dice: Dice): Sql {
  const whose = sql`CASE WHEN slot < 8 THEN house * 16 + 1 WHEN slot < 9 THEN community * 16 + 2 WHEN slot < 14 THEN self * 16 + 3 ELSE self * 16 + 4 + dn * 7 + k END`
  const u = dice.uniform('outsidecarrier', whose.text, '0', 'slot')
  return sql`CASE WHEN ${u} < 0.48 THEN 1 WHEN ${u} < 0.76 THEN 2 WHEN ${u} < 0.86 THEN 0 WHEN ${u} < 0.93 THEN 3
    WHEN ${u} < 0.995 THEN CASE WHEN slot < 14 THEN 1 ELSE 4 END ELSE 6 END`
}

/** The few calls that tell: a competitor's manager rings, the competitor's service line is rung, our hotline is rung. */
function telling(dice: Dice, size: CitySize, rows: Sql): Sql {
  const at = (tag: string) => dice.uniform(tag, 'r.n', 'r.dn')
  const lured = sql`(r.dn >= p.lure_dn AND r.dn < p.lure_dn + 24)`
  const weighing = sql`(r.dn >= p.lure_dn AND r.dn < p.lure_dn + 70)`
  const manager = sql`(CASE p.rival_no WHEN 1 THEN 13011110000 ELSE 13311110000 END + ${dice.below(size.rivalManagers, 'manager', 'p.n')})`
  const call = (k: number, tag: string, when: Sql, dir: number, cp: Sql, carrier: Sql): Sql => sql`
    SELECT r.n, r.dn, ${k}::SMALLINT AS k, 0::TINYINT AS kind, ${dir}::TINYINT AS dir, ${cp} AS cp, (${carrier})::TINYINT AS carrier,
      FALSE AS long, 0::TINYINT AS roaming, FALSE AS forwarded,
      ((floor((32400 + 32400 * ${at(`${tag}.s`)}) / 64)::INTEGER * 64) + ${k})::INTEGER AS sec,
      (20 + floor(220 * ${at(`${tag}.l`)}))::INTEGER AS dur, NULL::BIGINT AS vol, 0::BIGINT AS fee, p.home_cell::INTEGER AS cell
    FROM ${rows} AS r JOIN person AS p ON p.n = r.n WHERE r.cnt > 0 AND r.st <= ${dir} AND ${when}`
  const rivalLine = sql`CASE p.rival_no WHEN 1 THEN 10086 ELSE 10000 END::BIGINT`
  return sql`${call(61, 'mgr', sql`${lured} AND ${at('mgr')} < 0.16`, 1, manager, raw('p.rival_no'))}
    UNION ALL ${call(62, 'rsl', sql`${at('rsl')} < CASE WHEN ${weighing} THEN 0.05 ELSE 0.0007 END`, 0, rivalLine, raw('5'))}
    UNION ALL ${call(63, 'hot', sql`${at('hot')} < 0.004`, 0, sql`10010::BIGINT`, raw('4'))}`
}
