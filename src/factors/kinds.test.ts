import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FeedId } from '#ingest'
import { openWarehouse, type Shelf, sql, type Warehouse } from '#warehouse'
import { compileFactors } from './catalogue.ts'
import { explainFactor } from './explain.ts'
import { cases as plainCases } from './kind-cases.fixture.ts'
import { dayCases } from './kind-cases-days.fixture.ts'
import { ago, asOf, past, subscriber } from './kind-rows.fixture.ts'
import { kindNames } from './kinds.ts'
import { runFactors } from './run.ts'
import { type FeedRow, shelve, shelveKeys } from './shelf.fixture.ts'
import { factorTable } from './table.ts'

let folder: string
let shelf: Shelf
let warehouse: Warehouse

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'weiwan-kinds-'))
  shelf = { root: path.join(folder, 'warehouse') }
  warehouse = await openWarehouse({ memoryMiBMax: 512, threads: 2, spillFolder: path.join(folder, 'spill') })
  await shelveKeys(warehouse, shelf, 3, ago(1))
  await put('subscriber', [subscriber(1, { plan_id: 'p1' }), subscriber(2, { status: 'grace' })])
  await put('plan', [
    {
      day: past.from,
      plan_id: 'p1',
      name: 'one',
      monthly_fee: 5800,
      voice_min: 0,
      sms_count: 0,
      data_kib: 0,
      on_sale: true,
    },
  ])
  await put('cell', [{ day: past.from, cell_id: 'c2', grid_id: 'g', area: 'rural' }])
})
afterEach(async () => {
  warehouse.close()
  await rm(folder, { recursive: true, force: true })
})

function put(id: FeedId, rows: readonly FeedRow[]): Promise<void> {
  return shelve(warehouse, shelf, id, past, rows)
}

const cases = [...plainCases, ...dayCases]

function catalogueOf(factors: readonly string[]) {
  const entries = factors.map(
    (f, i) =>
      `  - id: f${i}\n    title: { zh: 题, en: t }\n    means: { zh: 义, en: m }\n    ${f}\n    version: 1\n`,
  )
  const text = `subject: { zh: 测试, en: test }\nowner: retention\nfactors:\n${entries.join('')}`
  const catalogue = compileFactors([{ file: 'kinds.yaml', text }])
  expect(catalogue.faults).toEqual([])
  return catalogue
}

test.each(cases)(
  '$kind: its value by hand, of one with rows and one without',
  async ({ feed, rows, factors, values }) => {
    if (feed !== undefined && rows !== undefined) await put(feed, rows)
    const catalogue = catalogueOf(factors)
    for (const incremental of [true, false]) {
      const run = await runFactors(warehouse, { shelf }, catalogue, asOf, { incremental })
      expect(run).toMatchObject({ rows: 2, off: [] })
      const table = await factorTable(shelf, asOf)
      const found = await warehouse.rows<Record<string, unknown>>(
        sql`SELECT * FROM ${table ?? sql`none`} ORDER BY sub`,
      )
      expect(found.map(r => r[`f${factors.length - 1}`])).toEqual(values)
    }
  },
)

test.each(cases)('$kind: its SQL', ({ kind, factors }) => {
  const explained = explainFactor(catalogueOf(factors), `f${factors.length - 1}`)
  expect(explained.ok && explained.value.sql).toMatchSnapshot(kind)
})

test('every kind has its case here', () => {
  expect([...new Set(cases.map(c => c.kind))].toSorted()).toEqual([...kindNames].toSorted())
})
