import { join, raw, type Sql, sql } from '#warehouse'
import { handsets } from './catalogue.ts'
import { bell, type Dice, part } from './dice.ts'
import { never } from './fate.ts'
import { type CitySize, cellsPerGrid } from './size.ts'

/** kind: 0 voice, 1 message, 2 data. direction: 0 made, 1 received. */
export const kinds = ['voice', 'sms', 'data']
export const directions = ['out', 'in']
export const carriers = ['own', 'rival_a', 'rival_b', 'fixed', 'service', 'rival_service', 'foreign']
export const roamings = ['home', 'domestic', 'abroad']
export const apps = ['video', 'social', 'game', 'shopping', 'news', 'other']

/** What a person opens most, by age (three groups by their share of data) and taste: numbers of `apps`. */
const favourites = raw(
  `[${[
    [0, 2, 0, 1, 2, 3, 0],
    [0, 1, 4, 3, 1, 0, 5],
    [1, 4, 4, 0, 1, 5, 4],
  ]
    .flat()
    .join(', ')}]`,
)
const generations = raw(`[${handsets.map(h => h.generation).join(', ')}]`)

/**
 * The usage events of lived days, narrow: (n, dn, k, kind, dir, cp, carrier, long, roaming, forwarded, sec, dur, vol,
 * fee, cell, imei, app, gen), in no order. `rows` is a relation (n, dn, st, cnt, fee) of lines and
 * days. Event 0 of a day is always one that can be charged, so it carries the day's fee.
 */
export function usageEvents(dice: Dice, size: CitySize, rows: Sql): Sql {
  return sql`(${ordinary(dice, size, rows)} UNION ALL ${telling(dice, size, rows)})`
}

function ordinary(dice: Dice, size: CitySize, rows: Sql): Sql {
  // Long after a second card appeared, most friends call it instead.
  const moved = sql`o.second_dn <= dn AND u_moved < least(0.9e0, 0.25e0 + (dn - o.second_dn) / 60e0)`
  const bases = sql`CASE outside WHEN 1 THEN 13000000000 WHEN 2 THEN 13300000000 WHEN 3 THEN 80000000 WHEN 4 THEN 10011 WHEN 6 THEN 85200000000 ELSE 13800000000 END`
  const spread = sql`CASE outside WHEN 3 THEN 8388607 WHEN 4 THEN 63 ELSE 67108863 END`
  return sql`
    SELECT c.n, dn, k::SMALLINT AS k, kind::TINYINT AS kind, dir::TINYINT AS dir,
      CASE WHEN kind = 2 THEN NULL WHEN slot >= 6 THEN ${bases} + (ho & ${spread}) WHEN ${moved} THEN o.second_number ELSE o.number END AS cp,
      CASE WHEN kind = 2 THEN NULL WHEN slot >= 6 THEN outside WHEN ${moved} THEN o.second_carrier
        WHEN o.ported_dn <= dn THEN o.rival_no ELSE 0 END::TINYINT AS carrier,
      CASE WHEN kind = 2 THEN NULL ELSE u_long < CASE WHEN slot < 5 THEN 0.06e0 ELSE 0.35e0 END END AS long,
      roaming::TINYINT AS roaming,
      CASE WHEN kind = 0 THEN dir = 1 AND c.forward_dn <= dn AND dn < c.forward_end_dn AND u_forwarded < 0.6e0 END AS forwarded,
      ${secondOfDay()} AS sec,
      CASE WHEN kind = 0 THEN least(7200, 1 + floor(52 * talk * exp(taste)))::INTEGER END AS dur,
      CASE WHEN kind = 2 THEN least(20000000, 1 + floor(CASE WHEN app = 0 THEN 21000 ELSE 10500 END * data_size * exp(1.3 * taste)))::BIGINT END AS vol,
      CASE WHEN k = 0 THEN fee ELSE 0 END::BIGINT AS fee, ${servingCell(size)} AS cell, imei, app::TINYINT AS app,
      ${carriedOn()}::TINYINT AS gen
    FROM ${chosen(dice, rows)} AS c
      LEFT JOIN (SELECT n AS other, number, second_dn, second_number, second_carrier, rival_no,
        CASE WHEN leave_way = 'ported_out' THEN leave_dn ELSE ${never} END AS ported_dn FROM person) AS o ON o.other = c.q`
}

/**
 * What kind of event, with whom: a partner among our lines (slots 0 to 5) or a number outside (slots 6 to 15): some of
 * these are shared by the household, some by the neighbourhood, most are one's own, a few are strangers.
 */
function chosen(dice: Dice, rows: Sql): Sql {
  const whose = `CASE WHEN slot < 8 THEN house * 16 + 1 WHEN slot < 9 THEN community * 16 + 2
    WHEN slot < 14 THEN self * 16 + 3 ELSE self * 16 + 4 + dn * 7 + k END`
  return sql`(
    SELECT *, ${outsideCarrier('(ho >> 44)')} AS outside, ${appOf()} AS app
    FROM (
      SELECT *, CASE WHEN kind < 2 AND slot < 6 THEN CASE slot WHEN 0 THEN q0 WHEN 1 THEN q1 WHEN 2 THEN q2 WHEN 3 THEN q3 WHEN 4 THEN q4 ELSE q5 END END AS q,
        CASE WHEN kind < 2 AND slot >= 6 THEN (${dice.bits('outside', whose, '0', 'slot')} >> 4)::BIGINT END AS ho
      FROM (
        SELECT *, CASE WHEN u_own < own_share THEN floor(6e0 * u_slot * sqrt(u_slot)) ELSE 6e0 + floor(10e0 * u_slot * sqrt(u_slot)) END::INTEGER AS slot,
          CASE WHEN kind = 2 THEN NULL WHEN st = 1 THEN 1 WHEN k = 0 THEN 0 WHEN u_dir < 0.5e0 THEN 0 ELSE 1 END AS dir
        FROM (
          SELECT *, CASE WHEN st = 1 THEN CASE WHEN u_kind < 0.75e0 THEN 0 ELSE 1 END
            WHEN u_kind < data_share THEN 2 WHEN u_kind < data_share + 0.08e0 THEN 1 ELSE 0 END AS kind
          FROM ${unrolled(dice, rows)}))))`
}

/** The small choices of an event, four to a hash. */
const choices = [
  ['u_kind', 'u_own', 'u_slot', 'u_dir'],
  ['u_moved', 'u_long', 'u_forwarded', 'u_cell'],
  ['u_night', 'u_hour', 'u_hour2', 'u_other'],
]

/** One row per event: the day's rows, each repeated, with what the choice of event needs. */
function unrolled(dice: Dice, rows: Sql): Sql {
  const hashes = choices.map((_, i) => sql`${dice.bits(`event${i}`, 'n', 'dn', 'k')} AS h${raw(String(i))}`)
  const parts = choices.flatMap((names, i) =>
    names.map((name, j) => sql`${part(`h${i}`, j)} AS ${raw(name)}`),
  )
  return sql`(
    SELECT r.*, p.self, p.house, p.community, p.q0, p.q1, p.q2, p.q3, p.q4, p.q5, p.data_share, p.data_size, p.own_share, p.talk,
      p.home_cell, p.work_cell, p.forward_dn, p.forward_end_dn
    FROM (SELECT n, dn, st, fee, roaming, imei, device_gen, k, ${bell('h4')} AS taste, ${join(parts)}
      FROM (SELECT *, ${dice.bits('event4', 'n', 'dn', 'k')} AS h4, ${join(hashes)}
        FROM (SELECT n, dn, st, fee, roaming, imei, device_gen, unnest(range(cnt))::INTEGER AS k FROM ${equipped(dice, rows)}))) AS r JOIN person AS p ON p.n = r.n)`
}

/** Where the line is that day, and in which device its card sits. */
function equipped(dice: Dice, rows: Sql): Sql {
  const trip = dice.uniform('trip', 'r.n', 'r.dn // 4')
  return sql`(
    SELECT r.n, r.dn, r.st, r.fee, r.cnt, ${deviceNumber(dice, 'r.dn')} AS imei,
      ${generations}[CASE WHEN p.handset_change <= r.dn THEN (p.handset * 3 + 1) % ${handsets.length} ELSE p.handset END + 1] AS device_gen,
      CASE WHEN ${trip} < 0.035 * c.travel THEN CASE WHEN ${trip} < 0.0012 THEN 2 ELSE 1 END
        WHEN p.reason = 'moved' AND r.dn >= p.leave_dn - p.decline_days - 20 AND ${dice.uniform('away', 'r.n', 'r.dn')} < 0.5 THEN 1 ELSE 0 END AS roaming
    FROM ${rows} AS r JOIN calendar AS c ON c.dn = r.dn JOIN person AS p ON p.n = r.n WHERE r.cnt > 0)`
}

/** The device in use on a day, as a number; a second card of ours sits in its holder's device. */
export function deviceNumber(dice: Dice, dn: string): Sql {
  const changed = `(CASE WHEN coalesce(handset_change, 900000) <= ${dn} THEN 1 ELSE 0 END)`
  return sql`(860000000000000 + ${dice.below(10_000_000_000_000, 'imei', 'self', '0', changed)})`
}

/** What a data session is for: nearly half of the time the favourite. The draw is one that data has no other use for. */
function appOf(): Sql {
  return sql`CASE WHEN kind <> 2 THEN NULL WHEN u_own < 0.45e0
    THEN ${favourites}[CASE WHEN data_share > 0.55 THEN 0 WHEN data_share > 0.3 THEN 7 ELSE 14 END + self % 7 + 1]
    WHEN u_own < 0.63e0 THEN 1 WHEN u_own < 0.79e0 THEN 0 WHEN u_own < 0.85e0 THEN 2 WHEN u_own < 0.9e0 THEN 3
    WHEN u_own < 0.94e0 THEN 4 ELSE 5 END`
}

/** The network an event uses: the device's own where there is such a network, else an older one. */
function carriedOn(): Sql {
  const area = `(home_cell // ${cellsPerGrid}) % 3`
  const covered = raw(`CASE ${area} WHEN 0 THEN 0.85e0 WHEN 1 THEN 0.6e0 ELSE 0.3e0 END`)
  return sql`CASE WHEN device_gen = 2 THEN 2 WHEN kind <> 2 THEN CASE WHEN u_other < 0.8e0 THEN 4 ELSE 2 END
    WHEN device_gen = 5 AND u_moved < ${covered} THEN 5 ELSE 4 END`
}

/** Between seven and midnight, mostly; the counter in the last place keeps two events of a day apart. */
function secondOfDay(): Sql {
  const x = sql`CASE WHEN u_night < 0.05e0 THEN 86000e0 * u_hour ELSE 25200e0 + 36600e0 * u_hour + 24400e0 * u_hour2 END`
  return sql`((floor(${x})::INTEGER & -64) + k)`
}

function servingCell(size: CitySize): Sql {
  const cells = size.grids * cellsPerGrid
  return sql`CASE WHEN roaming > 0 THEN NULL WHEN u_cell < 0.55e0 THEN home_cell WHEN u_cell < 0.88e0 THEN work_cell
    ELSE (home_cell + floor(u_other * 30e0)::BIGINT) % ${cells} END::INTEGER`
}

/** Whose number a number outside our circle is; `bits` are sixteen. */
function outsideCarrier(bits: string): Sql {
  const b = raw(bits)
  return sql`CASE WHEN ${b} < 31457 THEN 1 WHEN ${b} < 49807 THEN 2 WHEN ${b} < 56361 THEN 0 WHEN ${b} < 60948 THEN 3
    WHEN ${b} < 65208 THEN CASE WHEN slot < 14 THEN 1 ELSE 4 END ELSE 6 END`
}

/** The number of the competitor's manager who works on a line; `n` is its number, rival_no its competitor. */
export function managerOf(dice: Dice, size: CitySize, n: string): Sql {
  return sql`(CASE rival_no WHEN 1 THEN 13011110000 ELSE 13311110000 END + ${dice.below(size.rivalManagers, 'manager', n)})`
}

/** The few calls that tell: a competitor's manager rings, the competitor's service line is rung, our hotline is rung. */
function telling(dice: Dice, size: CitySize, rows: Sql): Sql {
  const at = (tag: string) => dice.uniform(tag, 'n', 'dn')
  const rings = sql`(dn >= lure_dn AND dn < lure_dn + 24 AND ${at('mgr')} < 0.16e0)`
  const weighs = sql`(st = 0 AND ${at('rsl')} < CASE WHEN dn >= lure_dn AND dn < lure_dn + 70 THEN 0.05e0 ELSE 0.0007e0 END)`
  const asks = sql`(st = 0 AND ${at('hot')} < 0.004e0)`
  const days = sql`(
    SELECT r.n, r.dn, rival_no, home_cell, self, handset_change, ${rings} AS rings, ${weighs} AS weighs, ${asks} AS asks
    FROM (SELECT n, dn, st FROM ${rows} WHERE cnt > 0 AND st < 2) AS r
      JOIN (SELECT n AS line, lure_dn, rival_no, home_cell, self, handset_change FROM person) AS p ON p.line = r.n
    WHERE ${rings} OR ${weighs} OR ${asks})`
  return sql`
    SELECT n, dn, k::SMALLINT AS k, 0::TINYINT AS kind, CASE k WHEN 61 THEN 1 ELSE 0 END::TINYINT AS dir,
      CASE k WHEN 61 THEN ${managerOf(dice, size, 'n')} WHEN 62 THEN CASE rival_no WHEN 1 THEN 10086 ELSE 10000 END ELSE 10010 END::BIGINT AS cp,
      CASE k WHEN 61 THEN rival_no WHEN 62 THEN 5 ELSE 4 END::TINYINT AS carrier, FALSE AS long, 0::TINYINT AS roaming, FALSE AS forwarded,
      ((floor(32400e0 + 32400e0 * ${dice.uniform('tellingat', 'n', 'dn', 'k')})::INTEGER & -64) + k)::INTEGER AS sec,
      (20 + floor(220e0 * ${dice.uniform('tellinglength', 'n', 'dn', 'k')}))::INTEGER AS dur, NULL::BIGINT AS vol, 0::BIGINT AS fee,
      home_cell::INTEGER AS cell, ${deviceNumber(dice, 'dn')} AS imei, NULL::TINYINT AS app, 4::TINYINT AS gen
    FROM ${days} AS d, (VALUES (61), (62), (63)) AS calls(k)
    WHERE CASE k WHEN 61 THEN rings WHEN 62 THEN weighs ELSE asks END`
}
