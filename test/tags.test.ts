import { afterAll, beforeAll, expect, test } from 'vitest'
import { factorTable } from '#factors'
import { commandLine, knowing } from '#flows'
import { holds } from '#rules'
import { bindTag, segmentMorning, tagColumn } from '#segments'
import { type Row, sql } from '#warehouse'
import type { Reply } from '#wire'
import { type Caller, type Journey, journey, today } from './support/city.ts'

let city: Journey
let analyst: Caller
beforeAll(async () => {
  city = await journey()
  analyst = await city.as('analyst')
})
afterAll(() => city.close())

async function library(asker: Caller): Promise<Reply<'listTags'>> {
  return (await asker.ask('listTags')).body
}
async function tagOf(asker: Caller, id: string): Promise<Reply<'showTag'>> {
  return (await asker.ask('showTag', { parts: { id } })).body
}

test('every tag of every subscriber is what the plain function says', async () => {
  const { application } = city
  const engine = await application.warehouse()
  const table = await factorTable(application.shelf, today)
  const morning = await segmentMorning(engine, application.shelf, today)
  if (table === undefined || morning === undefined) throw new Error('no morning')
  const tags = application.catalogue.tags.filter(t => morning.tags.get(t.id)?.state === 'on')
  expect(tags.length).toBeGreaterThan(100)
  const rows = await engine.rows<Row>(
    sql`SELECT f.*, s.* FROM ${table} AS f JOIN ${morning.table} AS s ON s.sub = f.sub`,
  )
  const wrong = tags.flatMap(tag => {
    const condition = bindTag(tag, today)
    return rows.filter(row => row[tagColumn(tag.id)] !== holds(condition, row)).map(() => tag.id)
  })
  expect(wrong).toEqual([])
})

test('most tags say something about a city, and one that nobody or everybody has is flagged', async () => {
  const listed = await knowing.tags.list(city.application, commandLine)
  if (!listed.ok) throw new Error(listed.fault.en)
  const found = listed.value
  const given = found.tags.filter(t => t.subscribers !== null)
  const telling = given.filter(t => (t.subscribers ?? 0) > 0 && t.subscribers !== found.of)
  expect(telling.length).toBeGreaterThan(100)
  for (const tag of given.filter(t => t.state !== 'off')) {
    const alarm = tag.subscribers === 0 ? 'nobody' : tag.subscribers === found.of ? 'everybody' : null
    expect({ id: tag.id, alarm: tag.alarm }).toEqual({ id: tag.id, alarm })
  }
})

test('a profile counts whom the list counts, by morning, by cell and by name', async () => {
  const found = await library(analyst)
  const some = found.tags.filter(t => (t.subscribers ?? 0) > 5).slice(0, 6)
  for (const { id, subscribers } of some) {
    const tag = await tagOf(analyst, id)
    expect(tag.subscribers).toBe(subscribers)
    expect(tag.coverage.at(-1)).toMatchObject({ day: today, subscribers })
    expect(tag.cells.reduce((n, c) => n + c.subscribers, 0)).toBe(subscribers)
    for (const other of tag.tags) {
      const share = other.subscribers / (subscribers ?? 1) / (other.everybody / tag.of)
      expect(other.lift).toBeCloseTo(share, 9)
    }
    expect(tag.apart.length).toBeGreaterThan(0)
    const page: Reply<'listTagCustomers'> = (
      await analyst.ask('listTagCustomers', { parts: { id }, query: { pageSize: '5' } })
    ).body
    expect(page.total).toBe(subscribers)
    const [one] = page.rows
    const { body } = await analyst.ask('showSubscriber', { parts: { id: one?.id ?? '' } })
    expect((body as Reply<'showSubscriber'>).standing?.tags.map(t => t.id)).toContain(id)
  }
})

test('a manager counts their own; a tag that does not exist is said to be none', async () => {
  const manager = await city.as('manager1')
  const [own, all] = [await library(manager), await library(analyst)]
  expect(own.of).toBeGreaterThan(0)
  expect(own.of).toBeLessThan(all.of ?? 0)
  const bigger = own.tags.filter((t, i) => (t.subscribers ?? 0) > (all.tags[i]?.subscribers ?? 0))
  expect(bigger).toEqual([])
  const { status, body } = await analyst.ask('showTag', { parts: { id: 'no_such_tag' } })
  expect({ status, body }).toMatchObject({ status: 404, body: { code: 'tag.unknown' } })
})
