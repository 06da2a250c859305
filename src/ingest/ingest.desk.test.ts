import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import type { Desk } from '#desk'
import { addDays, plainDate } from '#kernel'
import { type Carrier, openCarrier, verdictOf } from '../../test/support/carrier.ts'
import { freshDesk } from '../../test/support/desk.ts'
import { ingestMigrations, keepDeliveries, keptChecks, keptDeliveries } from './book.ts'
import { checkFeeds } from './check.ts'
import type { CheckedFeed } from './finding.ts'
import { loadDelivery, loadFeeds } from './load.ts'
import { pendingDeliveries } from './pending.ts'

let desk: Desk
let carrier: Carrier
beforeAll(async () => {
  desk = await freshDesk(ingestMigrations)
})
afterAll(() => desk.close())
beforeEach(async () => {
  carrier = await openCarrier()
})
afterEach(async () => {
  await carrier.close()
  await desk.pool.query('truncate ingest_delivery, ingest_check')
})

const billing = `
carrier: Test
time_zone: Asia/Shanghai
feeds:
  recharge:
    source: postgres
    connection: BILLING_URL
    since: 2026-03-01
    query: SELECT * FROM pay WHERE at >= {from} AND at < {to}
    columns:
      recharge_id: sn
      subscriber_id: who
      paid_at: at
      amount: { column: yuan, unit: yuan }
      way: { constant: app }
`

async function billingDatabase(): Promise<string> {
  const name = `billing_${process.pid}`
  const admin = new pg.Client({ connectionString: inject('deskServer') })
  await admin.connect()
  await admin.query(`drop database if exists ${name}`)
  await admin.query(`create database ${name}`)
  await admin.end()
  return inject('deskServer').replace(/\/postgres$/, `/${name}`)
}

async function said(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(text)
  await client.end()
}

test('a PostgreSQL query becomes a feed, day after day, whatever order its rows come in', async () => {
  const url = await billingDatabase()
  await said(
    url,
    `create table pay (sn text, who text, at timestamp, yuan numeric(12, 2), note text);
    insert into pay values ('R1', 'S1', '2026-03-01 08:00', 30.5, 'a,"b"' || chr(10) || '\\N'), ('R2', 'S2', '2026-03-02 00:00', -1, null);
    insert into pay select 'X' || i, 'S' || i % 7, '2026-03-01 09:00', i, '' from generate_series(1, 60) i`,
  )
  const mapping = await carrier.mapping(billing)
  const target = { ...carrier.target, environment: { BILLING_URL: url } }
  const load = async (asOf: string) =>
    verdictOf(await loadFeeds(target, mapping, carrier.folder, plainDate(asOf)))
  expect(await load('2026-03-02')).toBe('loaded')
  expect(
    (await carrier.shelved('recharge', 'recharge_id, paid_at, amount')).find(r => r[0] === 'R1'),
  ).toEqual(['R1', '2026-03-01 00:00:00', 3050])
  expect(await load('2026-03-02')).toBe('')
  await said(url, `update pay set note = note where sn like 'X1%'`) // moves rows about in the table
  const first = { from: plainDate('2026-03-01'), to: plainDate('2026-03-02') }
  const again = await loadDelivery(target, mapping, { feed: 'recharge', span: first }, first.to)
  expect(again.state).toBe('unchanged')
  expect(await load('2026-03-03')).toBe('delivery.too-many-bad-rows')
  await said(url, `update pay set yuan = 1 where sn = 'R2'`)
  expect(await load('2026-03-03')).toBe('loaded')
  expect(
    (await pendingDeliveries(mapping, carrier.folder, target.shelf, plainDate('2026-03-05'))).map(
      d => d.span,
    ),
  ).toEqual([{ from: '2026-03-03', to: '2026-03-05' }])
})

test('a database that is not there, not named or does not understand the query refuses with its own fault', async () => {
  const url = await billingDatabase()
  const mapping = await carrier.mapping(billing)
  const load = async (environment: Record<string, string>) =>
    verdictOf(
      await loadFeeds({ ...carrier.target, environment }, mapping, carrier.folder, plainDate('2026-03-02')),
    )
  expect(await load({})).toBe('delivery.connection-unset')
  expect(await load({ BILLING_URL: 'postgres://nobody@127.0.0.1:9/none' })).toBe('delivery.query-failed')
  expect(await load({ BILLING_URL: url })).toBe('delivery.query-failed')
  await said(url, 'create table pay (sn text, at timestamp)')
  expect(await load({ BILLING_URL: url })).toBe('delivery.columns-missing')
  expect(await carrier.shelved('recharge', 'sub')).toEqual([])
})

const daily = `
carrier: Test
time_zone: Asia/Shanghai
feeds:
  recharge: { source: parquet, path: 'recharge/{from}_{to}.parquet', columns: same }
`
const day0 = plainDate('2026-02-02')

/** Delivers `days` days of recharges from `day0` in one file, then what `last` says for the next day. */
async function live(days: number, last: { rows: number; times?: number; dirt?: number }): Promise<void> {
  const rows = (from: number, to: number, perDay: number, times = 1, dirt = 0) => `SELECT
      'R' || d || '-' || i AS recharge_id, 'S' || i % 500 AS subscriber_id,
      CAST(DATE '${day0}' + CAST(d AS INTEGER) AS TIMESTAMP) + INTERVAL 1 HOUR AS paid_at,
      CASE WHEN i < ${dirt} THEN -1 ELSE CAST((100 + hash(i, d) % 9000) * ${times} AS BIGINT) END AS amount, 'app' AS way
    FROM range(${from}, ${to}) t(d), range(${perDay}) s(i)`
  const end = addDays(day0, days)
  await carrier.deliverParquet(`recharge/${day0}_${end}.parquet`, rows(0, days, 1000))
  const name = `recharge/${end}_${addDays(end, 1)}.parquet`
  await carrier.deliverParquet(name, rows(days, days + 1, last.rows, last.times, last.dirt))
}

async function morning(asOf: string, mapping = daily): Promise<CheckedFeed | undefined> {
  const day = plainDate(asOf)
  const outcomes = await loadFeeds(carrier.target, await carrier.mapping(mapping), carrier.folder, day)
  await keepDeliveries(desk.db, carrier.target.shelf, outcomes, day)
  const checked = await checkFeeds(desk.db, carrier.target.shelf, day)
  expect(await keptChecks(desk.db, day)).toEqual(checked)
  return checked.find(c => c.feed === 'recharge')
}
const asOf = addDays(day0, 31)
const told = (feed: CheckedFeed | undefined) =>
  feed?.findings.filter(f => f.verdict !== 'pass').map(f => `${f.check} ${f.verdict}`)

test('a usual day passes, and feeds never delivered are off', async () => {
  await live(30, { rows: 1010 })
  const feed = await morning(asOf)
  expect([feed?.verdict, told(feed)]).toEqual(['pass', []])
  const others = await keptChecks(desk.db, asOf)
  expect(new Set(others.filter(c => c.feed !== 'recharge').map(c => c.verdict))).toEqual(new Set(['off']))
  for (const f of feed?.findings ?? []) expect(f.en.length * f.zh.length).toBeGreaterThan(0)
})

test('half the rows hold, a unit that changed holds, and bad rows warn', async () => {
  await live(30, { rows: 400 })
  expect(told(await morning(asOf))).toEqual(['volume hold'])
  await live(30, { rows: 1000, times: 100 })
  expect(told(await morning(asOf))).toContain('distribution hold')
  await live(30, { rows: 1000, dirt: 30 })
  expect(told(await morning(asOf))).toEqual(['quarantine warn'])
})

test('a day that did not come holds, and comes with the refusal that kept it away', async () => {
  await live(30, { rows: 1000 })
  expect(told(await morning(asOf))).toEqual([])
  expect(told(await morning(addDays(asOf, 1)))).toEqual(['freshness hold'])
  const name = `recharge/${asOf}_${addDays(asOf, 1)}.parquet`
  await carrier.deliver(name, 'not a Parquet file')
  const held = await morning(addDays(asOf, 1))
  expect(told(held)).toEqual(['freshness hold'])
  expect(held?.findings[0]?.en).toContain('cut off')
  const [refused] = await keptDeliveries(desk.db, 1)
  expect([refused?.state, refused?.fault?.code]).toEqual(['refused', 'delivery.truncated'])
})

/** A usual delivery of the day that is then checked, and the same with something wrong. */
async function nextDay(query: (rows: string) => string): Promise<CheckedFeed | undefined> {
  await carrier.close()
  carrier = await openCarrier()
  await desk.pool.query('truncate ingest_delivery, ingest_check')
  await live(30, { rows: 1000 })
  const day = addDays(asOf, -1)
  const usual = `SELECT 'R30-' || i AS recharge_id, 'S' || i % 500 AS subscriber_id,
      CAST(DATE '${day}' AS TIMESTAMP) + INTERVAL 1 HOUR AS paid_at,
      CAST(100 + hash(i, 30) % 9000 AS BIGINT) AS amount, 'app' AS way FROM range(1000) s(i)`
  await carrier.deliverParquet(`recharge/${day}_${asOf}.parquet`, query(usual))
  return morning(asOf)
}

test('a delivery that lost a column, changed a type, doubled its rows or is of another day holds the feed, with the reason', async () => {
  const held = async (query: (rows: string) => string) => {
    const feed = await nextDay(query)
    const findings = feed?.findings.filter(f => f.verdict === 'hold') ?? []
    expect(findings.every(f => f.en !== '' && f.zh !== '')).toBe(true)
    return [feed?.verdict, ...findings.map(f => `${f.check}: ${f.en}`)]
  }
  const day = addDays(asOf, -1)
  const said = (text: string) => ['hold', expect.stringContaining(text)]
  expect(await held(rows => rows)).toEqual(['pass'])
  expect(await held(rows => `SELECT recharge_id, subscriber_id, paid_at, way FROM (${rows})`)).toEqual(
    said('lacks or repeats columns that the mapping names: amount'),
  )
  expect(
    await held(
      rows => `SELECT recharge_id, subscriber_id, paid_at, way, '¥' || amount AS amount FROM (${rows})`,
    ),
  ).toEqual(said('1000 of 1000 rows of recharge'))
  expect(
    await held(
      rows =>
        `SELECT recharge_id, subscriber_id, CAST(epoch(paid_at) AS BIGINT) AS paid_at, way, amount FROM (${rows})`,
    ),
  ).toEqual(said('1000 of 1000 rows of recharge'))
  expect(await held(rows => `${rows} UNION ALL ${rows}`)).toEqual(said('1000 of 2000 rows of recharge'))
  expect(
    await held(rows => `${rows} UNION ALL SELECT 'X' || recharge_id, * EXCLUDE (recharge_id) FROM (${rows})`),
  ).toEqual(said('2000 rows; 1000 are usual'))
  expect(await held(rows => `SELECT * REPLACE (paid_at - INTERVAL 1 DAY AS paid_at) FROM (${rows})`)).toEqual(
    said('1000 of 1000 rows of recharge'),
  )
  const again = `SELECT 'R30-' || i AS recharge_id, 'S' || i % 500 AS subscriber_id, CAST(DATE '${day}' AS TIMESTAMP) + INTERVAL 1 HOUR AS paid_at,
    CAST(100 + hash(i, 29) % 9000 AS BIGINT) AS amount, 'app' AS way FROM range(1000) s(i)`
  expect(await held(() => again)).toEqual(said(`exactly as those of ${addDays(day, -1)}`))
})

test('a column that may be missing and now always is holds the feed', async () => {
  const mapping = daily
    .replace('recharge: {', 'service_contact: {')
    .replace('recharge/', 'service/')
    .replace(
      'columns: same',
      'columns: { service_contact_id: id, subscriber_id: who, at: at, kind: { constant: enquiry }, topic: topic }',
    )
  const contacts = (
    from: number,
    to: number,
    topic: string,
  ) => `SELECT 'C' || d || '-' || i AS id, 'S' || i AS who,
      CAST(DATE '${day0}' + CAST(d AS INTEGER) AS TIMESTAMP) AS at, ${topic} AS topic FROM range(${from}, ${to}) t(d), range(600) s(i)`
  const end = addDays(day0, 30)
  const topic = `CASE WHEN hash(i, d) % 3 > 0 THEN 'bills' END`
  const found = async (lastTopic: string) => {
    await carrier.deliverParquet(`service/${day0}_${end}.parquet`, contacts(0, 30, topic))
    await carrier.deliverParquet(`service/${end}_${asOf}.parquet`, contacts(30, 31, lastTopic))
    await morning(asOf, mapping)
    return (await keptChecks(desk.db, asOf)).find(c => c.feed === 'service_contact')
  }
  expect(told(await found(topic))).toEqual([])
  const held = await found('CAST(NULL AS VARCHAR)')
  expect(told(held)).toEqual(['distribution hold'])
  expect(held?.findings.find(f => f.verdict === 'hold')?.en).toContain('topic')
})

test('what is kept does not depend on whether keeping was interrupted', async () => {
  await live(30, { rows: 1000, dirt: 9 })
  await morning(asOf)
  const kept = await keptDeliveries(desk.db, 50)
  expect(kept.map(k => [k.version, k.state, k.rows, k.quarantined])).toEqual([
    [1, 'loaded', 991, 9],
    [1, 'loaded', 30_000, 0],
  ])
  await desk.pool.query('delete from ingest_delivery')
  await keepDeliveries(desk.db, carrier.target.shelf, [], asOf)
  await keepDeliveries(desk.db, carrier.target.shelf, [], asOf)
  expect(await keptDeliveries(desk.db, 50)).toEqual(kept)
})

test('a snapshot of state followed by changes only is nothing to hold', async () => {
  const mapping = daily.replace('recharge: {', 'device: {').replace('recharge/', 'device/')
  const devices = (rows: number, day: string) =>
    `SELECT 'S' || i AS subscriber_id, 'I' || i AS imei, DATE '${day}' AS since FROM range(${rows}) t(i)`
  await carrier.deliverParquet(`device/${day0}_${addDays(day0, 1)}.parquet`, devices(2000, day0))
  for (let n = 1; n < 20; n++) {
    const day = addDays(day0, n)
    await carrier.deliverParquet(`device/${day}_${addDays(day, 1)}.parquet`, devices(3 + (n % 2), day))
  }
  for (const n of [8, 15, 20]) {
    await morning(addDays(day0, n), mapping)
    const device = (await keptChecks(desk.db, addDays(day0, n))).find(c => c.feed === 'device')
    expect([n, device?.verdict]).toEqual([n, 'pass'])
  }
})
