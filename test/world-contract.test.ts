import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { feeds, loadDelivery, pendingDeliveries, readMapping, sqlType } from '#ingest'
import { ident, join, openWarehouse, parquet, type Sql, sql, type Warehouse } from '#warehouse'
import { makeCity, stepCity } from '#world'

const limits = { memoryMiBMax: 1024, threads: 2 }
const carrierFeeds = feeds.filter(f => f.source === 'carrier')
let root = ''
let out = ''
let today = ''
let warehouse: Warehouse

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'weiwan-contract-'))
  out = path.join(root, 'city')
  warehouse = await openWarehouse({ ...limits, spillFolder: path.join(root, 'spill') })
  let city = await makeCity({ out, subscribers: 1500, days: 34, seed: 4, limits })
  for (let i = 0; i < 2; i++) city = await stepCity(city, [])
  today = city.today
  city.close()
})

afterAll(async () => {
  warehouse.close()
  await rm(root, { recursive: true, force: true })
})

async function filesOf(feed: string): Promise<string[]> {
  const names = await readdir(path.join(out, 'feeds', feed))
  return names.filter(n => !n.endsWith('.json')).map(n => path.join(out, 'feeds', feed, n))
}

function relation(file: string): Sql {
  return file.endsWith('.csv')
    ? sql`read_csv(${file}, header = true, all_varchar = true, null_padding = true)`
    : parquet([file])
}

test('the simulated carrier delivers every feed of the contract, with its columns, types and codes', async () => {
  for (const feed of carrierFeeds) {
    for (const file of await filesOf(feed.id)) {
      const found = await warehouse.rows<{ column_name: string; column_type: string }>(
        sql`DESCRIBE SELECT * FROM ${relation(file)}`,
      )
      expect(
        found.map(f => f.column_name),
        file,
      ).toEqual(feed.columns.map(c => c.name))
      if (file.endsWith('.csv')) continue
      expect(
        found.map(f => f.column_type),
        file,
      ).toEqual(feed.columns.map(sqlType))
      for (const column of feed.columns.filter(c => c.values !== undefined)) {
        const legal = join(Object.keys(column.values ?? {}).map(v => sql`${v}`))
        const strange = await warehouse.rows(
          sql`SELECT DISTINCT ${ident(column.name)} AS value FROM ${relation(file)} WHERE ${ident(column.name)} NOT IN (${legal})`,
        )
        expect(strange, `${feed.id}.${column.name}`).toEqual([])
      }
    }
  }
})

test('every delivery loads through its own mapping; only the planted dirt is kept aside', async () => {
  const read = await readMapping(path.join(out, 'mapping.yaml'))
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  const target = {
    warehouse,
    shelf: { root: path.join(root, 'shelf') },
    workFolder: path.join(root, 'work'),
    environment: {},
  }
  const asOf = today as Parameters<typeof loadDelivery>[3]
  const waiting = await pendingDeliveries(read.value, out, target.shelf, asOf)
  expect(new Set(waiting.map(d => d.feed))).toEqual(new Set(carrierFeeds.map(f => f.id)))
  for (const delivery of waiting) {
    const outcome = await loadDelivery(target, read.value, delivery, asOf)
    if (outcome.state === 'refused')
      throw new Error(`${delivery.feed}: ${outcome.fault.code} ${outcome.fault.en}`)
    const { sourceRows, quarantined, strangers } = outcome.report
    const of = `${delivery.feed} ${delivery.span.from}: ${JSON.stringify(outcome.report.reasons)}`
    expect(quarantined, of).toBeLessThanOrEqual(1 + sourceRows * 0.003)
    expect(strangers, of).toBeLessThanOrEqual(1 + sourceRows * 0.003)
  }
})
