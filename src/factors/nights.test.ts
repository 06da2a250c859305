import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { foldStates } from '#ingest'
import { addDays, type PlainDate, plainDate } from '#kernel'
import { type Cell, openWarehouse, type Row, type Shelf, sql, type Warehouse } from '#warehouse'
import { compileFactors, type FactorCatalogue } from './catalogue.ts'
import { drawnFactors } from './drawn.fixture.ts'
import { LivingWorld, type WorldPlan } from './living-world.fixture.ts'
import { type FactorsRun, runFactors } from './run.ts'
import { factorTable } from './table.ts'

let folder: string
let nightly: Warehouse
let beside: Warehouse
/** How the tables that are kept between mornings came about. */
let ways: { [way in FactorsRun['tables'][string]]: number }

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'weiwan-nights-'))
  const open = (name: string) =>
    openWarehouse({ memoryMiBMax: 1024, threads: 1, spillFolder: path.join(folder, name) })
  nightly = await open('spill')
  beside = await open('spill-beside')
  ways = { kept: 0, slid: 0, folded: 0, 'fell-back': 0 }
})
afterEach(async () => {
  nightly.close()
  beside.close()
  await rm(folder, { recursive: true, force: true })
})

/** 30 mornings around 29 February and the first of a month. */
const plan: WorldPlan = {
  seed: 20_240_229,
  first: plainDate('2024-02-10'),
  subscribers: 24,
  mishaps: [
    { feed: 'usage', nth: 3, is: 'empty' },
    { feed: 'balance', nth: 4, is: 'empty' },
    { feed: 'recharge', nth: 4, is: 'never' },
    { feed: 'usage', nth: 5, is: 'never' },
    { feed: 'daily_usage', nth: 6, is: 'never' },
    { feed: 'usage', nth: 7, is: 'late', mornings: 3 },
    { feed: 'subscriber', nth: 8, is: 'late', mornings: 3 },
    { feed: 'balance', nth: 13, is: 'late', mornings: 2 },
    { feed: 'bill', nth: 21, is: 'late', mornings: 4 },
    { feed: 'usage', nth: 24, is: 'late', mornings: 1 },
    { feed: 'recharge', nth: 26, is: 'late', mornings: 3 },
  ],
  corrections: [
    { feed: 'usage', nth: 9, back: 4, days: 1 },
    { feed: 'recharge', nth: 10, back: 12, days: 3 },
    { feed: 'usage', nth: 10, back: 6, days: 1 },
    { feed: 'usage', nth: 12, back: 1, days: 1 },
    { feed: 'balance', nth: 12, back: 8, days: 2 },
    { feed: 'usage', nth: 16, back: 40, days: 1 },
    { feed: 'subscriber', nth: 17, back: 3, days: 1 },
    { feed: 'usage', nth: 18, back: 33, days: 7 },
    { feed: 'service_contact', nth: 19, back: 20, days: 10 },
    { feed: 'bill', nth: 23, back: 13, days: 10 },
    { feed: 'usage', nth: 25, back: 61, days: 3 },
    { feed: 'daily_usage', nth: 27, back: 31, days: 2 },
    { feed: 'usage', nth: 28, back: 3, days: 2 },
  ],
  begins: { score: 11, contract: 15 },
  joins: { 2: 1, 8: 2, 20: 2 },
}
const nights = 30
const skipped = 14
const redefined = 16
/** Mornings on which an earlier one is computed again, as it is known by then. */
const restated: Readonly<Record<number, number>> = { 19: 17, 26: 12 }

test('over 30 nights what is brought forward equals what is computed anew, in every row and column', async ({
  annotate,
}) => {
  const world = new LivingWorld(nightly, { root: path.join(folder, 'living') }, plan)
  const [before, after] = [await drawn('before', definitions.before), await drawn('after', definitions.after)]
  await world.history()
  let compared = 0
  for (let nth = 0; nth < nights; nth++) {
    const morning = await world.liveTo(nth)
    if (nth === skipped) continue
    const catalogue = nth < redefined ? before : after
    compared += await bothWays(world, catalogue, morning)
    const again = restated[nth]
    if (again !== undefined) compared += await bothWays(world, catalogue, addDays(plan.first, again))
  }
  await annotate(
    `${before.factors.length}, then ${after.factors.length} factors; ${compared} values compared; ${JSON.stringify(ways)}`,
  )
  expect(compared).toBeGreaterThan(nights * 5 * before.factors.length)
  // Else nothing would be seen of what a large carrier's nights do.
  expect(ways.slid).toBeGreaterThan(nights * 5)
  expect(ways.kept).toBeGreaterThan(nights)
}, 900_000)

test('a value that differs is named with its morning, its factor and the kind of subscriber', () => {
  const world = new LivingWorld(nightly, { root: folder }, plan)
  const catalogue = compileFactors([])
  const morning = plainDate('2024-03-01')
  const row = { sub: 7, subscriber_id: 'u7', paid: 300, share: 1 / 3 }
  const found = (changed: Row | undefined) =>
    differences(world, catalogue, changed === undefined ? [] : [changed], [row])
  expect(found(row)).toEqual([])
  expect(found({ ...row, share: 1 / 3 + 1e-12 })).toEqual([])
  expect(found({ ...row, paid: 301 })).toEqual([
    'paid: 1 of 1 differ (there from the start 1), first brought forward 301, anew 300',
  ])
  expect(found({ ...row, share: 0.34 })).toHaveLength(1)
  expect(found(undefined)).toHaveLength(4)
  expect(morning).toBe('2024-03-01')
})

/** Computes a morning on the world's shelf and on a new one; says how many values were compared. */
async function bothWays(world: LivingWorld, catalogue: FactorCatalogue, morning: PlainDate): Promise<number> {
  const fresh = await world.fresh(path.join(folder, `fresh-${morning}-${Math.random()}`))
  const brought = async () => {
    await foldStates(nightly, { shelf: world.shelf }, morning)
    // As a large carrier's night works: every table kept, now and then in ranges, nothing mended by the weekly check.
    const batchMax = morning.endsWith('5') ? 9 : 1_000
    const options = { batchMax, rowsKeptMin: 0, checks: false }
    const run = await runFactors(nightly, { shelf: world.shelf }, catalogue, morning, options)
    for (const way of Object.values(run.tables)) ways[way] += 1
    return rowsOf(nightly, world.shelf, morning)
  }
  const anew = async () => {
    await runFactors(beside, { shelf: fresh }, catalogue, morning, { incremental: false })
    return rowsOf(beside, fresh, morning)
  }
  const [one, other] = await Promise.all([brought(), anew()])
  const found = differences(world, catalogue, one, other)
  expect(found, `on ${morning}, after: ${world.news.join('; ')}`).toEqual([])
  await rm(fresh.root, { recursive: true })
  return other.length * catalogue.columns.length
}

async function rowsOf(warehouse: Warehouse, shelf: Shelf, morning: PlainDate): Promise<Row[]> {
  const table = await factorTable(shelf, morning)
  return await warehouse.rows<Row>(sql`SELECT * FROM ${table ?? sql`none`} ORDER BY sub`)
}

/** Per column in how many rows two tables differ, and what kind of subscribers those are. */
function differences(
  world: LivingWorld,
  catalogue: FactorCatalogue,
  one: readonly Row[],
  other: readonly Row[],
): string[] {
  const [left, right] = [bySub(one), bySub(other)]
  const subs = [...new Set([...left.keys(), ...right.keys()])]
  const columns = new Set([...one, ...other].slice(0, 1).flatMap(row => Object.keys(row)))
  return [...columns].flatMap(column => {
    const exact = catalogue.byId.get(column)?.type !== 'number' && !isFraction(right, column)
    const differing = subs.filter(sub => !isSame(left.get(sub)?.[column], right.get(sub)?.[column], exact))
    const [first] = differing
    if (first === undefined) return []
    const kinds = [...Map.groupBy(differing, sub => world.classOf(sub))].map(
      ([k, all]) => `${k} ${all.length}`,
    )
    const [a, b] = [left, right].map(side => String(side.get(first)?.[column] ?? 'nothing'))
    return [
      `${column}: ${differing.length} of ${subs.length} differ (${kinds.join(', ')}), first brought forward ${a}, anew ${b}`,
    ]
  })
}

function isFraction(rows: ReadonlyMap<number, Row>, column: string): boolean {
  return [...rows.values()].some(r => typeof r[column] === 'number' && !Number.isInteger(r[column]))
}

function bySub(rows: readonly Row[]): ReadonlyMap<number, Row> {
  return new Map(rows.map(row => [Number(row['sub']), row]))
}

/** Whole numbers, money, days and texts exactly; fractions to 1e-9 of their size. A row that is not there differs. */
function isSame(a: Cell | undefined, b: Cell | undefined, exact: boolean): boolean {
  if (exact || typeof a !== 'number' || typeof b !== 'number')
    return a !== undefined && b !== undefined && JSON.stringify(a) === JSON.stringify(b)
  return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b))
}

/** A few definitions that change on the way beside those drawn: a window, a fold, one that goes and one that comes. */
function drawn(seed: string, more: string): Promise<FactorCatalogue> {
  return drawnFactors(seed, { file: 'nights.yaml', text: more })
}

function yaml(factors: Readonly<Record<string, string>>): string {
  const entries = Object.entries(factors).map(
    ([id, body]) =>
      `  - id: ${id}\n    title: { zh: 题, en: t }\n    means: { zh: 义, en: m }\n    ${body.split('; ').join('\n    ')}\n`,
  )
  return `subject: { zh: 测试, en: test }\nowner: retention\nfactors:\n${entries.join('')}`
}

const definitions = {
  before: yaml({
    nights_calls: 'kind: count; feed: usage; where: kind is voice; window: 7 days; version: 1',
    nights_paid: 'kind: sum; feed: recharge; column: amount; window: 30 days; version: 1',
    nights_town: 'kind: count; feed: usage; where: cell_id@cell.area is urban; window: 30 days; version: 1',
    nights_gone: 'kind: sum; feed: usage; column: fee; where: kind is sms; window: 20 days; version: 1',
  }),
  after: yaml({
    nights_calls: 'kind: count; feed: usage; where: kind is voice; window: 9 days; version: 2',
    nights_paid: 'kind: avg; feed: recharge; column: amount; window: 30 days; version: 2',
    nights_town: 'kind: count; feed: usage; where: cell_id@cell.area is rural; window: 30 days; version: 2',
    nights_people:
      'kind: distinct; feed: usage; column: counterparty; where: direction is in; window: 10 days; version: 1',
    nights_silent: 'kind: silent_days; feed: usage; where: kind is sms; window: 45 days; version: 1',
  }),
}
