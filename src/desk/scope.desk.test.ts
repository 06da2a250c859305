import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { everybody, isInScope, type Placed, type RowScope } from '#kernel'
import {
  join,
  openWarehouse,
  sql as query,
  type Sql,
  type Warehouse,
  withinScope as withinScopeOfShelf,
} from '#warehouse'
import { freshDesk } from '../../test/support/desk.ts'
import { type Desk, withinScope, withinScopeThen } from './index.ts'

let desk: Desk
let warehouse: Warehouse
const folder = mkdtempSync(path.join(tmpdir(), 'scope-'))
beforeAll(async () => {
  desk = await freshDesk([])
  warehouse = await openWarehouse({ memoryMiBMax: 256, threads: 1, spillFolder: folder })
})
afterAll(async () => {
  warehouse.close()
  rmSync(folder, { recursive: true, force: true })
  await desk.close()
})

const ids = ['hq', 'c1', 'c10', 'C1', 'k-1', 'k_1', 'k1']
const place = fc
  .array(fc.constantFrom(...ids), { minLength: 0, maxLength: 4 })
  .map(some => `/${some.map(id => `${id}/`).join('')}`)
const manager = fc.constantFrom('m1', 'm2', 'm3')
const single = fc.oneof(
  fc.array(manager, { maxLength: 2 }).map((managerIds): RowScope => ({ kind: 'own', managerIds })),
  place.map((nodePath): RowScope => ({ kind: 'branch', nodePath })),
)
const scope = fc.oneof(
  single,
  fc.array(single, { maxLength: 3 }).map((of): RowScope => ({ kind: 'several', of })),
)
const row = fc.record({ managerId: fc.option(manager), nodePath: place })

/** Which of the rows a condition keeps, by their number. */
async function kept(
  rows: readonly Placed[],
  condition: ReturnType<typeof withinScope>,
): Promise<readonly number[]> {
  const managers = rows.map(r => r.managerId)
  const paths = rows.map(r => r.nodePath)
  const found = await sql<{ nth: number }>`
    select nth from (
      select nth, manager_id, node_path, manager_id as then_manager_id, node_path as then_node_path
      from unnest(${managers}::text[], ${paths}::text[]) with ordinality as given (manager_id, node_path, nth)
    ) held where ${condition} order by nth`.execute(desk.db)
  return found.rows.map(one => one.nth - 1)
}

/** The same of the warehouse. */
async function keptOnShelf(rows: readonly Placed[], condition: Sql): Promise<readonly number[]> {
  const given = rows.map((one, i) => query`(${i}, ${one.managerId}, ${one.nodePath})`)
  const found = await warehouse.rows<{ nth: number }>(
    query`SELECT nth FROM (VALUES ${join(given)}) AS held(nth, manager_id, node_path) WHERE ${condition} ORDER BY nth`,
  )
  return found.map(one => one.nth)
}

test('a scope means in SQL of the desk and of the warehouse what it means for a row in hand, whatever characters ids have', async () => {
  await fc.assert(
    fc.asyncProperty(scope, fc.array(row, { minLength: 1, maxLength: 12 }), async (within, rows) => {
      const meant = rows.flatMap((one, i) => (isInScope(within, one) ? [i] : []))
      expect(await kept(rows, withinScope(within, 'held'))).toEqual(meant)
      expect(await keptOnShelf(rows, withinScopeOfShelf(within, 'held'))).toEqual(meant)
    }),
    { numRuns: 400 },
  )
})

test('then, a unit is found wherever in the tree it was', async () => {
  const rows = ['/hq/c1/k1/', '/hq/c10/k1/', '/hq/c10/k10/', '/hq/k1x/'].map(nodePath => ({
    managerId: null,
    nodePath,
  }))
  const branch = (nodePath: string): RowScope => ({ kind: 'branch', nodePath })
  expect(await kept(rows, withinScopeThen(branch('/new/k1/'), 'held'))).toEqual([0, 1])
  expect(await kept(rows, withinScopeThen(everybody, 'held'))).toEqual([0, 1, 2, 3])
  expect(await kept(rows, withinScopeThen({ kind: 'several', of: [] }, 'held'))).toEqual([])
})
