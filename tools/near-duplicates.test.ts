import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Factor, factorTable, readFactors, runFactors } from '#factors'
import { type FeedId, feedOf, loadFeeds, readMapping } from '#ingest'
import { ident, join, openWarehouse, type Sql, sql, type Warehouse } from '#warehouse'
import { makeCity } from '#world'
import { families, nearDuplicates, type Values } from './near-duplicates.ts'

const limits = { memoryMiBMax: 1024, threads: 2 }
/** So alike that one of the two tells all. */
const correlationMin = 0.999
const numeric = ['number', 'integer', 'money']

let root = ''
let warehouse: Warehouse
let factors: readonly Factor[]
let off: ReadonlySet<string>
let table: Sql

/** A city of 1,000 with ninety days of use and two years of money, and every factor of its last morning. */
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'weiwan-alike-'))
  const city = path.join(root, 'city')
  const { today, close } = await makeCity({ out: city, subscribers: 1000, days: 90, seed: 21, limits })
  close()
  warehouse = await openWarehouse({ ...limits, spillFolder: path.join(root, 'spill') })
  const mapping = await readMapping(path.join(city, 'mapping.yaml'))
  if (!mapping.ok) throw new Error('the city has a mapping')
  const shelf = { root: path.join(root, 'shelf') }
  const target = { warehouse, shelf, workFolder: path.join(root, 'work'), environment: {} }
  await loadFeeds(target, mapping.value, city, today)
  const catalogue = await readFactors(path.join(import.meta.dirname, '..', 'catalogue', 'factors'))
  const run = await runFactors(warehouse, { shelf }, catalogue, today)
  factors = catalogue.factors
  off = new Set(run.off.map(o => o.id))
  table = (await factorTable(shelf, today)) ?? sql`none`
}, 300_000)

afterAll(async () => {
  warehouse?.close()
  await rm(root, { recursive: true, force: true })
})

/** The numbers of every factor in one reading, and of a copy in disguise if one is planted. */
async function numbers(planted: readonly Sql[] = []): Promise<readonly Values[]> {
  const ids = factors.filter(f => numeric.includes(f.type)).map(f => f.id)
  const own = ids.map(id => sql`CAST(${ident(id)} AS DOUBLE) AS ${ident(id)}`)
  const rows = await warehouse.rows<Record<string, number | null>>(
    sql`SELECT ${join([...own, ...planted])} FROM ${table}`,
  )
  return Object.keys(rows[0] ?? {}).map(id => ({
    id,
    values: Float64Array.from(rows, r => r[id] ?? Number.NaN),
  }))
}

test('no two factors move together like one, unless one says why it is there all the same', async () => {
  const familyOf = families(factors)
  const found = nearDuplicates(await numbers(), correlationMin)
  const unexplained = found.filter(p => familyOf(p.one) !== familyOf(p.other))
  expect(unexplained).toEqual([])
  // Those that have a reason are found too: the measure sees what it should.
  expect(found.map(p => [p.one, p.other].toSorted())).toContainEqual(['daily_data_kib_30d', 'data_kib_30d'])
})

test('a copy in other units or with the sign turned is found', async () => {
  const planted = [sql`CAST(arpu_3m AS DOUBLE) / 100 + 7 AS arpu_in_yuan`, sql`-sms_sent_30d AS sms_kept`]
  const some = new Set(['arpu_3m', 'arpu_in_yuan', 'sms_sent_30d', 'sms_kept'])
  const all = await numbers(planted)
  const found = nearDuplicates(
    all.filter(v => some.has(v.id)),
    correlationMin,
  ).map(p => [p.one, p.other])
  expect(found).toContainEqual(['arpu_3m', 'arpu_in_yuan'])
  expect(found).toContainEqual(['sms_sent_30d', 'sms_kept'])
})

/** What is too rare to be seen among a thousand; a larger city has it. */
const rare = ['leaving_enquiries_30d']
const rareFeeds: readonly FeedId[] = ['fault', 'installation']

test('no factor is empty or the same for everybody, but for what waits for our own first contacts and warnings', async () => {
  const flat = (f: Factor): Sql => {
    const value = ident(f.id)
    const same = sql`min(${value}) = max(${value}) AND count(${value}) = count(*)`
    return sql`CASE WHEN count(${value}) = 0 OR (${same}) THEN 1 ELSE 0 END AS ${value}`
  }
  const [row] = await warehouse.rows<Record<string, number>>(
    sql`SELECT ${join(factors.map(flat))} FROM ${table}`,
  )
  const dead = factors
    .filter(f => row?.[f.id] === 1 && !off.has(f.id) && !rare.includes(f.id))
    .filter(f => !f.feeds.every(id => rareFeeds.includes(id)))
    .filter(f => f.kind !== 'calendar' && !f.feeds.some(id => feedOf(id).source === 'internal'))
  expect(dead.map(f => f.id)).toEqual([])
  expect([...off]).toEqual([])
})

test('every number lies in the range that its definition states', async () => {
  const outside = (f: Factor): Sql => {
    const [min, max] = f.range ?? [null, null]
    const below = min === null ? sql`FALSE` : sql`${ident(f.id)} < ${min}`
    const above = max === null ? sql`FALSE` : sql`${ident(f.id)} > ${max}`
    return sql`sum(CASE WHEN ${below} OR ${above} THEN 1 ELSE 0 END)::INTEGER AS ${ident(f.id)}`
  }
  const ranged = factors.filter(f => f.range !== undefined)
  const [row] = await warehouse.rows<Record<string, number>>(
    sql`SELECT ${join(ranged.map(outside))} FROM ${table}`,
  )
  expect(Object.entries(row ?? {}).filter(([, n]) => n > 0)).toEqual([])
})
