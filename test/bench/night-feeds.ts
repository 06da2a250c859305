import { type Column, type Feed, type FeedId, feedOf, sqlType } from '#ingest'
import { addDays, addMonths, type DaySpan, daysBetween, daysOf, monthStart, type PlainDate } from '#kernel'
import { firstMorning } from './night-span.ts'
import { usageColumns, usageRows } from './night-usage.ts'

/** How many rows of each thing there are. */
export interface Size {
  readonly subscribers: number
}

/** Rows before their columns: `h` is a number that belongs to the thing, `v` one that belongs to the thing on this day. */
interface Recipe {
  readonly rows: string
  readonly columns: Readonly<Record<string, string>>
}

/** SELECT of a feed's rows of a span as a load leaves them: every column of the contract has values. */
export function queryOf(id: FeedId, size: Size, span: DaySpan): string {
  const feed = feedOf(id)
  const { rows, columns } = recipes[id](size, span)
  const named = feed.columns.some(c => c.name === 'subscriber_id') ? ['sub'] : []
  const own = feed.columns
    .filter(c => c.name !== 'day' && (c.name !== 'subscriber_id' || id === 'subscriber'))
    .map(c => `CAST(${columns[c.name] ?? any(feed, c)} AS ${sqlType(c)}) AS "${c.name}"`)
  return `SELECT ${[...named, 'day', ...own].join(', ')} FROM (${rows})`
}

/** What a column holds when nothing better is said: every legal value, and nothing now and then. */
function any(feed: Feed, column: Column): string {
  const value = anyOf(feed, column)
  return column.nullable ? `CASE WHEN ${s(`${column.name} nil`, 16)} > 0 THEN ${value} END` : value
}

function anyOf(feed: Feed, column: Column): string {
  const codes = Object.keys(column.values ?? {})
  const counted = (n: number) => s(column.name, n)
  if (column.references !== undefined) return `'${column.references}' || ${counted(20)}`
  switch (column.type) {
    case 'code':
      return `list_extract([${codes.map(c => `'${c}'`).join(', ')}], 1 + ${counted(codes.length)})`
    case 'flag':
      return `${counted(2)} = 0`
    case 'integer':
    case 'money':
      return `${column.min ?? 0} + ${counted(Math.min(2000, 1 + (column.max ?? 2000) - (column.min ?? 0)))}`
    case 'number':
      return `${counted(1000)} / ${column.max === 1 ? 1000 : 10}.0`
    case 'date':
      return feed.dayColumn === column.name ? 'day' : `day - CAST(${counted(500)} AS INTEGER)`
    case 'moment':
      return `CAST(day AS TIMESTAMP) - INTERVAL 8 HOUR + to_seconds(${counted(86_400)})`
    case 'id':
    case 'text':
      return `'${column.name}' || ${counted(60)}`
  }
}

/** A number in [0, n) that belongs to the thing; `t`: to the thing on this day. */
function s(salt: string, n: number): string {
  return `CAST(hash(h, '${salt}') % ${n} AS BIGINT)`
}
function t(salt: string, n: number): string {
  return `CAST(hash(v, '${salt}') % ${n} AS BIGINT)`
}

/** Of the things numbered below `all`: every one at first, later those that are new and one in `changing` of the others. */
function things(id: FeedId, all: number, span: DaySpan, changing: number): string {
  const newDaily = Math.ceil(all / 1000)
  const nth = daysBetween(firstMorning, span.from)
  const [from, to] = nth < 0 ? [0, all] : [all + nth * newDaily, all + (nth + 1) * newDaily]
  const day = nth < 0 ? addDays(firstMorning, -1) : span.from
  const old = nth < 0 ? '' : ` OR (k < ${from} AND hash(k, '${id} ${day}') % ${changing} = 0)`
  return `SELECT k, DATE '${day}' AS day, hash(k, '${id}') AS h, hash(k, '${id}', '${day}') AS v
    FROM (SELECT range AS k FROM range(${to})) WHERE k >= ${from}${old}`
}

/** So many things that happened to a subscriber per 1000 subscribers and day. */
function happenings(id: FeedId, size: Size, span: DaySpan, per1000: number): string {
  const days = daysBetween(span.from, span.to)
  const count = Math.ceil((size.subscribers * days * per1000) / 1000)
  return `SELECT k, h, h AS v, CAST(h % ${size.subscribers} AS BIGINT) AS sub, DATE '${span.from}' + CAST((h >> 32) % ${days} AS INTEGER) AS day
    FROM (SELECT range AS k, hash(range, '${id} ${span.from}') AS h FROM range(${count}))`
}

const event =
  (id: FeedId, per1000: number, columns: Recipe['columns'] = {}) =>
  (size: Size, span: DaySpan): Recipe => ({
    rows: happenings(id, size, span, per1000),
    columns: { [feedOf(id).key[0] ?? '']: `'${id}${span.from}-' || k`, ...columns },
  })

const state =
  (id: FeedId, share: number, changing: number, columns: Recipe['columns']) =>
  (size: Size, span: DaySpan): Recipe => {
    const rows = things(id, Math.ceil(size.subscribers * share), span, changing)
    const key = feedOf(id).key[0] ?? ''
    const named = feedOf(id).columns.some(c => c.name === 'subscriber_id')
    const sub =
      key === 'subscriber_id' ? 'k' : `CAST(hash(k, '${id} holder') % ${size.subscribers} AS BIGINT)`
    return {
      rows: named ? `SELECT *, ${sub} AS sub FROM (${rows})` : rows,
      columns: { [key]: `'${id}' || k`, ...columns },
    }
  }

const list =
  (id: FeedId, count: number, columns: Recipe['columns']) =>
  (_: Size, span: DaySpan): Recipe => ({
    rows: `${things(id, count, { ...span, from: addDays(firstMorning, -1) }, 1)} AND DATE '${span.from}' < DATE '${firstMorning}'`,
    columns: { [feedOf(id).key[0] ?? '']: `'${id}' || k`, ...columns },
  })

const daily =
  (id: FeedId, share: number, columns: (nth: number) => Recipe['columns']) =>
  (size: Size, span: DaySpan): Recipe => ({
    rows: `SELECT range AS sub, DATE '${span.from}' AS day, hash(range, '${id}') AS h, hash(range, '${id} ${span.from}') AS v
      FROM range(${size.subscribers}) WHERE hash(range, '${id} gap ${span.from}') % 1000 < ${1000 * share}`,
    columns: columns(daysBetween(addMonths(firstMorning, -12), span.from)),
  })

const monthly =
  (id: FeedId, columns: Recipe['columns']) =>
  (size: Size, span: DaySpan): Recipe => {
    const firsts = daysOf(span).filter(day => day === monthStart(day))
    const one = (day: PlainDate) =>
      `SELECT range AS sub, DATE '${day}' AS day, hash(range, '${id} ${day}') AS h, hash(range, '${id}') AS v FROM range(${size.subscribers}) WHERE hash(range, '${id} bill ${day}') % 30 > 0`
    return {
      rows: firsts.map(one).join(' UNION ALL '),
      columns: { month: 'CAST(day - INTERVAL 1 MONTH AS DATE)', ...columns },
    }
  }

const base = `DATE '${addDays(firstMorning, -1)}'`
const ago = (salt: string, days: number) => `${base} - CAST(${s(salt, days)} AS INTEGER)`
const total = `1000 + ${t('total', 9000)} + ${s('total', 5000)}`

/** One for each feed; a new feed of the contract has to be thought about here. */
const recipes: Readonly<Record<FeedId, (size: Size, span: DaySpan) => Recipe>> = {
  customer: state('customer', 0.9, 2000, {
    birthday: `CASE WHEN ${s('born', 20)} > 0 THEN DATE '1950-01-01' + CAST(${s('birthday', 20_000)} AS INTEGER) END`,
    kind: `CASE WHEN ${s('kind', 20)} = 0 THEN 'enterprise' ELSE 'person' END`,
    opted_out: `${s('opted', 30)} = 0`,
  }),
  plan: list('plan', 20, { monthly_fee: 'k * 1300 + 800', voice_min: 'k * 100', data_kib: 'k * 1000000' }),
  product: list('product', 20, { monthly_fee: 'k * 100' }),
  cell: list('cell', 2010, { grid_id: `'grid' || (k % 40)` }),
  subscriber: (size, span) => {
    const joined = `CASE WHEN k < ${size.subscribers} THEN ${ago('joined', 3000)} ELSE day END`
    return state('subscriber', 1, 200, {
      subscriber_id: `'u' || lpad(CAST(k AS VARCHAR), 9, '0')`,
      customer_id: `CASE WHEN ${s('held', 200)} > 0 THEN 'customer' || (k % ${Math.ceil(size.subscribers * 0.9)}) END`,
      number: `CAST(13000000000 + k AS VARCHAR)`,
      joined_on: joined,
      activated_on: `CASE WHEN ${s('used', 50)} > 0 THEN least(${joined} + 2, day) END`,
      status: `CASE WHEN ${t('status', 100)} < 4 THEN 'closed' WHEN ${t('status', 100)} < 6 THEN 'ported_out' WHEN ${t('status', 100)} < 10 THEN 'grace'
        WHEN ${t('status', 100)} < 13 THEN 'suspended' ELSE 'active' END`,
      status_since: `day - CAST(CASE WHEN day > ${base} THEN 0 ELSE ${s('since', 300)} END AS INTEGER)`,
      payment: `CASE WHEN ${s('payment', 5)} > 0 THEN 'prepaid' ELSE 'postpaid' END`,
      grid_id: `'grid' || (k % 40)`,
      forward_off_net: `CASE WHEN ${s('forward', 60)} > 0 THEN ${s('forward', 60)} = 1 END`,
    })(size, span)
  },
  device: state('device', 0.96, 500, {
    imei: `CAST(860000000000000 + k AS VARCHAR)`,
    since: ago('since', 1500),
    generation: `3 + ${t('generation', 3)}`,
  }),
  subscription: state('subscription', 1, 400, {
    product_id: `CASE WHEN ${s('what', 5)} > 0 THEN 'product' || ${s('product', 20)} END`,
    plan_id: `CASE WHEN ${s('what', 5)} = 0 THEN 'plan' || ${s('to', 20)} END`,
    previous_plan_id: `CASE WHEN ${s('what', 5)} = 0 THEN 'plan' || ${s('from', 20)} END`,
    ordered_on: ago('ordered', 500),
    cancelled_on: `CASE WHEN ${t('cancelled', 3)} = 0 THEN ${base} - CAST(${s('ordered', 500)} / 2 AS INTEGER) END`,
  }),
  contract: state('contract', 0.5, 1000, {
    starts_on: ago('starts', 700),
    ends_on: `${ago('starts', 700)} + 720`,
    floor_fee: `100 * ${s('floor', 90)}`,
    ended_early_on: `CASE WHEN ${t('broke', 15)} = 0 THEN day END`,
  }),
  usage: ({ subscribers }, span) => ({
    rows: usageRows(subscribers, span.from),
    columns: usageColumns(subscribers),
  }),
  daily_usage: daily('daily_usage', 0.75, () => ({
    voice_count: t('calls', 9),
    sms_count: t('sms', 4),
    data_kib: `CASE WHEN ${t('nil', 20)} > 0 THEN ${t('kib', 90_000)} END`,
    fee: t('fee', 90),
  })),
  balance: daily('balance', 0.79, nth => ({
    balance: `6000 - (${nth} * (20 + ${s('rate', 180)}) + ${s('start', 5000)}) % 7500`,
  })),
  monthly_summary: monthly('monthly_summary', {
    revenue: `CASE WHEN ${s('nil', 25)} > 0 THEN ${total} END`,
    voice_on_net_min: `${s('on', 60_000)} / 100.0`,
    voice_off_net_min: `${s('off', 30_000)} / 100.0`,
    data_kib: s('kib', 4_000_000),
    active_days: `CASE WHEN ${s('active nil', 25)} > 0 THEN ${s('active', 31)} END`,
  }),
  recharge: event('recharge', 19, {
    paid_at: `CAST(day AS TIMESTAMP) - INTERVAL 8 HOUR + to_seconds(${s('at', 86_400)})`,
    amount: `1000 * (1 + ${s('amount', 9)})`,
  }),
  bill: monthly('bill', {
    total,
    paid: `${total} - CASE WHEN ${s('owes', 9)} = 0 THEN ${s('owed', 900)} ELSE 0 END`,
  }),
  service_contact: event('service_contact', 2, {
    closed_on: `CASE WHEN ${s('open', 6)} > 0 THEN day END`,
  }),
  fault: state('fault', 0.2, 300, {
    reported_on: ago('reported', 500),
    repaired_on: `CASE WHEN ${t('open', 8)} > 0 THEN ${ago('reported', 500)} + 2 END`,
  }),
  installation: state('installation', 0.1, 300, {
    ordered_on: ago('ordered', 500),
    promised_on: `${ago('ordered', 500)} + 5`,
    installed_on: `CASE WHEN ${t('open', 8)} > 0 THEN ${ago('ordered', 500)} + 6 END`,
  }),
  visit: event('visit', 0.8),
  score: event('score', 16, { model: `'elsewhere'`, scored_on: 'day' }),
  warning: event('warning', 2.5, { raised_on: 'day' }),
  warning_life: event('warning_life', 4, { looked_on: 'day', level_change: '0' }),
  contact: event('contact', 2.5),
}
