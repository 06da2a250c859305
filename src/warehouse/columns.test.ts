import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Column, openWarehouse, sql, type Warehouse } from './index.ts'

let folder: string
let warehouse: Warehouse
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'weiwan-columns-'))
  warehouse = await openWarehouse({ spillFolder: folder, memoryMiBMax: 512, threads: 2 })
})
afterAll(() => {
  warehouse.close()
  rmSync(folder, { recursive: true, force: true })
})

const everyType = sql`SELECT range AS k,
  CASE WHEN range % 3 > 0 THEN (range - 40000) * 100000000000000 END AS whole,
  CASE WHEN range % 5 > 0 THEN range / 7 END AS part,
  CASE WHEN range % 7 > 0 THEN DATE '2026-01-01' + CAST(range % 900 AS INTEGER) END AS day,
  CASE WHEN range % 2 > 0 THEN range % 11 = 0 END AS flag,
  CASE WHEN range % 4 > 0 THEN 'short ' || range % 13 END AS short,
  CASE WHEN range % 9 > 0 THEN '冰激凌套餐一百二十九元档 ' || range END AS long,
  CASE WHEN range % 6 > 0 THEN ['甲', NULL, CAST(range AS VARCHAR)] END AS list
  FROM range(70000) ORDER BY k`

function valueAt(column: Column, i: number): unknown {
  if (column.present !== undefined && !(((column.present[i >> 5] ?? 0) >>> (i & 31)) & 1)) return null
  switch (column.is) {
    case 'integer': {
      const value = (BigInt(column.words[i * 2 + 1] ?? 0) << 32n) | BigInt((column.words[i * 2] ?? 0) >>> 0)
      return Number.isSafeInteger(Number(value)) ? Number(value) : value
    }
    case 'number':
      return column.values[i]
    case 'day':
      return new Date((column.days[i] ?? 0) * 86_400_000).toISOString().slice(0, 10)
    case 'flag':
      return column.flags[i] === 1
    case 'text':
      return column.texts[i]
    case 'list':
      return column.lists[i]
  }
}

test('columns say what rows say, in the order of the query', async () => {
  const rows = await warehouse.rows(everyType)
  let at = 0
  const differing: unknown[] = []
  for await (const batch of warehouse.columns(everyType)) {
    for (let i = 0; i < batch.rows; i++, at++) {
      const row = Object.fromEntries(batch.columns.map(c => [c.name, valueAt(c, i)]))
      if (JSON.stringify(row, big) !== JSON.stringify(rows[at], big)) differing.push([row, rows[at]])
    }
  }
  expect(differing).toEqual([])
  expect(at).toBe(70_000)
})

const big = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)

test('a reader that stops early leaves the connection usable', async () => {
  for await (const batch of warehouse.columns(everyType)) {
    expect(batch.rows).toBeGreaterThan(0)
    break
  }
  expect(await warehouse.rows(sql`SELECT 1 AS one`)).toEqual([{ one: 1 }])
})

test('a column of a type that no factor has is refused by name', async () => {
  const read = async () => {
    for await (const batch of warehouse.columns(sql`SELECT now() AS moment`)) expect(batch).toBeUndefined()
  }
  await expect(read()).rejects.toThrow('column moment is of type TIMESTAMP WITH TIME ZONE')
})
