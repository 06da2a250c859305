import { type FeedId, feedRows, feedState } from '#ingest'
import { addDays, addMonths, type DaySpan, monthStart, type PlainDate } from '#kernel'
import { ident, join, type Row, raw, type Sql, sql, type Warehouse } from '#warehouse'
import { codedOf, codedOrNull } from './coded.ts'

/** What one subscriber did and what happened to them, read from the feeds as of a day. Newest first, series oldest first. */
export interface HistorySource {
  readonly reader: Parameters<typeof feedRows>[0]
  readonly warehouse: Warehouse
  readonly asOf: PlainDate
  readonly sub: number
}

const rowsMax = 50

interface Ask {
  readonly feed: FeedId
  readonly span: DaySpan
  readonly columns: readonly string[]
  readonly newestBy: string
}

async function recent(source: HistorySource, ask: Ask): Promise<Row[]> {
  const relation = await feedRows(source.reader, ask.feed, ask.span)
  return relation === undefined ? [] : one(source, relation, ask.columns, ask.newestBy)
}

async function standing(
  source: HistorySource,
  feed: FeedId,
  columns: readonly string[],
  newestBy: string,
): Promise<Row[]> {
  const relation = await feedState(source.reader, feed, source.asOf)
  return relation === undefined ? [] : one(source, relation, columns, newestBy)
}

function one(
  source: HistorySource,
  relation: Sql,
  columns: readonly string[],
  newestBy: string,
): Promise<Row[]> {
  return source.warehouse.rows(
    sql`SELECT ${join(columns.map(ident))} FROM ${relation} AS r WHERE sub = ${source.sub}
      ORDER BY ${ident(newestBy)} DESC LIMIT ${rowsMax}`,
  )
}

const text = (row: Row, name: string) => String(row[name])
const maybeText = (row: Row, name: string) =>
  row[name] === null || row[name] === undefined ? null : String(row[name])
const number = (row: Row, name: string) => Number(row[name])
const maybeNumber = (row: Row, name: string) =>
  row[name] === null || row[name] === undefined ? null : Number(row[name])
const day = (row: Row, name: string) => text(row, name) as PlainDate
const maybeDay = (row: Row, name: string) => maybeText(row, name) as PlainDate | null
const maybeFlag = (row: Row, name: string) => (typeof row[name] === 'boolean' ? row[name] : null)
/** The engine prints UTC moments with a blank; the wire speaks ISO. */
export const moment = (row: Row, name: string) => `${text(row, name).replace(' ', 'T')}Z`

export async function months(source: HistorySource) {
  const to = monthStart(source.asOf)
  const rows = await recent(source, {
    feed: 'monthly_summary',
    span: { from: addMonths(to, -12), to: source.asOf },
    columns: [
      'month',
      'revenue',
      'voice_on_net_min',
      'voice_off_net_min',
      'sms_count',
      'data_kib',
      'recharge_amount',
      'active_days',
    ],
    newestBy: 'month',
  })
  return rows.toReversed().map(r => ({
    month: day(r, 'month'),
    revenueFen: maybeNumber(r, 'revenue'),
    minutes: sumOf(maybeNumber(r, 'voice_on_net_min'), maybeNumber(r, 'voice_off_net_min')),
    dataKib: maybeNumber(r, 'data_kib'),
    smsCount: maybeNumber(r, 'sms_count'),
    rechargeFen: maybeNumber(r, 'recharge_amount'),
    activeDays: maybeNumber(r, 'active_days'),
  }))
}

function sumOf(a: number | null, b: number | null): number | null {
  return a === null && b === null ? null : (a ?? 0) + (b ?? 0)
}

export async function days(source: HistorySource) {
  const span = { from: addDays(source.asOf, -30), to: source.asOf }
  const columns = ['day', 'voice_out_s', 'voice_in_s', 'sms_count', 'data_kib', 'fee']
  const [used, balances] = await Promise.all([
    recent(source, { feed: 'daily_usage', span, columns, newestBy: 'day' }),
    recent(source, { feed: 'balance', span, columns: ['day', 'balance'], newestBy: 'day' }),
  ])
  const byDay = new Map([...balances, ...used].map(r => [text(r, 'day'), {} as Row]))
  for (const r of [...balances, ...used]) byDay.set(text(r, 'day'), { ...byDay.get(text(r, 'day')), ...r })
  return [...byDay.values()]
    .toSorted((a, b) => (text(a, 'day') < text(b, 'day') ? -1 : 1))
    .map(r => ({
      day: day(r, 'day'),
      voiceOutS: maybeNumber(r, 'voice_out_s'),
      voiceInS: maybeNumber(r, 'voice_in_s'),
      smsCount: maybeNumber(r, 'sms_count'),
      dataKib: maybeNumber(r, 'data_kib'),
      feeFen: maybeNumber(r, 'fee'),
      balanceFen: maybeNumber(r, 'balance'),
    }))
}

const billParts = [
  ['plan_fee', { zh: '套餐费', en: 'plan' }],
  ['voice_fee', { zh: '套外语音', en: 'calls' }],
  ['sms_fee', { zh: '套外短信', en: 'messages' }],
  ['data_fee', { zh: '套外流量', en: 'data' }],
  ['value_added_fee', { zh: '增值业务', en: 'value-added' }],
  ['discount', { zh: '优惠返还', en: 'discount' }],
] as const

export async function bills(source: HistorySource) {
  const rows = await recent(source, {
    feed: 'bill',
    span: { from: addMonths(source.asOf, -12), to: source.asOf },
    columns: ['month', 'total', ...billParts.map(([name]) => name)],
    newestBy: 'month',
  })
  return rows.map(r => ({
    month: day(r, 'month'),
    totalFen: number(r, 'total'),
    parts: billParts
      .map(([code, title]) => ({
        code,
        title,
        amountFen: code === 'discount' ? -number(r, code) : number(r, code),
      }))
      .filter(part => part.amountFen !== 0),
  }))
}

export async function recharges(source: HistorySource) {
  const rows = await recent(source, {
    feed: 'recharge',
    span: { from: addMonths(source.asOf, -12), to: source.asOf },
    columns: ['recharge_id', 'paid_at', 'amount', 'way'],
    newestBy: 'paid_at',
  })
  return rows.map(r => ({
    id: text(r, 'recharge_id'),
    at: moment(r, 'paid_at'),
    amountFen: number(r, 'amount'),
    way: codedOrNull('recharge', 'way', maybeText(r, 'way')),
  }))
}

export async function orders(source: HistorySource) {
  const [relation, products, plans] = await Promise.all([
    feedState(source.reader, 'subscription', source.asOf),
    feedState(source.reader, 'product', source.asOf),
    feedState(source.reader, 'plan', source.asOf),
  ])
  if (relation === undefined) return []
  const named = (table: Sql | undefined, key: string) =>
    table === undefined
      ? raw('NULL')
      : sql`(SELECT max(n.name) FROM ${table} AS n WHERE n.${ident(key)} = o.${ident(key)})`
  const rows = await source.warehouse.rows(
    sql`SELECT order_id, ordered_on, cancelled_on, product_id, plan_id, ${named(products, 'product_id')} AS product_name,
      ${named(plans, 'plan_id')} AS plan_name FROM ${relation} AS o WHERE sub = ${source.sub} ORDER BY ordered_on DESC, order_id LIMIT ${rowsMax}`,
  )
  return rows.map(r => ({
    id: text(r, 'order_id'),
    title:
      maybeText(r, 'product_name') ??
      maybeText(r, 'plan_name') ??
      maybeText(r, 'product_id') ??
      text(r, 'plan_id'),
    kind:
      r['product_id'] === null
        ? { code: 'plan', title: { zh: '套餐', en: 'plan' } }
        : { code: 'product', title: { zh: '产品', en: 'product' } },
    orderedOn: day(r, 'ordered_on'),
    cancelledOn: maybeDay(r, 'cancelled_on'),
  }))
}

export async function contracts(source: HistorySource) {
  const columns = ['contract_id', 'kind', 'starts_on', 'ends_on', 'floor_fee', 'ended_early_on']
  return (await standing(source, 'contract', columns, 'starts_on')).map(r => ({
    id: text(r, 'contract_id'),
    kind: codedOf('contract', 'kind', text(r, 'kind')),
    startsOn: day(r, 'starts_on'),
    endsOn: day(r, 'ends_on'),
    floorFen: number(r, 'floor_fee'),
    endedEarlyOn: maybeDay(r, 'ended_early_on'),
  }))
}

export async function serviceContacts(source: HistorySource) {
  const rows = await recent(source, {
    feed: 'service_contact',
    span: { from: addMonths(source.asOf, -24), to: source.asOf },
    columns: ['service_contact_id', 'at', 'kind', 'topic', 'closed_on', 'satisfied'],
    newestBy: 'at',
  })
  return rows.map(r => ({
    id: text(r, 'service_contact_id'),
    at: moment(r, 'at'),
    kind: codedOf('service_contact', 'kind', text(r, 'kind')),
    topic: maybeText(r, 'topic'),
    closedOn: maybeDay(r, 'closed_on'),
    satisfied: maybeFlag(r, 'satisfied'),
  }))
}

export async function faults(source: HistorySource) {
  return (
    await standing(source, 'fault', ['fault_id', 'kind', 'reported_on', 'repaired_on'], 'reported_on')
  ).map(r => ({
    id: text(r, 'fault_id'),
    kind: codedOf('fault', 'kind', text(r, 'kind')),
    reportedOn: day(r, 'reported_on'),
    repairedOn: maybeDay(r, 'repaired_on'),
  }))
}

export async function visits(source: HistorySource) {
  const rows = await recent(source, {
    feed: 'visit',
    span: { from: addMonths(source.asOf, -24), to: source.asOf },
    columns: ['visit_id', 'visited_on', 'way', 'reached'],
    newestBy: 'visited_on',
  })
  return rows.map(r => ({
    id: text(r, 'visit_id'),
    visitedOn: day(r, 'visited_on'),
    way: codedOf('visit', 'way', text(r, 'way')),
    reached: r['reached'] === true,
  }))
}
