import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { join, openWarehouse, type Row, type Sql, sql, type Warehouse } from '#warehouse'
import type { BoundCondition } from './condition.ts'
import { condition, row } from './conditions.fixture.ts'
import { holds } from './holds.ts'
import { breakSelected, countSelected, overlapSelected, sampleSelected } from './preview.ts'
import { sensitivityOf, thresholdsOf } from './sensitivity.ts'

let warehouse: Warehouse
const folder = mkdtempSync(path.join(tmpdir(), 'preview-'))
beforeAll(async () => {
  warehouse = await openWarehouse({ memoryMiBMax: 512, threads: 2, spillFolder: folder })
})
afterAll(() => {
  warehouse.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A small factor table, and its rows as the plain functions see them. */
async function tableOf(
  rows: readonly Sql[],
): Promise<{ readonly table: Sql; readonly rows: readonly Row[] }> {
  const numbered = rows.map((r, i) => sql`SELECT ${`s${i}`} AS subscriber_id, r.* FROM (${r}) AS r`)
  await warehouse.run(sql`CREATE OR REPLACE TEMP TABLE tried AS ${join(numbered, ' UNION ALL ')}`)
  const table = sql`tried`
  return { table, rows: await warehouse.rows(sql`SELECT * FROM tried`) }
}

const some = fc.array(row, { minLength: 1, maxLength: 25 })
const runs = { numRuns: 60, endOnFailure: true }
const chosen = (rows: readonly Row[], c: BoundCondition) => rows.filter(r => holds(c, r))

test('the count, the sample and the breakdown are those of the plain function', async () => {
  await fc.assert(
    fc.asyncProperty(some, condition, async (made, c) => {
      const { table, rows } = await tableOf(made)
      const expected = chosen(rows, c)
      const asked = { warehouse, table }
      expect(await countSelected(asked, c)).toEqual({ subscribers: expected.length, of: rows.length })
      const sample = await sampleSelected(asked, c, 5)
      expect(sample).toHaveLength(Math.min(5, expected.length))
      const ids = new Set(expected.map(r => r['subscriber_id']))
      expect(sample.every(s => ids.has(s.subscriberId))).toBe(true)
      const broken = await breakSelected(asked, c, ['f1', 't1'])
      const counts = Map.groupBy(expected, r => JSON.stringify([r['f1'], r['t1']]))
      expect(new Map(broken.map(b => [JSON.stringify(b.values), b.subscribers]))).toEqual(
        new Map([...counts].map(([key, all]) => [key, all.length])),
      )
      expect(broken.map(b => b.subscribers)).toEqual(broken.map(b => b.subscribers).toSorted((a, b) => b - a))
    }),
    runs,
  )
}, 120_000)

test('a sample keeps those who still match while a condition is changed', async () => {
  const rows = Array.from({ length: 200 }, (_, i) => sql`SELECT CAST(${i} AS BIGINT) AS i1`)
  const { table } = await tableOf(rows)
  const upTo = (value: number): BoundCondition => ({ op: 'lt', factor: 'i1', value })
  const wide = await sampleSelected({ warehouse, table }, upTo(150), 20)
  const narrow = await sampleSelected({ warehouse, table }, upTo(100), 20)
  const kept = wide.filter(s => Number(s.values['i1']) < 100).map(s => s.subscriberId)
  expect(kept.length).toBeGreaterThan(5)
  expect(narrow.map(s => s.subscriberId).slice(0, kept.length)).toEqual(kept)
})

test('an overlap says of each two conditions how many both select, also of more than one word of bits', async () => {
  const many = fc.array(condition, { minLength: 1, maxLength: 120 })
  await fc.assert(
    fc.asyncProperty(some, many, async (made, conditions) => {
      const { table, rows } = await tableOf(made)
      const found = await overlapSelected({ warehouse, table }, conditions)
      const held = conditions.map(c => rows.map(r => holds(c, r)))
      const expected = held.map(a => held.map(b => a.filter((h, i) => h && b[i]).length))
      expect(found).toEqual(expected)
    }),
    { ...runs, numRuns: 15 },
  )
  expect(await overlapSelected({ warehouse, table: sql`tried` }, [])).toEqual([])
}, 120_000)

test('each try of a threshold counts what the changed condition would select', async () => {
  await fc.assert(
    fc.asyncProperty(some, condition, async (made, c) => {
      const { table, rows } = await tableOf(made)
      const found = await sensitivityOf({ warehouse, table }, c)
      expect(found.map(({ path: at, factor, part, value }) => ({ path: at, factor, part, value }))).toEqual(
        thresholdsOf(c),
      )
      for (const { tries, path: at, part, value } of found) {
        expect(tries.map(t => t.value)).toContain(value)
        for (const t of tries)
          expect(t.subscribers).toBe(chosen(rows, withThreshold(c, at, part, t.value)).length)
      }
    }),
    runs,
  )
}, 120_000)

/** The slow, obvious way: a copy of the condition with one value set. */
function withThreshold(
  c: BoundCondition,
  at: readonly number[],
  part: string,
  value: unknown,
): BoundCondition {
  const copy = structuredClone(c) as unknown as Record<string, unknown>
  let place = copy
  for (const step of at) {
    const of = place['of'] as Record<string, unknown>
    place = (Array.isArray(of) ? of[step] : of) as Record<string, unknown>
  }
  place[part] = value
  return copy as unknown as BoundCondition
}

test('the tries lie among those for whom the threshold decides', async () => {
  const rows = Array.from({ length: 100 }, (_, i) => sql`SELECT CAST(${i} AS BIGINT) AS i1, ${i < 50} AS f1`)
  const { table } = await tableOf(rows)
  const c: BoundCondition = {
    op: 'all',
    of: [
      { op: 'ge', factor: 'i1', value: 20 },
      { op: 'is_true', factor: 'f1' },
    ],
  }
  const [found] = await sensitivityOf({ warehouse, table }, c)
  expect(found?.tries.map(t => t.value)).toEqual([2, 4, 12, 20, 24, 37, 44, 47])
  expect(found?.tries.find(t => t.value === 20)?.subscribers).toBe(30)
})
