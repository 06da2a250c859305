import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addDays, type PlainDate, plainDate } from '#kernel'
import {
  fileDigest,
  openWarehouse,
  pieceFiles,
  pieces,
  type Shelf,
  type Sql,
  sql,
  type Warehouse,
} from '#warehouse'
import { shelveTable, smallCatalogue } from './quality.fixture.ts'
import { assessFactors, factorStatistics, factorVerdicts, type HeldFeeds } from './quality.ts'
import { type Bins, groupsOf, stabilityIndex } from './quality-bins.ts'

const first = plainDate('2026-06-03')
const catalogue = smallCatalogue()
const nothingHeld: HeldFeeds = new Map()
const subscribers = 2_000
let folder: string
let shelf: Shelf
let warehouse: Warehouse

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'weiwan-quality-'))
  shelf = { root: path.join(folder, 'shelf') }
  warehouse = await openWarehouse({ memoryMiBMax: 512, threads: 2, spillFolder: path.join(folder, 'spill') })
})
afterEach(async () => {
  warehouse.close()
  await rm(folder, { recursive: true, force: true })
})

/** Ordinary mornings from `first` on; answers the one after them. */
async function ordinary(mornings: number, from = first): Promise<PlainDate> {
  for (let i = 0; i < mornings; i++) {
    await shelveTable(warehouse, shelf, addDays(from, i), subscribers)
    await assess(addDays(from, i))
  }
  return addDays(from, mornings)
}

async function assess(asOf: PlainDate, held = nothingHeld) {
  const found = await assessFactors(warehouse, { shelf }, catalogue, asOf, held)
  return found ?? []
}

/** The factors that did not pass, with the code and where it comes from. */
async function found(asOf: PlainDate, held = nothingHeld): Promise<Record<string, string>> {
  const verdicts = (await assess(asOf, held)).filter(v => v.verdict !== 'pass')
  return Object.fromEntries(
    verdicts.map(v => [v.id, [v.verdict, v.code, ...(v.origin === undefined ? [] : [v.origin])].join(' ')]),
  )
}

async function damaged(asOf: PlainDate, damage: Readonly<Record<string, Sql>>) {
  await shelveTable(warehouse, shelf, asOf, subscribers, damage)
  return found(asOf)
}

test('the statistics of a morning are those of its rows', async () => {
  await shelveTable(warehouse, shelf, first, 100, {
    paid: sql`CASE WHEN sub > 10 THEN sub * 100 END`,
    per_time: sql`CASE WHEN sub > 50 THEN sub / 4 ELSE 0.5 END`,
    status: sql`CASE WHEN sub <= 60 THEN 'active' WHEN sub <= 97 THEN 'barred' ELSE 'u' || sub END`,
    last_paid: sql`DATE '2026-06-02' - CAST(sub % 10 AS INTEGER)`,
    big: sql`sub % 4 = 0`,
  })
  await assess(first)
  const all = await factorStatistics(warehouse, shelf, first)
  const of = (id: string) => all.find(s => s.id === id)
  expect(of('paid')).toMatchObject({
    rows: 100,
    sampled: 100,
    missing: 10,
    outside: 0,
    min: 1100,
    max: 10_000,
    mean: 5550,
    distinct: 90,
    quantiles: [1100, 1500, 3300, 5500, 7800, 9600, 10_000],
  })
  expect(of('per_time')).toMatchObject({ missing: 0, min: 0.5, max: 25, mean: (50 * 0.5 + 3775 / 4) / 100 })
  expect(of('last_paid')).toMatchObject({ min: '2026-05-24', max: '2026-06-02', mean: null })
  expect(of('status')?.top).toEqual([
    { value: 'active', share: 0.6 },
    { value: 'barred', share: 0.37 },
  ])
  expect(of('status')?.distinct).toBe(5)
  expect(of('status')?.bins).toEqual({ active: 60, barred: 37, '~rare': 3 })
  expect(of('big')).toMatchObject({ bins: { false: 75, true: 25 }, min: null })
})

test('equal tables give equal bytes, and are measured once', async () => {
  const day = await ordinary(8)
  const last = addDays(day, -1)
  const digests = async () => {
    const all = [...(await pieces(shelf, 'factor_quality')), ...(await pieces(shelf, 'factor_verdict'))]
    return Promise.all(all.map(p => fileDigest(pieceFiles(shelf, p)[0] ?? '')))
  }
  const before = await digests()
  await assess(last)
  expect(await digests()).toEqual(before)
  expect(before).toHaveLength(16)
  for (const dataset of ['factor_quality', 'factor_verdict']) {
    await rm(path.join(shelf.root, dataset), { recursive: true })
  }
  for (let i = 0; i < 8; i++) await assess(addDays(first, i))
  expect(await digests()).toEqual(before)
})

test('with fewer than seven mornings before there is nothing to compare with, and that is said', async () => {
  const day = await ordinary(6)
  expect(await damaged(day, { times: sql`5000` })).toEqual({})
  const times = (await factorVerdicts(warehouse, shelf, day)).find(v => v.id === 'times')
  expect(times).toMatchObject({ code: 'history-short', reason: { zh: '此前仅有 6 天可比，暂不比较' } })
})

test('undisturbed mornings are not suspect, over a month end and two', async () => {
  const day = await ordinary(40)
  for (let i = 7; i < 40; i++) expect(await found(addDays(first, i)), addDays(first, i)).toEqual({})
  expect((await factorVerdicts(warehouse, shelf, addDays(day, -1))).map(v => v.code)).toEqual(
    catalogue.factors.map(() => 'ok'),
  )
}, 120_000)

test('damage is found at the factor it happened to, and what is computed from that is suspect because of it', async () => {
  const day = await ordinary(9)
  const spoilt = 'suspect needs-suspect'
  const cases: readonly [Record<string, Sql>, Record<string, string>][] = [
    [
      { paid: sql`CASE WHEN sub % 400 = 0 THEN -1 WHEN sub % 3 = 0 THEN 0 ELSE 20000 + sub END` },
      {
        paid: 'suspect outside-range',
        per_time: `${spoilt} paid`,
        half: `${spoilt} paid`,
        big: `${spoilt} paid`,
      },
    ],
    [
      { per_time: sql`100.0::DOUBLE * (1000 + sub % 15000)` },
      { per_time: 'suspect drifted', half: `${spoilt} per_time` },
    ],
    [
      { status: sql`CAST(NULL AS VARCHAR)`, left: sql`CASE WHEN sub % 3 > 0 THEN sub END` },
      { status: 'suspect missing-jumped', left: 'suspect missing-jumped' },
    ],
    [{ left: sql`777` }, { left: 'suspect constant' }],
    [{ last_paid: sql`DATE '2026-06-10'` }, { last_paid: 'suspect constant' }],
    [{ big: sql`sub % 2 = 0` }, { big: 'suspect drifted' }],
    [{ paid: sql`CASE WHEN sub = 9 THEN 100001 ELSE ${0} + (sub * 7919 % 6) * 6000 END` }, {}],
  ]
  for (const [damage, expected] of cases) expect(await damaged(day, damage)).toMatchObject(expected)
  const said = (await factorVerdicts(warehouse, shelf, day)).find(v => v.id === 'paid')
  expect(said).toMatchObject({ code: expect.stringMatching(/outside-range|drifted/) })
})

test('the reason has the numbers, in both languages, and names where it comes from', async () => {
  const day = await ordinary(8)
  await damaged(day, { paid: sql`CASE WHEN sub % 2 = 0 THEN -5 ELSE sub END` })
  const by = new Map((await factorVerdicts(warehouse, shelf, day)).map(v => [v.id, v]))
  expect(by.get('paid')?.reason).toEqual({
    en: '1000 of 2000 values lie outside the range of its definition (50 %)',
    zh: '2000 个取值中有 1000 个超出定义的范围（50 %）',
  })
  expect(by.get('half')).toMatchObject({
    origin: 'paid',
    reason: {
      en: 'computed from paid: 1000 of 2000 values lie outside the range of its definition (50 %)',
      zh: '由“paid”计算：2000 个取值中有 1000 个超出定义的范围（50 %）',
    },
  })
})

test('a held feed makes all its factors suspect with its reason, and no other', async () => {
  const day = await ordinary(1)
  const held: HeldFeeds = new Map([['recharge', { en: 'Recharges: not there', zh: '充值：未到' }]])
  const last = addDays(day, -1)
  const verdict = 'suspect feed-held recharge'
  const ids = ['paid', 'times', 'per_time', 'half', 'last_paid', 'big']
  expect(await found(last, held)).toEqual(Object.fromEntries(ids.map(id => [id, verdict])))
  expect(await found(last)).toEqual({})
})

test('the first new month only warns; when months are known to move a factor, only what moves it more is suspect', async () => {
  const newMonth = { billed: sql`6500 + (sub * 7919 % 8000)` }
  const day = await ordinary(8)
  expect(await damaged(day, newMonth)).toEqual({ billed: 'warn drifted' })
  const before = await ordinary(8, addDays(day, 22))
  expect(await damaged(before, { billed: sql`6600 + (sub * 7919 % 8000)` })).not.toMatchObject({
    billed: 'suspect drifted',
  })
  expect(await damaged(before, { billed: sql`900000 + (sub * 7919 % 900000)` })).toEqual({
    billed: 'suspect drifted',
  })
}, 120_000)

test('of many subscribers a part is looked at, the same every morning, and limits stay exact', async () => {
  await shelveTable(warehouse, shelf, first, 60_000, {
    left: sql`CASE WHEN sub = 31 THEN -99999 ELSE sub END`,
    times: sql`sub % 8`,
  })
  await assess(first)
  const all = await factorStatistics(warehouse, shelf, first)
  const left = all.find(s => s.id === 'left')
  expect(left).toMatchObject({ rows: 60_000, min: -99_999, max: 60_000 })
  expect(left?.sampled).toBeGreaterThan(7_000)
  expect(left?.sampled).toBeLessThan(8_000)
  expect(Math.abs((left?.mean ?? 0) - 30_000)).toBeLessThan(600)
  const counts = Object.values(all.find(s => s.id === 'times')?.bins ?? {})
  expect(counts).toHaveLength(8)
  for (const n of counts) expect(Math.abs(n / (left?.sampled ?? 1) - 1 / 8)).toBeLessThan(0.01)
})

const bins = fc.dictionary(
  fc.oneof(fc.integer({ min: -50, max: 200 }).map(String), fc.constant('~missing')),
  fc.integer({ min: 1, max: 5_000 }),
  { minKeys: 1, maxKeys: 30 },
)

test('the stability index is never below zero, zero for equal mornings, and above one for disjoint ones', () => {
  fc.assert(
    fc.property(bins, bins, fc.boolean(), (a: Bins, b: Bins, isText) => {
      const grouping = groupsOf(a, isText)
      expect(stabilityIndex(a, b, grouping)).toBeGreaterThanOrEqual(0)
      expect(stabilityIndex(a, a, grouping)).toBe(0)
    }),
  )
  const before = { '8': 1000, '16': 1000 }
  expect(stabilityIndex(before, { '~missing': 2000 }, groupsOf(before, false))).toBeGreaterThan(1)
  expect(stabilityIndex(before, { '8': 1500, '16': 500 }, groupsOf(before, false))).toBeCloseTo(0.274, 2)
})
