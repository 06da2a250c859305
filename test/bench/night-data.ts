import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { addDays, addMonths, daysOf, monthStart, type PlainDate, plainDate } from '#kernel'
import {
  commitPiece,
  ident,
  pieceName,
  raw,
  type Shelf,
  type Sql,
  sql,
  type Warehouse,
  writeParquet,
} from '#warehouse'

/** A day on which every window of the bench is full. */
export const lastDay = plainDate('2026-11-21')
export const usageDays = 61

/**
 * A shelf with every feed of the contract as a load leaves it, made by SQL from hashes: the same size gives the same
 * rows. Not a carrier (that is `world`): only the right shapes, spreads, gaps and empty values.
 */
export async function makeShelf(warehouse: Warehouse, root: string, subscribers: number): Promise<Shelf> {
  if (existsSync(root)) return { root }
  const making = `${root}.making`
  await rm(making, { recursive: true, force: true })
  const shelf: Shelf = { root: making }
  for (const feed of smallFeeds(subscribers)) {
    await shelve(
      warehouse,
      shelf,
      feed.id,
      feed.from,
      addDays(lastDay, 1),
      feed.query,
      feed.order ?? ['day', 'sub'],
    )
  }
  await shelveKeys(warehouse, shelf, subscribers)
  for (const day of daysOf({ from: addDays(lastDay, 1 - usageDays), to: addDays(lastDay, 1) })) {
    await shelve(warehouse, shelf, 'usage', day, addDays(day, 1), usage(subscribers, day), [
      'sub',
      'started_at',
    ])
    await shelve(warehouse, shelf, 'balance', day, addDays(day, 1), balance(subscribers, day), ['sub'])
    await shelve(warehouse, shelf, 'daily_usage', day, addDays(day, 1), dailyUsage(subscribers, day), ['sub'])
  }
  await rename(making, root)
  return { root }
}

async function shelve(
  warehouse: Warehouse,
  shelf: Shelf,
  feed: string,
  from: PlainDate,
  to: PlainDate,
  query: string,
  order: readonly string[],
): Promise<void> {
  const span = { from, to }
  const dataset = `feed/${feed}`
  const file = `${pieceName(span, 1)}.parquet`
  const at = path.join(shelf.root, dataset, file)
  const { rows } = await writeParquet(warehouse, raw(query), at, order.map(ident))
  await commitPiece(shelf, {
    dataset,
    span,
    version: 1,
    fingerprint: `bench ${feed} ${from}`,
    learnedOn: to,
    files: [file],
    rows,
  })
}

async function shelveKeys(warehouse: Warehouse, shelf: Shelf, subscribers: number): Promise<void> {
  const span = { from: lastDay, to: addDays(lastDay, 1) }
  const file = `${pieceName(span, 1)}.parquet`
  const dataset = 'key/subscriber'
  const query: Sql = sql`SELECT range AS sub, 'u' || lpad(CAST(range AS VARCHAR), 9, '0') AS subscriber_id FROM range(${subscribers})`
  const { rows } = await writeParquet(warehouse, query, path.join(shelf.root, dataset, file), [ident('sub')])
  await commitPiece(shelf, {
    dataset,
    span,
    version: 1,
    fingerprint: 'bench keys',
    learnedOn: lastDay,
    files: [file],
    rows,
  })
}

/** A number in [0, n) that depends on the text and the columns. */
function h(salt: string, n: number, ...columns: readonly string[]): string {
  return `CAST(hash('${salt}', ${columns.join(', ')}) % ${n} AS BIGINT)`
}

function usage(subscribers: number, day: PlainDate): string {
  const d = `DATE '${day}'`
  const one = (salt: string, n: number) => h(`${day} ${salt}`, n, 'sub', 'i')
  return `SELECT sub, ${d} AS day, CAST(${d} AS TIMESTAMP) + to_microseconds(${one('at', 86_400)} * 1000000 + i) AS started_at,
    kind, CASE WHEN kind = 'data' THEN NULL WHEN ${one('dir', 100)} < 55 THEN 'out' ELSE 'in' END AS direction,
    CASE WHEN kind = 'data' THEN NULL ELSE CAST(13000000000 + (sub * 17 + ${one('who', 24)} * ${one('who2', 3)}) % ${subscribers * 3} AS VARCHAR) END AS counterparty,
    CASE WHEN kind = 'data' THEN NULL ELSE (CASE WHEN ${one('net', 1000)} < 3 THEN 'rival_service' WHEN ${one('net', 1000)} < 640 THEN 'own'
      WHEN ${one('net', 1000)} < 800 THEN 'rival_a' WHEN ${one('net', 1000)} < 900 THEN 'rival_b' WHEN ${one('net', 1000)} < 950 THEN 'fixed' ELSE 'service' END) END AS counterparty_carrier,
    CASE WHEN kind = 'data' THEN NULL WHEN ${one('reach', 10)} < 8 THEN 'local' ELSE 'long' END AS reach,
    CASE WHEN ${h(`${day} roam`, 40, 'sub')} = 0 THEN 'domestic' WHEN ${h(`${day} roam`, 400, 'sub')} = 1 THEN 'abroad' ELSE 'home' END AS roaming,
    CASE WHEN kind = 'voice' THEN ${one('fwd', 200)} = 0 END AS forwarded,
    CASE WHEN kind = 'voice' THEN ${one('s', 600)} END AS duration_s,
    CASE WHEN kind = 'data' AND ${one('nil', 50)} > 0 THEN ${one('kib', 60_000)} END AS volume_kib,
    CASE WHEN ${one('paid', 5)} = 0 THEN ${one('fee', 60)} ELSE 0 END AS fee,
    CASE WHEN ${one('cell', 30)} > 0 THEN 'c' || CAST((sub % 200) * 10 + ${one('cell', 4)} AS VARCHAR) END AS cell_id,
    CAST(860000000000000 + sub AS VARCHAR) AS imei
  FROM (SELECT sub, i, CASE WHEN k < 45 THEN 'voice' WHEN k < 60 THEN 'sms' ELSE 'data' END AS kind
    FROM (SELECT sub, i, ${h(`${day} kind`, 100, 'sub', 'i')} AS k
      FROM (SELECT range AS sub, CASE WHEN ${h('busy', 12, 'range')} = 0 AND ${h('cut', 60, 'range')} > ${daysOf({ from: day, to: lastDay }).length} THEN 0
        ELSE ${h(`${day} n`, 5, 'range')} * (${h('heavy', 3, 'range')} + ${h('n2', 2, 'range')}) / 3 END AS n FROM range(${subscribers})), range(8) AS r(i)
      WHERE i < n))`
}

function balance(subscribers: number, day: PlainDate): string {
  const n = daysOf({ from: plainDate('2026-01-01'), to: day }).length
  return `SELECT range AS sub, DATE '${day}' AS day, 6000 - CAST((${n} * (20 + ${h('rate', 180, 'range')}) + ${h('start', 5000, 'range')}) % 7500 AS BIGINT) AS balance
    FROM range(${subscribers}) WHERE ${h('gap', 97, 'range', `'${day}'`)} > 0 AND ${h('payment', 5, 'range')} > 0`
}

function dailyUsage(subscribers: number, day: PlainDate): string {
  const one = (salt: string, m: number) => h(`${day} ${salt}`, m, 'range')
  return `SELECT range AS sub, DATE '${day}' AS day, ${one('vo', 900)} AS voice_out_s, ${one('vi', 900)} AS voice_in_s, ${one('vc', 9)} AS voice_count,
    ${one('sc', 4)} AS sms_count, CASE WHEN ${one('nil', 20)} > 0 THEN ${one('kib', 90_000)} END AS data_kib, ${one('fee', 90)} AS fee
    FROM range(${subscribers}) WHERE ${one('on', 4)} > 0`
}

interface SmallFeed {
  readonly id: string
  readonly from: PlainDate
  readonly query: string
  readonly order?: readonly string[]
}

function smallFeeds(subscribers: number): readonly SmallFeed[] {
  return [...parties(subscribers), ...money(subscribers), ...care(subscribers)]
}

const yearAgo = addDays(lastDay, -400)
const day = `DATE '${lastDay}'`

function parties(n: number): SmallFeed[] {
  const s = (salt: string, m: number) => h(salt, m, 'range')
  const all = `FROM range(${n})`
  return [
    {
      id: 'customer',
      from: lastDay,
      order: ['customer_id'],
      query: `SELECT ${day} AS day, 'k' || range AS customer_id, NULL::VARCHAR AS name, NULL::VARCHAR AS document_id,
      CASE WHEN ${s('bd', 20)} > 0 THEN DATE '1950-01-01' + CAST(${s('birth', 20_000)} AS INTEGER) END AS birthday, CASE WHEN ${s('sex', 2)} = 0 THEN 'f' ELSE 'm' END AS sex,
      CASE WHEN ${s('ent', 20)} = 0 THEN 'enterprise' ELSE 'person' END AS kind, ${s('opt', 30)} = 0 AS opted_out ${all}`,
    },
    {
      id: 'plan',
      from: lastDay,
      order: ['plan_id'],
      query: `SELECT ${day} AS day, 'p' || range AS plan_id, 'plan ' || range AS name, (range * 1300 + 800)::BIGINT AS monthly_fee,
      (range * 100)::BIGINT AS voice_min, 0::BIGINT AS sms_count, (range * 1000000)::BIGINT AS data_kib, range > 2 AS on_sale FROM range(12)`,
    },
    {
      id: 'product',
      from: lastDay,
      order: ['product_id'],
      query: `SELECT ${day} AS day, 'x' || range AS product_id, 'product ' || range AS name,
      CASE range % 3 WHEN 0 THEN 'value_added' WHEN 1 THEN 'data_pack' ELSE 'voice_pack' END AS kind, (range * 100)::BIGINT AS monthly_fee FROM range(20)`,
    },
    {
      id: 'cell',
      from: lastDay,
      order: ['cell_id'],
      query: `SELECT ${day} AS day, 'c' || range AS cell_id, 'g' || (range % 40) AS grid_id,
      CASE range % 3 WHEN 0 THEN 'urban' WHEN 1 THEN 'county' ELSE 'rural' END AS area FROM range(2010)`,
    },
    {
      id: 'subscriber',
      from: lastDay,
      order: ['sub'],
      query: `SELECT range AS sub, ${day} AS day, 'u' || lpad(CAST(range AS VARCHAR), 9, '0') AS subscriber_id,
      CASE WHEN ${s('nocust', 200)} > 0 THEN 'k' || (range % ${Math.ceil(n * 0.9)}) END AS customer_id, CAST(13000000000 + range AS VARCHAR) AS number,
      ${day} - CAST(${s('joined', 3000)} AS INTEGER) AS joined_on, CASE WHEN ${s('act', 50)} > 0 THEN ${day} - CAST(${s('joined', 3000)} - ${s('joined', 3000)} % 3 AS INTEGER) END AS activated_on,
      CASE WHEN ${s('st', 100)} < 4 THEN 'closed' WHEN ${s('st', 100)} < 6 THEN 'ported_out' WHEN ${s('st', 100)} < 10 THEN 'grace' WHEN ${s('st', 100)} < 13 THEN 'suspended' ELSE 'active' END AS status,
      ${day} - CAST(${s('since', 300)} AS INTEGER) AS status_since, CASE WHEN ${s('payment', 5)} > 0 THEN 'prepaid' ELSE 'postpaid' END AS payment,
      CASE WHEN ${s('plan', 40)} > 0 THEN 'p' || ${s('plan', 12)} END AS plan_id, 'brand' || ${s('brand', 3)} AS brand, 'g' || (range % 40) AS grid_id, NULL::VARCHAR AS agent_id,
      NULL::VARCHAR AS forward_to, CASE WHEN ${s('fwd', 60)} > 0 THEN ${s('fwd', 60)} = 1 END AS forward_off_net ${all}`,
    },
    {
      id: 'device',
      from: lastDay,
      order: ['sub'],
      query: `SELECT range AS sub, ${day} AS day, CAST(860000000000000 + range AS VARCHAR) AS imei, 'maker' || ${s('maker', 9)} AS brand,
      'm' || ${s('model', 90)} AS model, ${s('dual', 3)} > 0 AS dual_sim, 3 + ${s('gen', 3)} AS generation, ${day} - CAST(${s('dev', 1500)} AS INTEGER) AS since ${all} WHERE ${s('nodev', 25)} > 0`,
    },
    {
      id: 'subscription',
      from: lastDay,
      order: ['order_id'],
      query: `SELECT range % ${n} AS sub, ${day} AS day, 'o' || range AS order_id,
      CASE WHEN ${s('isplan', 5)} > 0 THEN 'x' || ${s('prod', 20)} END AS product_id, CASE WHEN ${s('isplan', 5)} = 0 THEN 'p' || ${s('to', 12)} END AS plan_id,
      CASE WHEN ${s('isplan', 5)} = 0 THEN 'p' || ${s('from', 12)} END AS previous_plan_id, ${day} - CAST(${s('ordered', 500)} AS INTEGER) AS ordered_on,
      CASE WHEN ${s('cancel', 3)} = 0 THEN ${day} - CAST(${s('ordered', 500)} / 2 AS INTEGER) END AS cancelled_on FROM range(${n})`,
    },
    {
      id: 'contract',
      from: lastDay,
      order: ['contract_id'],
      query: `SELECT range * 2 AS sub, ${day} AS day, 'ct' || range AS contract_id, 'handset' AS kind, ${day} - CAST(${s('cs', 700)} AS INTEGER) AS starts_on,
      ${day} - CAST(${s('cs', 700)} AS INTEGER) + 720 AS ends_on, 100 * ${s('floor', 90)} AS floor_fee, CASE WHEN ${s('broke', 15)} = 0 THEN ${day} - 20 END AS ended_early_on FROM range(${Math.floor(n / 2)})`,
    },
  ]
}

function money(n: number): SmallFeed[] {
  const s = (salt: string, m: number) => h(salt, m, 'sub', 'i')
  const month = monthStart(lastDay)
  const bills = Array.from({ length: 7 }, (_, i) => addMonths(month, -1 - i))
  const monthly = (columns: string) =>
    bills
      .map(
        m =>
          `SELECT sub, DATE '${addMonths(m, 1)}' AS day, DATE '${m}' AS month, ${columns} FROM (SELECT range AS sub, '${m}' AS i FROM range(${n})) WHERE ${s('bill', 30)} > 0`,
      )
      .join(' UNION ALL ')
  return [
    {
      id: 'recharge',
      from: yearAgo,
      query: `SELECT sub, CAST(paid_at AS DATE) AS day, 'r' || sub || '-' || i AS recharge_id, paid_at, 1000 * (1 + ${s('amount', 9)}) AS amount,
      CASE ${s('way', 3)} WHEN 0 THEN 'app' WHEN 1 THEN 'agent' ELSE 'shop' END AS way
      FROM (SELECT sub, i, CAST(DATE '${yearAgo}' + CAST(${s('on', 400)} AS INTEGER) AS TIMESTAMP) + to_seconds(${s('at', 86_400)}) AS paid_at
        FROM (SELECT range AS sub FROM range(${n}) WHERE ${h('payment', 5, 'range')} > 0), range(14) AS r(i) WHERE ${s('has', 3)} > 0)`,
    },
    {
      id: 'bill',
      from: addMonths(month, -8),
      query:
        monthly(`1000 + ${s('total', 14_000)} AS total, 800::BIGINT AS plan_fee, ${s('vf', 300)} AS voice_fee, 0::BIGINT AS sms_fee,
      ${s('df', 700)} AS data_fee, ${s('va', 200)} AS value_added_fee, 0::BIGINT AS discount, 1000 + ${s('total', 14_000)} - CASE WHEN ${s('owes', 9)} = 0 THEN ${s('owed', 900)} ELSE 0 END AS paid`),
    },
    {
      id: 'monthly_summary',
      from: addMonths(month, -8),
      query:
        monthly(`CASE WHEN ${s('nil', 25)} > 0 THEN ${s('rev', 14_000)} END AS revenue, ${s('on', 60_000)} / 100.0::DOUBLE AS voice_on_net_min,
      ${s('off', 30_000)} / 100.0::DOUBLE AS voice_off_net_min, ${s('sms', 50)} AS sms_count, ${s('kib', 4_000_000)} AS data_kib, ${s('rc', 4)} AS recharge_count, 1000 * ${s('ra', 9)} AS recharge_amount, ${s('ad', 31)} AS active_days`),
    },
  ]
}

function care(n: number): SmallFeed[] {
  const s = (salt: string, m: number) => h(salt, m, 'range')
  const on = (salt: string, days: number) => `DATE '${lastDay}' - CAST(${s(salt, days)} AS INTEGER)`
  const some = (share: number) => `FROM range(${Math.ceil(n * share)})`
  return [
    {
      id: 'service_contact',
      from: yearAgo,
      query: `SELECT ${s('sub', n)} AS sub, ${on('on', 390)} AS day, 'sc' || range AS service_contact_id, CAST(${on('on', 390)} AS TIMESTAMP) + to_seconds(${s('at', 86_400)}) AS at,
      CASE WHEN ${s('k', 10)} < 5 THEN 'enquiry' WHEN ${s('k', 10)} < 8 THEN 'complaint' WHEN ${s('k', 10)} < 9 THEN 'request' ELSE 'leaving' END AS kind, NULL::VARCHAR AS topic,
      CASE WHEN ${s('open', 6)} > 0 THEN ${on('on', 390)} END AS closed_on, CASE WHEN ${s('sat', 3)} > 0 THEN ${s('sat', 3)} = 1 END AS satisfied ${some(0.8)}`,
    },
    {
      id: 'fault',
      from: lastDay,
      order: ['fault_id'],
      query: `SELECT ${s('sub', n)} AS sub, ${day} AS day, 'f' || range AS fault_id, ${on('on', 500)} AS reported_on,
      CASE WHEN ${s('open', 8)} > 0 THEN ${on('on', 500)} + 2 END AS repaired_on, 'slow' AS kind ${some(0.2)}`,
    },
    {
      id: 'installation',
      from: lastDay,
      order: ['installation_id'],
      query: `SELECT ${s('sub', n)} AS sub, ${day} AS day, 'i' || range AS installation_id, ${on('on', 500)} AS ordered_on, ${on('on', 500)} + 5 AS promised_on,
      CASE WHEN ${s('open', 8)} > 0 THEN ${on('on', 500)} + 6 END AS installed_on, ${s('late', 4)} = 0 AS delayed_by_carrier ${some(0.1)}`,
    },
    {
      id: 'visit',
      from: yearAgo,
      query: `SELECT ${s('sub', n)} AS sub, ${on('on', 390)} AS day, 'v' || range AS visit_id, ${on('on', 390)} AS visited_on, 'phone' AS way, ${s('r', 3)} > 0 AS reached ${some(0.3)}`,
    },
    {
      id: 'score',
      from: yearAgo,
      query: `SELECT ${s('sub', n)} AS sub, ${on('on', 60)} AS day, 'elsewhere' AS model, ${on('on', 60)} AS scored_on, ${s('score', 1000)} / 1000.0::DOUBLE AS score ${some(1)}`,
    },
    {
      id: 'warning',
      from: yearAgo,
      query: `SELECT ${s('sub', n)} AS sub, ${on('on', 120)} AS day, ${on('on', 120)} AS raised_on, CASE ${s('l', 3)} WHEN 0 THEN 'high' WHEN 1 THEN 'medium' ELSE 'low' END AS level ${some(0.3)}`,
    },
    {
      id: 'contact',
      from: yearAgo,
      query: `SELECT ${s('sub', n)} AS sub, ${on('on', 120)} AS day, 'c' || range AS contact_id, CAST(${on('on', 120)} AS TIMESTAMP) + to_seconds(${s('at', 86_400)}) AS at, 'sms' AS channel,
      ${s('r', 3)} > 0 AS reached, NULL::VARCHAR AS outcome ${some(0.3)}`,
    },
  ]
}
