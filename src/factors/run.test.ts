import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type FeedId, feeds } from '#ingest'
import { addDays, type DaySpan, plainDate } from '#kernel'
import { fileDigest, openWarehouse, type Shelf, sql, type Warehouse } from '#warehouse'
import { type FactorCatalogue, readFactors } from './catalogue.ts'
import { explainFactor, explainValue } from './explain.ts'
import { runFactors } from './run.ts'
import { runChild } from './run-child.fixture.ts'
import { dice, randomRows, shelve, shelveKeys } from './shelf.fixture.ts'
import { factorDays, factorsOff, factorTable, factorVector } from './table.ts'

const asOf = plainDate('2026-03-05')
const catalogueFolder = path.join(import.meta.dirname, '../../catalogue/factors')
let folder: string
let warehouse: Warehouse
let catalogue: FactorCatalogue

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'weiwan-run-'))
  warehouse = await openWarehouse({ memoryMiBMax: 1024, threads: 2, spillFolder: path.join(folder, 'spill') })
  catalogue = await readFactors(catalogueFolder)
})
afterEach(async () => {
  warehouse.close()
  await rm(folder, { recursive: true, force: true })
})

/** A shelf on which some feeds were delivered, each for the given days. */
async function shelfOf(name: string, delivered: readonly FeedId[], span: DaySpan): Promise<Shelf> {
  const shelf = { root: path.join(folder, name) }
  const roll = dice(7)
  await shelveKeys(warehouse, shelf, 30, span.from)
  for (const feed of feeds.filter(f => delivered.includes(f.id))) {
    await shelve(warehouse, shelf, feed.id, span, randomRows(roll, feed, span, 30))
  }
  return shelf
}

const year: DaySpan = { from: addDays(asOf, -520), to: addDays(asOf, 3) }
const allFeeds = feeds.map(f => f.id)

test('the same inputs are computed once; equal inputs elsewhere give equal bytes', async () => {
  const one = await shelfOf('one', allFeeds, year)
  const other = await shelfOf('other', allFeeds, year)
  expect(await runFactors(warehouse, { shelf: one }, catalogue, asOf)).toMatchObject({
    written: true,
    off: [],
  })
  expect(await runFactors(warehouse, { shelf: one }, catalogue, asOf)).toMatchObject({
    written: false,
    daysFolded: 0,
  })
  await runFactors(warehouse, { shelf: other }, catalogue, asOf)
  expect(await digests(one)).toEqual(await digests(other))
})

test('an ordinary night folds one new day of events', async () => {
  const shelf = await shelfOf('shelf', allFeeds, year)
  expect((await runFactors(warehouse, { shelf }, catalogue, asOf)).daysFolded).toBe(60)
  expect((await runFactors(warehouse, { shelf }, catalogue, addDays(asOf, 1))).daysFolded).toBe(1)
  expect(await factorDays(shelf)).toEqual([asOf, addDays(asOf, 1)])
})

test('a corrected day is folded again and no other', async () => {
  const shelf = await shelfOf('shelf', allFeeds, year)
  await runFactors(warehouse, { shelf }, catalogue, asOf)
  const usage = feeds.find(f => f.id === 'usage')
  if (usage === undefined) throw new Error('no feed of usage')
  const corrected = { from: addDays(asOf, -5), to: addDays(asOf, -4) }
  await shelve(warehouse, shelf, 'usage', corrected, randomRows(dice(9), usage, corrected, 30), 2)
  expect(await runFactors(warehouse, { shelf }, catalogue, asOf)).toMatchObject({
    written: true,
    daysFolded: 1,
  })
})

test('without a feed what depends on it is off with the reason, its columns are empty, the rest stands', async () => {
  const shelf = await shelfOf('shelf', ['subscriber', 'recharge'], year)
  const run = await runFactors(warehouse, { shelf }, catalogue, asOf)
  const off = new Map(run.off.map(o => [o.id, o.fault]))
  expect(off.get('balance')).toMatchObject({ code: 'factor.feed-off', en: 'not delivered: balance' })
  expect(off.get('arpu_3m')?.code).toBe('factor.feed-off')
  expect(off.get('arpu_change_3m')?.code).toBe('factor.feed-off')
  expect(off.get('balance_days_left')?.code).toBe('factor.feed-off')
  for (const on of [
    'status',
    'recharge_count_30d',
    'days_since_recharge',
    'contacts_30d',
    'days_to_month_end',
  ]) {
    expect(off.has(on)).toBe(false)
  }
  expect((await factorsOff(warehouse, shelf, asOf)).map(o => o.id)).toEqual([...off.keys()].toSorted())
  const table = await factorTable(shelf, asOf)
  const [row] = await warehouse.rows(
    sql`SELECT count(*) AS n, count(status) AS known, count(balance) AS empty, max(contacts_30d) AS contacts FROM ${table ?? sql`none`}`,
  )
  expect(row).toEqual({ n: run.rows, known: run.rows, empty: 0, contacts: 0 })
})

test('without the feed of subscribers every key has its row', async () => {
  const shelf = await shelfOf('shelf', ['monthly_summary'], year)
  const run = await runFactors(warehouse, { shelf }, catalogue, asOf)
  expect(run.rows).toBe(30)
  expect(run.off.map(o => o.id)).not.toContain('summary_revenue_3m')
  expect(run.off.map(o => o.id)).toContain('status')
})

test('a window that reaches back further than its feed is off; looking for the newest row is not', async () => {
  const shelf = await shelfOf('shelf', allFeeds, { from: addDays(asOf, -40), to: asOf })
  const { off } = await runFactors(warehouse, { shelf }, catalogue, asOf)
  const reasons = new Map(off.map(o => [o.id, o.fault.en]))
  expect(reasons.get('recharge_count_90d')).toBe(
    `feed recharge reaches back to ${addDays(asOf, -40)}, the window needs ${addDays(asOf, -90)}`,
  )
  expect(reasons.has('voice_change_30d')).toBe(true)
  for (const on of ['recharge_count_30d', 'last_recharge_on', 'days_since_recharge', 'warnings_90d'])
    expect(reasons.has(on)).toBe(false)
})

test('one subscriber is explained: the value, yesterday’s, and what makes it', async () => {
  const shelf = await shelfOf('shelf', allFeeds, year)
  await runFactors(warehouse, { shelf }, catalogue, addDays(asOf, -1))
  await runFactors(warehouse, { shelf }, catalogue, asOf)
  const table = await factorTable(shelf, asOf)
  const [first] = await warehouse.rows<{ subscriber_id: string; recharge_count_90d: number }>(
    sql`SELECT * FROM ${table ?? sql`none`} ORDER BY sub LIMIT 1`,
  )
  const subscriberId = first?.subscriber_id ?? ''
  expect(await factorVector(warehouse, shelf, asOf, subscriberId)).toEqual(first)
  const explained = await explainValue(warehouse, shelf, catalogue, {
    id: 'recharge_count_90d',
    asOf,
    subscriberId,
  })
  expect(explained).toMatchObject({
    ok: true,
    value: { value: first?.recharge_count_90d, before: expect.any(Number) },
  })
  const unknown = await explainValue(warehouse, shelf, catalogue, {
    id: 'balance',
    asOf,
    subscriberId: 'nobody',
  })
  expect(unknown).toMatchObject({ ok: false, fault: { code: 'factor.subscriber-unknown' } })
  const meaning = explainFactor(catalogue, 'arpu_3m')
  expect(meaning).toMatchObject({ ok: true, value: { usedBy: expect.arrayContaining(['plan_fee_to_arpu']) } })
  expect(explainFactor(catalogue, 'nothing')).toMatchObject({ ok: false, fault: { code: 'factor.unknown' } })
})

test('killed at any moment and started again, it ends with the same files', {
  timeout: 300_000,
}, async ({ annotate }) => {
  const untouched = await shelfOf('untouched', allFeeds, year)
  const bare = path.join(folder, 'bare')
  await cp(untouched.root, bare, { recursive: true })
  await runFactors(warehouse, { shelf: untouched }, catalogue, asOf)
  const whole = await digests(untouched)
  const points = new Map<string, number>()
  for (let i = 0; i < 6; i++) {
    const root = path.join(folder, `killed-${i}`)
    await cp(bare, root, { recursive: true })
    await killedRun(root, i * 110)
    const left = await names({ root })
    const point = left.some(n => n.startsWith('factor/'))
      ? 'done'
      : `${left.filter(n => n.startsWith('partial/') && n.endsWith('.json')).length} partials`
    points.set(point, (points.get(point) ?? 0) + 1)
    await runFactors(warehouse, { shelf: { root } }, catalogue, asOf)
    expect(await digests({ root })).toEqual(whole)
  }
  await annotate(`killed after: ${JSON.stringify(Object.fromEntries(points))}`)
})

/** Runs the night in a process of its own; kills it and everything it started so long after it began. */
async function killedRun(root: string, afterMs: number): Promise<void> {
  const child = spawn(process.execPath, [runChild, root, asOf, catalogueFolder], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const closed = once(child, 'close')
  await Promise.race([once(child.stdout, 'data'), closed])
  await Promise.race([sleep(afterMs), closed])
  if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL')
  await closed
}

async function names(shelf: Shelf): Promise<string[]> {
  return (await readdir(shelf.root, { recursive: true })).toSorted()
}

/** Every file that factors keep, by content; half files of a killed writer are swept by whoever holds the lock. */
async function digests(shelf: Shelf): Promise<Record<string, string>> {
  const kept = (await names(shelf)).filter(n => /^(factor|factor_off|partial)\/.*(parquet|json)$/.test(n))
  const all = await Promise.all(kept.map(async n => [n, await fileDigest(path.join(shelf.root, n))] as const))
  return Object.fromEntries(all)
}
