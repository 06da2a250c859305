import { afterAll, beforeAll, expect, test } from 'vitest'
import { factorTable } from '#factors'
import { commandLine, knowing } from '#flows'
import { addDays, daysBetween } from '#kernel'
import { type Row, sql } from '#warehouse'
import { exportLives, exportWarnings } from '#warnings'
import type { Reply } from '#wire'
import { type Caller, type Journey, journey, today } from './support/city.ts'

let city: Journey
beforeAll(async () => {
  city = await journey()
})
afterAll(() => city.close())

async function listed(asker: Caller, query: Record<string, string> = {}): Promise<Reply<'listWarnings'>> {
  return (await asker.ask('listWarnings', { query: { pageSize: '100', ...query } })).body
}

async function everything() {
  const found = await knowing.warnings.list(city.application, commandLine, { pageSize: 10_000 })
  if (!found.ok) throw new Error('no warnings')
  return found.value
}

test('whoever was warned about this morning has a warning that is open, at that level, and nobody else has', async () => {
  const { db } = city.application.desk
  const { rows, total } = await everything()
  expect(rows.length).toBe(total)
  const open = rows.filter(r => r.state.code === 'raised' || r.state.code === 'worked')
  for (const plan of ['daily', 'weekly_anomaly']) {
    const raised = await exportWarnings(db, today, plan)
    const own = open.filter(r => r.plan.code === plan)
    expect(own.map(r => `${r.id} ${r.level}`).toSorted(), plan).toEqual(
      raised.map(w => `${w.subscriber_id} ${w.level}`).toSorted(),
    )
    expect(raised.length, plan).toBeGreaterThan(0)
  }
})

test('over several mornings signs are one warning, and some have eased', async () => {
  const { rows } = await everything()
  expect(rows.some(r => r.raisedDays > 1 && r.openedOn < today)).toBe(true)
  const eased = rows.filter(r => r.state.code === 'eased')
  expect(eased.every(r => r.lastOn < today)).toBe(true)
})

test('counts, filters and pages agree, and a manager sees their own', async () => {
  const supervisor = await city.as('supervisor')
  const all = await listed(supervisor)
  expect(all.counts.reduce((sum, c) => sum + c.count, 0)).toBe(all.total)
  for (const { plan, state, level, count } of all.counts) {
    const some = await listed(supervisor, { plan, state, level })
    expect({ plan, state, level, total: some.total }).toEqual({ plan, state, level, total: count })
    expect(some.rows.every(r => r.state.code === state && r.level === level)).toBe(true)
  }
  const own = await listed(await city.as('manager1'))
  expect(own.total).toBeLessThan((await everything()).total)
})

test('a customer’s own page says how its warning stands', async () => {
  const supervisor = await city.as('supervisor')
  const [one] = (await listed(supervisor)).rows
  const { body } = await supervisor.ask('showSubscriber', { parts: { id: one?.id ?? '' } })
  const lives = (body as Reply<'showSubscriber'>).warningLives
  expect(one).toMatchObject({ ...lives.find(life => life.plan.code === one?.plan.code) })
  expect(lives.map(life => life.plan.code)).toContain(one?.plan.code)
})

test('how warnings stood yesterday are factors this morning', async () => {
  const { application } = city
  const lives = await exportLives(application.desk.db, addDays(today, -1))
  const table = await factorTable(application.shelf, today)
  if (table === undefined) throw new Error('no morning')
  const rows = await (await application.warehouse()).rows<Row>(sql`SELECT * FROM ${table} AS t`)
  const known = new Map(rows.map(row => [String(row['subscriber_id']), row]))
  const daily = lives.filter(life => life.plan === 'daily' && known.has(life.subscriber_id))
  expect(daily.length).toBeGreaterThan(10)
  for (const life of daily) {
    const row = known.get(life.subscriber_id)
    expect(row).toMatchObject({ warning_state: life.state, warning_level_change: life.level_change })
    expect(Number(row?.['warnings_opened_180d'])).toBeGreaterThan(0)
    expect(row?.['days_since_warning_opened']).toBe(daysBetween(life.opened_on, today))
  }
  const without = rows.filter(row => row['warning_state'] === null)
  expect(without.every(row => Number(row['unworked_warning_days_30d']) === 0)).toBe(true)
})
