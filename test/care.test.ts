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

test('a past day says for how many it was then: those who got a decision that morning', async () => {
  const from = addDays(today, -3)
  const found = await knowing.care.show(city.application, commandLine, { from, days: 5 })
  if (!found.ok) throw new Error(found.fault.en)
  const { days } = found.value
  expect(days.map(d => d.day)).toEqual([0, 1, 2, 3, 4].map(n => addDays(from, n)))
  const all = await decisions()
  const past = days
    .filter(d => d.day < today)
    .map(d => ({
      day: d.day,
      due: Object.fromEntries(d.due.map(o => [`care:${o.occasion}`, o.subscribers])),
    }))
  const decided = past.map(({ day }) => {
    const those = Map.groupBy(
      all.filter(d => String(d.day) === day),
      d => d.rule_id,
    )
    return { day, due: Object.fromEntries([...those].map(([id, some]) => [id, some.length])) }
  })
  expect(past).toEqual(decided)
  expect(past.some(d => Object.keys(d.due).length > 0)).toBe(true)
})

test('members are invited to an event some days before it, with the event’s own words', () => {
  const { occasions, holidays } = city.application.catalogue.care
  const tea = occasions.find(o => 'on' in o.when)
  if (tea === undefined) throw new Error('there is no event')
  const invited = plainDate('2026-10-10')
  expect(dueOn(tea, holidays, invited)).toBeDefined()
  expect(dueOn(tea, holidays, addDays(invited, 1))).toBeUndefined()
  expect(tea.text?.zh).toContain('10月17日')
})
