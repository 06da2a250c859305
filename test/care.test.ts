import { afterAll, beforeAll, expect, test } from 'vitest'
import { dueOn } from '#care'
import { factorTable } from '#factors'
import { commandLine, knowing } from '#flows'
import { addDays, plainDate } from '#kernel'
import { holds } from '#rules'
import { sql } from '#warehouse'
import type { Reply } from '#wire'
import { type Journey, journey, today } from './support/city.ts'

let city: Journey
beforeAll(async () => {
  city = await journey()
})
afterAll(() => city.close())

/** What was decided about the proposals of the care calendar, by source. */
async function decisions() {
  const { rows } = await city.application.desk.db
    .withTables<{ task_decision: { day: string; rule_id: string; subscriber_id: string; result: string } }>()
    .selectFrom('task_decision')
    .selectAll()
    .where('rule_id', 'like', 'care:%')
    .execute()
    .then(all => ({ rows: all }))
  return rows
}

test('everybody whose day it was got a decision, and nobody else', async () => {
  const { application } = city
  const { occasions, holidays } = application.catalogue.care
  const engine = await application.warehouse()
  const table = await factorTable(application.shelf, today)
  if (table === undefined) throw new Error('no table')
  const rows = await engine.rows(sql`SELECT * FROM ${table} AS t`)
  const meant = occasions.flatMap(occasion => {
    const condition = dueOn(occasion, holidays, today)
    if (condition === undefined) return []
    return rows
      .filter(row => holds(condition, row))
      .map(row => `care:${occasion.id} ${String(row['subscriber_id'])}`)
  })
  const decided = (await decisions()).filter(d => String(d.day) === today)
  expect(decided.map(d => `${d.rule_id} ${d.subscriber_id}`).toSorted()).toEqual(meant.toSorted())
})

test('over the mornings of the city somebody was greeted', async () => {
  expect((await decisions()).length).toBeGreaterThan(0)
})

test('the calendar says the holidays and how many each day is for, of those in scope', async () => {
  const found = await knowing.care.show(city.application, commandLine)
  if (!found.ok) throw new Error(found.fault.en)
  const { days, occasions } = found.value
  expect(days[0]?.day).toBe(today)
  expect(days.find(d => d.day === '2026-09-25')).toMatchObject({
    lunar: { zh: '八月十五' },
    holidays: [{ code: 'mid_autumn' }],
  })
  expect(days.find(d => d.day === '2026-09-24')?.due.map(d => d.occasion)).toContain('mid_autumn')
  expect(occasions.map(o => o.state)).not.toContain('off')
  const all = days.flatMap(d => d.due).reduce((sum, d) => sum + d.subscribers, 0)
  const manager = await city.as('manager1')
  const own: Reply<'showCare'> = (await manager.ask('showCare', { query: { days: '35' } })).body
  const ownSum = own.days.flatMap(d => d.due).reduce((sum, d) => sum + d.subscribers, 0)
  expect(ownSum).toBeLessThan(all)
  expect(own.days.map(d => d.day)).toEqual(days.map(d => d.day))
  expect(plainDate(own.days.at(-1)?.day ?? '')).toBe(addDays(today, 34))
})

test('a day too many is refused', async () => {
  const analyst = await city.as('analyst')
  const { status } = await analyst.ask('showCare', { query: { days: '121' } })
  expect(status).toBe(400)
})
