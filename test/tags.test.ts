import { afterAll, beforeAll, expect, test } from 'vitest'
import { factorTable } from '#factors'
import { commandLine, knowing } from '#flows'
import { holds } from '#rules'
import { bindTag, segmentMorning, tagColumn } from '#segments'
import { type Row, sql } from '#warehouse'
import type { Reply } from '#wire'
import { segmentsStep } from '../src/flows/night/segments.ts'
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
    if (tag.source === 'import') return [tag.id]
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

/** The morning's segments anew, as a night makes them. */
function tagAnew(): Promise<number> {
  const { signal } = new AbortController()
  return segmentsStep({ application: city.application, day: today, onProgress: () => {}, signal, feeds: [] })
}

const vip = {
  id: 'club_guest',
  group: 'wealth',
  title: { zh: '俱乐部嘉宾', en: 'club guest' },
  means: { zh: '会员部门提供的名单', en: 'a list of the club’s office' },
  owner: 'club',
  source: 'import',
  holdsDays: 30,
}

test('a tag filled from a file: whom it names have it from the next night on, what is wrong comes back line by line', async () => {
  const planner = await city.as('campaign')
  const { body: saved } = await planner.ask('saveTag', { body: { tag: vip } })
  expect(saved).toEqual({ id: vip.id, version: 1 })
  const { rows } = (await planner.ask('listTagCustomers', { parts: { id: 'price_sensitive' } }))
    .body as Reply<'listTagCustomers'>
  const [one, two] = rows
  if (one === undefined || two === undefined) throw new Error('nobody has the tag')
  const file = `subscriber\n${one.id}\n${two.id}\n${one.id}\nnobody-like-it\n=1+1\n`
  const filled = (await planner.ask('fillTag', { parts: { id: vip.id }, file })).body as Reply<'fillTag'>
  expect(filled).toMatchObject({ subscribers: 2, faultyLines: 3 })
  expect(filled.faulty.map(f => f.line)).toEqual([4, 5, 6])
  const bad = await planner.download('downloadTagFaults', { parts: { id: vip.id } })
  expect(bad.content.toString('utf8').split('\n').length).toBeGreaterThan(3)
  expect(bad.content.toString('utf8')).not.toContain('nobody-like-it')
  // A draft is given to nobody.
  await tagAnew()
  expect(await tagOf(planner, vip.id)).toMatchObject({ life: 'draft', subscribers: null })
  expect((await planner.ask('activateTag', { parts: { id: vip.id } })).status).toBe(200)
  await tagAnew()
  expect(await tagOf(planner, vip.id)).toMatchObject({ life: 'active', subscribers: 2, sentence: null })
  const { standing } = (await planner.ask('showSubscriber', { parts: { id: one.id } }))
    .body as Reply<'showSubscriber'>
  expect(standing?.tags.map(t => t.id)).toContain(vip.id)
  // A file that names nobody changes nothing.
  const none = await planner.ask('fillTag', { parts: { id: vip.id }, file: 'subscriber\nnobody\n' })
  expect(none.body).toMatchObject({ subscribers: 0, until: null, faultyLines: 1 })
  const ruled = await planner.ask('fillTag', { parts: { id: 'price_sensitive' }, file })
  expect(ruled.body).toMatchObject({ code: 'tag.not-filled' })
})

test('a tag of the catalogue is changed as a newer version, retired, and goes out and comes in as its file', async () => {
  const planner = await city.as('campaign')
  const { content } = await tagOf(planner, 'silent_week')
  const title = { zh: '沉默七天', en: 'silent for seven days' }
  expect((await planner.ask('saveTag', { body: { tag: { ...content, title } } })).body).toMatchObject({
    version: 2,
  })
  const wrong = { ...content, condition: { op: 'ge', factor: 'no_such_factor', value: 7 } }
  expect((await planner.ask('saveTag', { body: { tag: wrong } })).body).toMatchObject({
    code: 'rule.unknown-factor',
  })
  expect(await tagOf(planner, 'silent_week')).toMatchObject({ version: 1, life: 'active' })
  await planner.ask('activateTag', { parts: { id: 'silent_week' } })
  expect(await tagOf(planner, 'silent_week')).toMatchObject({ version: 2, title })
  const { yaml } = (await planner.ask('writeTag', { parts: { id: 'silent_week' } })).body as Reply<'writeTag'>
  const again = await planner.ask('importTags', { body: { yaml } })
  expect(again.body).toEqual({ saved: [], unchanged: 1 })
  const changed = await planner.ask('importTags', { body: { yaml: yaml.replace('value: 7', 'value: 8') } })
  expect(changed.body).toEqual({ saved: [{ id: 'silent_week', version: 3 }], unchanged: 0 })
  await planner.ask('retireTag', { parts: { id: 'silent_week' }, body: { reason: 'nobody uses it' } })
  expect(await tagOf(planner, 'silent_week')).toMatchObject({ life: 'retired' })
  await tagAnew()
  expect(await tagOf(planner, 'silent_week')).toMatchObject({ subscribers: null })
  const { versions } = (await planner.ask('listTagVersions', { parts: { id: 'silent_week' } }))
    .body as Reply<'listTagVersions'>
  expect(versions.map(v => `${v.version} ${v.life}`)).toEqual(['3 draft', '2 retired', '1 retired'])
  const manager = await city.as('manager1')
  expect((await manager.ask('saveTag', { body: { tag: vip } })).status).toBe(403)
})
