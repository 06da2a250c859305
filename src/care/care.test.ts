import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, daysBetween, plainDate } from '#kernel'
import { selecting } from '#rules'
import { join, openWarehouse, sql, type Warehouse } from '#warehouse'
import {
  dueOn,
  dueWithin,
  type Holiday,
  holidaysOn,
  lunarDay,
  type Occasion,
  readHolidays,
  readOccasions,
  sayLunar,
} from './index.ts'

const catalogue = path.join(import.meta.dirname, '../../catalogue/care')
const title = { zh: '题', en: 'title' }
let warehouse: Warehouse
let folder: string
let holidays: readonly Holiday[]
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'care-'))
  warehouse = await openWarehouse({ memoryMiBMax: 256, threads: 2, spillFolder: path.join(folder, 'spill') })
  const read = await readHolidays(path.join(catalogue, 'holidays'))
  holidays = read.holidays
})
afterAll(async () => {
  warehouse.close()
  await rm(folder, { recursive: true, force: true })
})

test('the calendar that is shipped reads without a fault', async () => {
  const read = await readHolidays(path.join(catalogue, 'holidays'))
  expect(read.faults).toEqual([])
  expect(read.holidays.length).toBeGreaterThan(10)
})

describe('the Chinese calendar', () => {
  const known = [
    ['2024-02-09', 'spring_festival_eve'],
    ['2024-02-10', 'spring_festival'],
    ['2025-01-28', 'spring_festival_eve'],
    ['2025-01-29', 'spring_festival'],
    ['2025-05-31', 'dragon_boat'],
    ['2025-10-06', 'mid_autumn'],
    ['2026-02-16', 'spring_festival_eve'],
    ['2026-02-17', 'spring_festival'],
    ['2026-03-03', 'lantern'],
    ['2026-04-05', 'qingming'],
    ['2026-06-19', 'dragon_boat'],
    ['2026-12-22', 'winter_solstice'],
    ['2026-08-19', 'qixi'],
    ['2026-09-25', 'mid_autumn'],
    ['2026-10-18', 'double_ninth'],
    ['2027-02-06', 'spring_festival'],
    ['2030-02-03', 'spring_festival'],
  ] as const
  test.each(known)('%s is %s', (day, id) => {
    expect(holidaysOn(holidays, plainDate(day)).map(h => h.id)).toContain(id)
  })

  test('every holiday comes once a year of its own calendar, in leap years too', () => {
    const from = plainDate('2020-01-01')
    const days = Array.from({ length: 366 * 20 }, (_, i) => addDays(from, i))
    const found = new Map(holidays.map(h => [h.id, [] as string[]]))
    for (const day of days) for (const h of holidaysOn(holidays, day)) found.get(h.id)?.push(day)
    for (const [id, all] of found) {
      const gaps = all.slice(1).map((day, i) => daysBetween(plainDate(all[i] ?? day), plainDate(day)))
      expect({ id, wrong: gaps.filter(g => g < 353 || g > 385) }).toEqual({ id, wrong: [] })
    }
  })

  test('no holiday is kept in a leap month', () => {
    const leap = plainDate('2025-07-25')
    expect(lunarDay(leap)).toMatchObject({ month: 6, day: 1, isLeap: true })
    const leapDoubleFifth: Holiday = { id: 'x', title, on: { lunar: '06-01' } }
    expect(holidaysOn([leapDoubleFifth], leap)).toEqual([])
    expect(holidaysOn([leapDoubleFifth], plainDate('2025-06-25')).length).toBe(1)
  })

  test('is said as people say it', () => {
    const said = (day: string) => sayLunar(lunarDay(plainDate(day)))
    expect(said('2026-09-25')).toEqual({ zh: '八月十五', en: '8/15' })
    expect(said('2025-07-25')).toEqual({ zh: '闰六月初一', en: 'leap 6/1' })
    expect(said('2026-02-16')).toEqual({ zh: '腊月廿九', en: '12/29' })
    expect(said('2026-02-17').zh).toBe('正月初一')
  })
})

const occasion = (id: string, when: Occasion['when'], more: Partial<Occasion> = {}): Occasion => ({
  id,
  version: 1,
  title,
  means: title,
  owner: 'retention',
  when,
  condition: { op: 'present', factor: 'k' },
  action: 'greet',
  controlPercent: 0,
  ...more,
})

test('what the calendar counts for a morning is whom the occasion is for on that morning', async () => {
  const asOf = plainDate('2026-09-14')
  const occasions = [
    occasion('own', { countdown: 'left_days', daysBefore: 0 }),
    occasion('early', { countdown: 'left_days', daysBefore: 7 }),
    occasion('moon', { holiday: 'mid_autumn', daysBefore: 1 }),
    occasion(
      'old',
      { holiday: 'double_ninth', daysBefore: 0 },
      { condition: { op: 'missing', factor: 'k' } },
    ),
  ]
  const row = fc.record({
    left: fc.option(fc.integer({ min: 0, max: 40 })),
    k: fc.option(fc.constant(1)),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 30 }), async rows => {
      const tableOn = (passed: number) => {
        const some = rows.map(({ left, k }, i) => {
          const now = left === null || left < passed ? null : left - passed
          return sql`SELECT ${i} AS sub, CAST(${now} AS BIGINT) AS left_days, CAST(${k} AS BIGINT) AS k`
        })
        return sql`(${join(some, ' UNION ALL ')})`
      }
      const due = await dueWithin(warehouse, tableOn(0), { occasions, holidays, asOf, days: 36 })
      expect(due.filter(d => d.day < asOf || d.day >= addDays(asOf, 36))).toEqual([])
      for (const one of occasions) {
        for (const passed of [0, 1, 7, 10, 34, 35]) {
          const day = addDays(asOf, passed)
          const condition = dueOn(one, holidays, day)
          const [found] =
            condition === undefined
              ? [{ n: 0 }]
              : await warehouse.rows<{ n: number }>(
                  sql`SELECT count(*) AS n FROM ${tableOn(passed)} AS t WHERE ${selecting(condition)}`,
                )
          const counted = due.find(d => d.occasion === one.id && d.day === day)?.subscribers ?? 0
          expect({ id: one.id, day, counted }).toEqual({ id: one.id, day, counted: found?.n })
        }
      }
    }),
    { numRuns: 15 },
  )
}, 60_000)

test('an unknown holiday, action or countdown is a fault with file and line', async () => {
  const own = path.join(folder, 'own')
  await mkdir(own, { recursive: true })
  const entry = (id: string, when: string, action: string) => `- id: ${id}
  version: 1
  title: {zh: 题, en: t}
  means: {zh: 义, en: m}
  owner: retention
  when: ${when}
  condition: {op: present, factor: k}
  action: ${action}
  controlPercent: 0
`
  await writeFile(
    path.join(own, 'x.yaml'),
    entry('aa', '{holiday: nope, daysBefore: 0}', 'greet') +
      entry('bb', '{countdown: k, daysBefore: 0}', 'greet') +
      entry('cc', '{countdown: left_days, daysBefore: 0}', 'shout') +
      entry('dd', '{countdown: left_days, daysBefore: 0}', 'greet'),
  )
  const factors = new Map([
    ['k', { id: 'k', title, type: 'integer' as const, feeds: [] }],
    ['left_days', { id: 'left_days', title, type: 'integer' as const, unit: 'day', feeds: [] }],
  ])
  const known = { factors, holidays, actions: new Set(['greet']) }
  const { occasions, faults } = await readOccasions(own, known)
  expect(occasions.map(o => o.id)).toEqual(['dd'])
  expect(faults.map(f => [f.code, f.at?.['line']])).toEqual([
    ['care.unknown-holiday', 6],
    ['care.no-countdown', 15],
    ['care.unknown-action', 26],
  ])
})
