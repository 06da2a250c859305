import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWarehouse, parquet, raw, type Sql, sql, type Warehouse } from '#warehouse'
import { makeCity } from '#world'

const limits = { memoryMiBMax: 1024, threads: 2 }
const real = path.resolve(import.meta.dirname, '../../shared/data')
const isHere = existsSync(path.join(real, 'prepaid_india_describe.csv'))
if (!isHere)
  console.warn(`SKIPPED: the simulated city is not compared with real marginals, ${real} is absent`)

let root = ''
let out = ''
let warehouse: Warehouse

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'weiwan-marginals-'))
  out = path.join(root, 'city')
  warehouse = await openWarehouse({ ...limits, spillFolder: path.join(root, 'spill') })
  const city = await makeCity({ out, subscribers: 4000, days: 93, seed: 2, limits })
  city.close()
})

afterAll(async () => {
  warehouse.close()
  await rm(root, { recursive: true, force: true })
})

interface Shape {
  readonly mean: number
  readonly q25: number
  readonly q75: number
}

/** Mean and quartiles in units of the median: what remains of a marginal when currency and year are taken away. */
async function shapeOf(value: string, rows: Sql): Promise<Shape> {
  const [shape] = await warehouse.rows<Shape>(sql`
    SELECT avg(x) / median(x) AS mean, quantile_cont(x, 0.25) / median(x) AS q25, quantile_cont(x, 0.75) / median(x) AS q75
    FROM (SELECT (${raw(value)})::DOUBLE AS x FROM ${rows})`)
  if (shape === undefined) throw new Error('no rows')
  return shape
}

async function realShape(column: string): Promise<Shape> {
  const [shape] = await warehouse.rows<Shape>(sql`
    SELECT mean::DOUBLE / "50%"::DOUBLE AS mean, "25%"::DOUBLE / "50%"::DOUBLE AS q25, "75%"::DOUBLE / "50%"::DOUBLE AS q75
    FROM read_csv(${path.join(real, 'prepaid_india_describe.csv')}, header = true, all_varchar = true) WHERE "column" = ${column}`)
  if (shape === undefined) throw new Error(`no column ${column}`)
  return shape
}

const feed = (name: string): Sql => parquet([path.join(out, 'feeds', name, '*.parquet')])

test.runIf(isHere)('spending, calls and tenure are skewed as in a real prepaid base', async () => {
  const months = sql`(SELECT * FROM ${feed('monthly_summary')} WHERE month = DATE '2026-08-01')`
  const subscribers = sql`(SELECT * FROM ${feed('subscriber')} WHERE joined_on < DATE '2026-02-01')`
  const compared: readonly (readonly [string, string, Sql])[] = [
    ['arpu_7', 'revenue', months],
    ['total_og_mou_7', 'voice_on_net_min + voice_off_net_min', months],
    ['onnet_mou_7', 'voice_on_net_min', months],
    ['offnet_mou_7', 'voice_off_net_min', months],
    ['aon', "DATE '2026-08-01' - joined_on", subscribers],
  ]
  const table: Record<string, Record<string, string>> = {}
  for (const [column, value, rows] of compared) {
    const [theirs, ours] = [await realShape(column), await shapeOf(value, rows)]
    table[column] = Object.fromEntries(
      (['mean', 'q25', 'q75'] as const).map(k => [k, `${ours[k].toFixed(2)} (real ${theirs[k].toFixed(2)})`]),
    )
    // Within a factor of two of the real ratio, everywhere: the same shape, another market.
    for (const k of ['mean', 'q25', 'q75'] as const) {
      expect(Math.abs(Math.log(ours[k] / theirs[k])), `${column} ${k}`).toBeLessThan(Math.log(2))
    }
  }
  console.table(table)
})

test.runIf(isHere)('those who leave decline before, about as much as real leavers do', async () => {
  const [ours] = await warehouse.rows<{ before: number; last: number }>(sql`
    SELECT avg(CASE WHEN month = DATE '2026-07-01' THEN mou END) / avg(CASE WHEN month = DATE '2026-06-01' THEN mou END) AS before,
      avg(CASE WHEN month = DATE '2026-08-01' THEN mou END) / avg(CASE WHEN month = DATE '2026-06-01' THEN mou END) AS last
    FROM (SELECT *, voice_on_net_min + voice_off_net_min AS mou FROM ${feed('monthly_summary')}) AS m
      JOIN ${parquet([path.join(out, 'truth/leaving.parquet')])} AS t USING (subscriber_id)
    WHERE t.leaves_on >= DATE '2026-08-01' AND t.leaves_on < DATE '2026-09-01'`)
  const [theirs] = await warehouse.rows<{ before: number; last: number }>(sql`
    SELECT sum(month_7::DOUBLE) / sum(month_6::DOUBLE) AS before, sum(month_8::DOUBLE) / sum(month_6::DOUBLE) AS last
    FROM read_csv(${path.join(real, 'prepaid_india_hv_means_by_churn.csv')}, header = true, all_varchar = true)
    WHERE churn = '1' AND metric IN ('total_og_mou', 'total_ic_mou')`)
  console.table({ ours, theirs })
  expect(ours?.before).toBeGreaterThan((theirs?.before ?? 1) - 0.2)
  expect(ours?.before).toBeLessThan((theirs?.before ?? 1) + 0.2)
  expect(ours?.last).toBeGreaterThan((theirs?.last ?? 1) - 0.2)
  expect(ours?.last).toBeLessThan((theirs?.last ?? 1) + 0.2)
})

test('half-year churn is 13 to 16 percent, and leaving is not all in one way', async () => {
  const rows = await warehouse.rows<{ way: string; share: number }>(sql`
    SELECT way, count(*) / (SELECT count(*) FROM ${parquet([path.join(out, 'truth/leaving.parquet')])})::DOUBLE AS share
    FROM ${parquet([path.join(out, 'truth/leaving.parquet')])}
    WHERE leaves_on >= DATE '2026-07-01' AND leaves_on < DATE '2026-12-30' GROUP BY way ORDER BY way`)
  const churn = rows.reduce((sum, r) => sum + r.share, 0)
  console.table({ churn, ...Object.fromEntries(rows.map(r => [r.way, r.share])) })
  expect(churn).toBeGreaterThan(0.12)
  expect(churn).toBeLessThan(0.165)
  expect(rows.map(r => r.way)).toEqual(['closed', 'ported_out', 'silent'])
})

test('money flows: most lines are prepaid, a few are low on balance or in arrears on any day, and balances hold up', async () => {
  const [row] = await warehouse.rows<{
    prepaid: number
    low: number
    arrears: number
    trend: number
    in_service: number
  }>(sql`
    SELECT avg((payment = 'prepaid')::INTEGER) AS prepaid,
      avg(CASE WHEN payment = 'prepaid' THEN (balance < 1000)::INTEGER END) AS low,
      avg(CASE WHEN payment = 'prepaid' THEN (balance < 0)::INTEGER END) AS arrears,
      avg(CASE WHEN day >= DATE '2026-09-15' THEN balance END) / avg(CASE WHEN day >= DATE '2026-07-15' AND day < DATE '2026-08-01' THEN balance END) AS trend,
      (SELECT avg((status = 'active')::INTEGER) FROM ${feed('subscriber')}) AS in_service
    FROM ${feed('balance')} AS b JOIN ${feed('subscriber')} AS s USING (subscriber_id)`)
  console.table(row)
  expect(row?.prepaid).toBeGreaterThan(0.7)
  expect(row?.low).toBeGreaterThan(0.03)
  expect(row?.low).toBeLessThan(0.25)
  expect(row?.arrears).toBeGreaterThan(0.01)
  expect(row?.arrears).toBeLessThan(0.15)
  expect(row?.trend).toBeGreaterThan(0.7)
  expect(row?.trend).toBeLessThan(1.3)
  expect(row?.in_service).toBeGreaterThan(0.8)
})
