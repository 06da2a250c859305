import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDesk } from '../../test/support/desk.ts'
import { type Desk, insertRows, migrate, withLock } from './index.ts'

let desk: Desk
const migrations = [
  {
    id: 'trial/0001',
    text: 'create table trial (id bigint primary key, day date, note jsonb, manager_id text)',
  },
]
beforeAll(async () => {
  desk = await freshDesk(migrations)
})
afterAll(() => desk.close())

test('migrating twice changes nothing', async () => {
  expect(await migrate(desk, migrations)).toEqual([])
})

test('a migration that changed after it was applied is refused', async () => {
  await expect(migrate(desk, [{ id: 'trial/0001', text: 'select 1' }])).rejects.toThrow(
    'desk.migration-changed',
  )
})

test('a migration that fails leaves nothing behind', async () => {
  const broken = { id: 'trial/0002', text: 'create table half (a int); select no_such_function()' }
  await expect(migrate(desk, [broken])).rejects.toThrow('no_such_function')
  const { rows } = await sql<{
    n: number
  }>`select count(*) n from pg_tables where tablename = 'half'`.execute(desk.db)
  expect(rows[0]?.n).toBe(0)
})

test('many rows go in at once, with days as text, exact numbers and Chinese', async () => {
  const rows = Array.from({ length: 12_000 }, (_, i) => ({
    id: i + 2 ** 40,
    day: '2026-02-28',
    note: { zh: `第 ${i} 行 'x' "y"` },
    manager_id: i % 2 === 0 ? 'm1' : null,
  }))
  await insertRows(desk.db, 'trial', rows)
  const { rows: back } = await sql`select * from trial order by id`.execute(desk.db)
  expect(back).toEqual(rows)
})

test('only one process at a time does the named work', async () => {
  const result = await withLock(desk, 'night', async () => {
    const second = await withLock(desk, 'night', async () => ({ ok: true as const, value: 'in' }))
    return { ok: true as const, value: second.ok ? 'both' : second.fault.code }
  })
  expect(result).toEqual({ ok: true, value: 'desk.busy' })
  const after = await withLock(desk, 'night', async () => ({ ok: true as const, value: 'in' }))
  expect(after.ok).toBe(true)
})
