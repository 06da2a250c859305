import { addDays, daysBetween, type PlainDate } from '#kernel'
import { firstMorning } from './night-span.ts'

/** Events of one day: about 1.7 a subscriber, from four kinds of users; one in twelve falls silent at some time. */
export function usageRows(subscribers: number, day: PlainDate): string {
  const nth = daysBetween(addDays(firstMorning, -61), day)
  const silent = `hash(sub, 'silent') % 12 = 0 AND hash(sub, 'since') % 70 < ${nth}`
  const rate = `CAST(list_extract([4, 10, 20, 34], CAST(1 + hash(sub, 'rate') % 4 AS INTEGER)) AS BIGINT)`
  const drawn = `CAST(hash(sub, 'n ${day}') % 1000 AS BIGINT)`
  const rounding = `CAST(hash(sub, 'r ${day}') % 1000 AS BIGINT)`
  // A rate in tenths, times twice a number in [0, 1), rounded up or down by chance: its mean is the rate.
  const n = `CASE WHEN ${silent} THEN 0 ELSE (${rate} * 2 * ${drawn} + 10 * ${rounding}) // 10000 END`
  return `SELECT sub, DATE '${day}' AS day, i, h, h AS v, hash(h) AS g, ${kind} AS kind, hash(sub, '${day}') AS whole,
      CASE WHEN h % 100 < 60 THEN (sub * 17 + 911 * least(${bits('h', 24, 20)}, ${bits('h', 36, 20)})) % ${subscribers * 3} END AS who
    FROM (SELECT sub, i, hash(sub, i, '${day}') AS h
      FROM (SELECT sub, unnest(range(${n})) AS i FROM (SELECT range AS sub FROM range(${subscribers}))))`
}

const kind = `CASE WHEN h % 100 < 45 THEN 'voice' WHEN h % 100 < 60 THEN 'sms' ELSE 'data' END`

/** A number in [0, n) from some bits of a hash: cheaper than a hash for each column. */
function bits(of: string, shift: number, n: number): string {
  return `CAST((${of} >> ${shift}) % ${n} AS BIGINT)`
}

/** Whose number it is belongs to the number, the rest to the event; where the subscriber roams to the day. */
export function usageColumns(subscribers: number): Readonly<Record<string, string>> {
  const net = `(who * 7919) % 1000`
  return {
    started_at: `CAST(day AS TIMESTAMP) - INTERVAL 8 HOUR + to_microseconds(i + 1000000 *
      CASE WHEN ${bits('h', 12, 10)} < 8 THEN 28800 + ${bits('g', 0, 54_000)} ELSE ${bits('g', 0, 86_400)} END)`,
    kind: 'kind',
    direction: `CASE WHEN kind <> 'data' THEN CASE WHEN ${bits('g', 17, 100)} < 55 THEN 'out' ELSE 'in' END END`,
    counterparty: `CAST(13000000000 + who AS VARCHAR)`,
    counterparty_carrier: `CASE WHEN who IS NOT NULL THEN CASE WHEN ${net} < 3 THEN 'rival_service' WHEN ${net} < 640 THEN 'own'
      WHEN ${net} < 800 THEN 'rival_a' WHEN ${net} < 900 THEN 'rival_b' WHEN ${net} < 945 THEN 'fixed' WHEN ${net} < 995 THEN 'service' ELSE 'foreign' END END`,
    reach: `CASE WHEN who IS NOT NULL THEN CASE WHEN ${bits('g', 24, 10)} < 8 THEN 'local' ELSE 'long' END END`,
    roaming: `CASE WHEN whole % 40 = 0 THEN 'domestic' WHEN whole % 400 = 1 THEN 'abroad' ELSE 'home' END`,
    forwarded: `CASE WHEN kind = 'voice' THEN ${bits('g', 28, 200)} = 0 END`,
    duration_s: `CASE WHEN kind = 'voice' THEN ${bits('g', 32, 600)} END`,
    volume_kib: `CASE WHEN kind = 'data' AND ${bits('g', 40, 50)} > 0 THEN ${bits('g', 36, 60_000)} END`,
    app_class: `CASE WHEN kind = 'data' AND ${bits('h', 8, 12)} > 0 THEN list_extract(['video', 'video', 'social', 'social', 'social', 'game', 'shopping', 'news', 'other'],
      1 + ${bits('g', 20, 9)}) END`,
    generation: `CASE WHEN kind = 'data' THEN 4 + (whole + ${bits('g', 44, 3)} // 2) % 2 END`,
    fee: `CASE WHEN ${bits('g', 48, 5)} = 0 THEN ${bits('g', 50, 60)} ELSE 0 END`,
    cell_id: `CASE WHEN ${bits('h', 48, 30)} > 0 THEN 'cell' || CAST((sub % 200) * 10 + ${bits('h', 52, 4)} AS VARCHAR) END`,
    imei: `CAST(860000000000000 + sub + CASE WHEN whole % 900 = 0 THEN ${subscribers} ELSE 0 END AS VARCHAR)`,
  }
}
