import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, plainDate } from '#kernel'
import { openWarehouse, raw, sql, type Warehouse } from '#warehouse'
import { type Happening, happenedIn } from './index.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'weiwan-happened-'))
let warehouse: Warehouse
beforeAll(async () => {
  warehouse = await openWarehouse({
    memoryMiBMax: 256,
    threads: 1,
    spillFolder: path.join(folder, 'spill'),
  })
})
afterAll(() => {
  warehouse.close()
  rmSync(folder, { recursive: true, force: true })
})

const from = plainDate('2026-02-27')
const span = { from, to: addDays(from, 3) }
const table = raw('(SELECT range AS sub FROM range(1, 10))')
/** 1 left the day before; 2 on the first day; 3 on the last; 4 on the day behind it. 5 came back and left again. */
const leavings =
  raw(`(SELECT * FROM (VALUES (1, DATE '2026-02-26'), (2, DATE '2026-02-27'), (3, DATE '2026-03-01'),
  (4, DATE '2026-03-02'), (5, DATE '2026-02-28'), (5, DATE '2026-03-20')) AS v(sub, left_on))`)
/** 6 the day before; 7 twice on the first day; 8 on the last; 9 on the day behind it. */
const recharges =
  raw(`(SELECT * FROM (VALUES (6, DATE '2026-02-26'), (7, DATE '2026-02-27'), (7, DATE '2026-02-27'),
  (8, DATE '2026-03-01'), (9, DATE '2026-03-02')) AS v(sub, day))`)

async function those(what: Happening) {
  const rows = await warehouse.rows<{ sub: number; happened: boolean }>(
    sql`SELECT sub, _happened AS happened FROM ${happenedIn(table, { leavings, recharges }, what, span)} AS t ORDER BY sub`,
  )
  return { asked: rows.map(r => r.sub), did: rows.filter(r => r.happened).map(r => r.sub) }
}

test('who left on a day of the span did, to the day; who had left before is not asked', async () => {
  expect(await those('left')).toEqual({ asked: [2, 3, 4, 5, 6, 7, 8, 9], did: [2, 3, 5] })
})

test('who recharged on a day of the span did, once however often', async () => {
  expect(await those('recharged')).toEqual({ asked: [2, 3, 4, 5, 6, 7, 8, 9], did: [7, 8] })
})
