import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWarehouse, raw, sql } from './index.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'weiwan-memory-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a grouping larger than its memory spills, ends, and leaves nothing behind', () => {
  const memoryMiB = 256
  const groups = 6_000_000
  const fixture = fileURLToPath(new URL('./memory.fixture.ts', import.meta.url))
  const words = [fixture, folder, String(memoryMiB), String(groups)]
  const said = JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8' })) as Record<
    string,
    number
  >
  process.stdout.write(`limit ${memoryMiB} MiB: ${JSON.stringify(said)}\n`)
  expect(said['rows']).toBe(2 * groups)
  expect(said['spilledMiB']).toBeGreaterThan(0)
  expect((said['peakMiB'] ?? 0) - (said['startMiB'] ?? 0)).toBeLessThan(memoryMiB * 1.35)
  expect(said['left']).toBe(0)
})

test('work that cannot spill and needs more than its memory is a fault that says how much it had', async () => {
  const warehouse = await openWarehouse({ spillFolder: folder, memoryMiBMax: 64, threads: 1 })
  await expect(
    warehouse.rows(raw('SELECT len(list(range)) AS n FROM range(50000000)')),
  ).rejects.toMatchObject({ faults: [{ code: 'warehouse.out-of-memory', at: { memoryMiB: 64 } }] })
  expect(await warehouse.rows(sql`SELECT 1 AS n`)).toEqual([{ n: 1 }])
  warehouse.close()
})

test('what an engine that died left in its spill folder is swept by the next one; that of a living one stays', async () => {
  const spillFolder = path.join(folder, 'shared')
  const dead = 2 ** 22 + 1
  mkdirSync(path.join(spillFolder, `engine-${dead}-1`), { recursive: true })
  mkdirSync(path.join(spillFolder, `engine-${process.pid}-99`))
  const warehouse = await openWarehouse({ spillFolder, memoryMiBMax: 64, threads: 1 })
  warehouse.close()
  expect(readdirSync(spillFolder)).toEqual([`engine-${process.pid}-99`])
})
