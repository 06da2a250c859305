import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PlainDate } from '#kernel'
import { join, openWarehouse, type Warehouse } from '#warehouse'
import { beforeOf } from './beside.ts'
import { bind } from './bind.ts'
import type { Condition } from './condition.ts'
import { condition, named, row } from './conditions.fixture.ts'
import { flipsOf } from './flips.ts'
import { holds } from './holds.ts'
import type { KnownFactor } from './known-factor.ts'

let warehouse: Warehouse
const folder = mkdtempSync(path.join(tmpdir(), 'flips-'))
beforeAll(async () => {
  warehouse = await openWarehouse({ memoryMiBMax: 256, threads: 1, spillFolder: folder })
})
afterAll(() => {
  warehouse.close()
  rmSync(folder, { recursive: true, force: true })
})

const words = (id: string) => ({ zh: id, en: id })
const factors = new Map(
  named.map(({ id, type }): [string, KnownFactor] => [id, { id, type, title: words(id), feeds: [] }]),
)

test('what turned explains every change: the values of those factors make yesterday come out as today', async () => {
  let changed = 0
  await fc.assert(
    fc.asyncProperty(condition, fc.tuple(row, row), async (asked, two) => {
      const [before = {}, now = {}] = await warehouse.rows(join(two, ' UNION ALL '))
      const flips = flipsOf({ condition: asked, row: now }, { condition: asked, row: before }, factors)
      const isChanged = holds(asked, now) !== holds(asked, before)
      if (isChanged) changed += 1
      expect(isChanged && flips.length === 0).toBe(false)
      const moved = { ...before }
      for (const id of flips.flatMap(({ factor }) => [factor, beforeOf(factor)]))
        if (id in now) moved[id] = now[id] ?? null
      expect(holds(asked, moved)).toBe(holds(asked, now))
    }),
    { numRuns: 400 },
  )
  expect(changed).toBeGreaterThan(20)
})

const balance = {
  id: 'balance',
  type: 'money',
  unit: 'fen',
  title: { zh: '余额', en: 'balance' },
  feeds: [],
} as const
const ends = { id: 'ends', type: 'date', title: { zh: '合约到期日', en: 'contract end' }, feeds: [] } as const
const known = new Map<string, KnownFactor>([
  ['balance', balance],
  ['ends', ends],
])

test('a value that fell below its threshold is said with both values, in both languages', () => {
  const asked = { op: 'lt', factor: 'balance', value: 1000 } as const
  const [flip, ...more] = flipsOf(
    { condition: asked, row: { balance: 850 } },
    { condition: asked, row: { balance: 1200 } },
    known,
  )
  expect(more).toEqual([])
  expect(flip).toMatchObject({ factor: 'balance', held: true, before: 1200, now: 850 })
  expect(flip?.text).toEqual({
    zh: '余额由 ¥12.00 变为 ¥8.50（低于 ¥10.00：由否变是）',
    en: 'balance went from ¥12.00 to ¥8.50 (is below ¥10.00: holds now)',
  })
})

test('a day that came nearer turns a comparison though the value stayed', () => {
  const asked: Condition = { op: 'lt', factor: 'ends', value: { daysFromAsOf: 30 } }
  const on = (asOf: string) => bind(asked, { asOf: asOf as PlainDate, parameters: [] })
  const row = { ends: '2026-10-15' }
  const [flip] = flipsOf({ condition: on('2026-09-16'), row }, { condition: on('2026-09-15'), row }, known)
  expect(flip?.text.en).toBe('contract end is still 2026-10-15 (is before 2026-10-16: holds now)')
  expect(flipsOf({ condition: on('2026-09-15'), row }, { condition: on('2026-09-14'), row }, known)).toEqual(
    [],
  )
})
