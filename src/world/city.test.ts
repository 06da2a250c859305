import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { addDays, type PlainDate, plainDate } from '#kernel'
import { fileDigest, openWarehouse, parquet, raw, sql, type Warehouse } from '#warehouse'
import { type City, type CityContact, makeCity, openCity, plantedEffects, stepCity } from './index.ts'

const root = await mkdtemp(path.join(tmpdir(), 'weiwan-world-'))
const limits = { memoryMiBMax: 1024, threads: 2 }
const warehouse: Warehouse = await openWarehouse({ ...limits, spillFolder: path.join(root, 'spill') })
afterAll(async () => {
  warehouse.close()
  await rm(root, { recursive: true, force: true })
})

const plan = { subscribers: 1200, days: 40, seed: 11, firstDay: plainDate('2026-07-20'), eventsPerDay: 12 }

/** A city of 1,200 with forty days of history, made once. */
let shared: Promise<string> | undefined
function someCity(): Promise<string> {
  shared ??= (async () => {
    const out = path.join(root, 'shared')
    const city = await makeCity({ out, ...plan, limits })
    city.close()
    return out
  })()
  return shared
}

async function copyOf(name: string): Promise<string> {
  const out = path.join(root, name)
  await cp(await someCity(), out, { recursive: true })
  return out
}

async function digests(out: string): Promise<Record<string, string>> {
  const names = (await readdir(out, { recursive: true, withFileTypes: true })).filter(e => e.isFile())
  const files = names.map(e => path.join(e.parentPath, e.name)).toSorted()
  const pairs = await Promise.all(files.map(async f => [path.relative(out, f), await fileDigest(f)] as const))
  return Object.fromEntries(pairs)
}

function contactsOf(day: PlainDate, offerId: string, from: number, to: number): CityContact[] {
  return Array.from({ length: to - from }, (_, i) => ({
    subscriberId: `S${String(from + i).padStart(9, '0')}`,
    channel: 'sms' as const,
    offerId,
    at: `${day}T02:00:00Z`,
  }))
}

async function stepOnce(
  out: string,
  contacts: (day: PlainDate) => CityContact[],
  threads = 2,
): Promise<City> {
  const before = await openCity(out, { ...limits, threads })
  const after = await stepCity(before, contacts(before.today))
  after.close()
  return after
}

test('the same seed gives the same bytes in every file, with one thread or two, made again and lived on', async () => {
  const first = await copyOf('first')
  await stepOnce(first, day => contactsOf(day, 'recharge_50_bonus_10', 0, 200))
  const again = path.join(root, 'again')
  const made = await makeCity({ out: again, ...plan, limits: { memoryMiBMax: 512, threads: 1 } })
  made.close()
  await stepOnce(again, day => contactsOf(day, 'recharge_50_bonus_10', 0, 200), 1)
  expect(await digests(again)).toEqual(await digests(first))
})

test('another seed gives another city', async () => {
  const out = path.join(root, 'other')
  const city = await makeCity({ out, ...plan, seed: 12, limits })
  city.close()
  const [one, other] = [await digests(await someCity()), await digests(out)]
  const usage = 'feeds/usage/2026-07-20_2026-08-29.parquet'
  expect(one[usage]).toBeDefined()
  expect(other[usage]).not.toBe(one[usage])
})

test('somebody lives in every county of a city, however small', async () => {
  const out = path.join(root, 'small')
  const city = await makeCity({ out, ...plan, subscribers: 400, days: 3, limits })
  city.close()
  const lines = parquet([path.join(out, 'feeds/subscriber/2026-07-20_2026-07-23.parquet')])
  const rows = await warehouse.rows<{ county: string }>(
    sql`SELECT DISTINCT split_part(grid_id, '-', 2) AS county FROM ${lines} AS l ORDER BY county`,
  )
  expect(rows.map(row => row.county)).toEqual(['1', '2', '3', '4'])
})

test('a city reopened every day lives the same days as one that stays open', async () => {
  const [open, reopened] = [await copyOf('open'), await copyOf('reopened')]
  let city = await openCity(open, limits)
  for (let i = 0; i < 3; i++)
    city = await stepCity(city, contactsOf(city.today, 'recharge_30_data_1g', 0, 100))
  city.close()
  for (let i = 0; i < 3; i++) await stepOnce(reopened, day => contactsOf(day, 'recharge_30_data_1g', 0, 100))
  expect(await digests(reopened)).toEqual(await digests(open))
})

test('every delivery has its control file, and a lived day delivers each feed that has a day', async () => {
  const out = await copyOf('lived')
  const city = await stepOnce(out, () => [])
  const day = addDays(city.today, -1)
  for (const feed of await readdir(path.join(out, 'feeds'))) {
    const files = await readdir(path.join(out, 'feeds', feed))
    const data = files.filter(f => !f.endsWith('.control.json'))
    expect(files.length, feed).toBe(2 * data.length)
    const isMonthly = feed === 'bill' || feed === 'monthly_summary'
    expect(
      data.some(f => f.startsWith(`${day}_${city.today}.`)),
      feed,
    ).toBe(!isMonthly)
  }
})

test('a city is not made over another, and one that is not there cannot be opened', async () => {
  const out = await someCity()
  await expect(makeCity({ out, ...plan, limits })).rejects.toMatchObject({
    faults: [{ code: 'world.city-exists' }],
  })
  await expect(openCity(path.join(root, 'nowhere'))).rejects.toMatchObject({
    faults: [{ code: 'world.no-city' }],
  })
  await expect(
    makeCity({ out: path.join(root, 'tiny'), ...plan, subscribers: 3, limits }),
  ).rejects.toMatchObject({
    faults: [{ code: 'world.plan-out-of-range' }],
  })
})

test('what a contact changes is what was planted, and nobody else changes at all', {
  timeout: 180_000,
}, async () => {
  const treated = path.join(root, 'treated')
  const untouched = path.join(root, 'untouched')
  const made = await makeCity({
    out: treated,
    subscribers: 6000,
    days: 2,
    seed: 5,
    eventsPerDay: 0.1,
    limits,
  })
  made.close()
  await cp(treated, untouched, { recursive: true })
  const people = 5400
  await live(treated, day => contactsOf(day, 'recharge_30_data_1g', 0, people))
  await live(untouched, () => [])
  const [from, to] = ['2026-07-03', '2026-07-10']
  const paid = (
    out: string,
  ) => sql`(SELECT subscriber_id, 1 AS y FROM ${parquet([path.join(out, 'feeds/recharge/*.parquet')])}
    WHERE paid_at + INTERVAL 8 HOUR >= ${from}::DATE AND paid_at + INTERVAL 8 HOUR < ${to}::DATE GROUP BY subscriber_id)`
  const rows = await warehouse.rows<{
    kind: string
    points: number
    n: number
    gained: number
    changed: number
    foreseen: number
  }>(sql`
    SELECT c.kind, any_value(c.points) AS points, count(*) AS n, sum(coalesce(t.y, 0) - coalesce(u.y, 0))::BIGINT AS gained,
      sum(abs(coalesce(t.y, 0) - coalesce(u.y, 0)))::BIGINT AS changed, sum((c.would_recharge = (u.y IS NOT NULL))::INTEGER)::BIGINT AS foreseen
    FROM ${parquet([path.join(treated, 'truth/contact/*.parquet')])} AS c
      LEFT JOIN ${paid(treated)} AS t ON t.subscriber_id = c.subscriber_id LEFT JOIN ${paid(untouched)} AS u ON u.subscriber_id = c.subscriber_id
    GROUP BY c.kind ORDER BY c.kind`)
  expect(rows.map(r => r.kind)).toEqual(['high', 'low', 'middle'])
  for (const row of rows) {
    const planted = plantedEffects.find(
      e => e.kind === row.kind && e.offer === 'recharge_30_data_1g' && e.channel === 'sms',
    )
    expect(row.points, row.kind).toBe(planted?.points)
    expect(row.foreseen, row.kind).toBe(row.n)
    // Each change is one draw: its count varies like a Poisson number.
    const error = 3.5 * Math.sqrt(Math.max(1, row.changed))
    expect(Math.abs(row.gained - (row.points / 100) * row.n), row.kind).toBeLessThan(error)
  }
  const [others] = await warehouse.rows<{ n: number }>(sql`
    SELECT count(*) AS n FROM (SELECT * FROM ${paid(treated)} EXCEPT SELECT * FROM ${paid(untouched)}) AS d
    WHERE subscriber_id >= ${`S${String(people).padStart(9, '0')}`}`)
  expect(others?.n).toBe(0)
})

async function live(out: string, contacts: (day: PlainDate) => CityContact[]): Promise<void> {
  let city = await openCity(out, limits)
  for (let i = 0; i < 7; i++) city = await stepCity(city, i === 0 ? contacts(city.today) : [])
  city.close()
}

test('keys name one row each, but for the few that are sent twice on purpose', async () => {
  const feeds = path.join(await someCity(), 'feeds')
  const keys: Readonly<Record<string, string>> = {
    usage: 'subscriber_id, started_at, kind, counterparty',
    daily_usage: 'subscriber_id, day',
    balance: 'subscriber_id, day',
    recharge: 'recharge_id',
    monthly_summary: 'subscriber_id, month',
    bill: 'subscriber_id, month',
    subscriber: 'subscriber_id',
    device: 'subscriber_id',
    cell: 'cell_id',
    score: 'subscriber_id, model, scored_on',
  }
  for (const [feed, key] of Object.entries(keys)) {
    const [row] = await warehouse.rows<{ rows: number; keys: number }>(sql`
      SELECT count(*) AS rows, count(DISTINCT (${raw(key)})) AS keys FROM ${parquet([path.join(feeds, feed, '*.parquet')])}`)
    const twice = feed === 'usage' || feed === 'recharge' ? (row?.rows ?? 0) * 0.001 : 0
    expect((row?.rows ?? 0) - (row?.keys ?? 0), feed).toBeLessThanOrEqual(twice)
    expect(row?.rows, feed).toBeGreaterThan(0)
  }
})
