import { afterAll, beforeAll, expect, test } from 'vitest'
import { factorTable } from '#factors'
import { listStaff, responsibleFor, scopeOf } from '#governance'
import { everybody } from '#kernel'
import { segmentDays, segmentMaps, segmentMorning, stageTree } from '#segments'
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

async function map(asker: Caller, query: Record<string, string> = {}): Promise<Reply<'showSegments'>> {
  return (await asker.ask('showSegments', { query })).body
}
async function moves(asker: Caller, query: Record<string, string> = {}): Promise<Reply<'listSegmentMoves'>> {
  return (await asker.ask('listSegmentMoves', { query })).body
}
async function customers(
  asker: Caller,
  query: Record<string, string>,
): Promise<Reply<'listSegmentCustomers'>> {
  return (await asker.ask('listSegmentCustomers', { query })).body
}
const sum = (all: readonly { readonly subscribers: number }[]) => all.reduce((n, c) => n + c.subscribers, 0)

test('the night places everybody, each where the plain function says, on every morning', async () => {
  const { application } = city
  const { shelf, catalogue } = application
  const engine = await application.warehouse()
  const days = await segmentDays(shelf)
  expect(days.at(-1)).toBe(today)
  expect(days.length).toBeGreaterThan(1)
  const table = await factorTable(shelf, today)
  const morning = await segmentMorning(engine, shelf, today)
  if (table === undefined || morning === undefined) throw new Error('no morning')
  const { segmentMap } = catalogue
  const tree = stageTree.bind(segmentMap.stage.tree, today)
  const rows = await engine.rows<Row>(
    sql`SELECT f.*, s.value AS _value, s.stage AS _stage, s.brand AS _brand
      FROM ${table} AS f JOIN ${morning.table} AS s ON s.sub = f.sub`,
  )
  expect(rows.length).toBe(morning.subscribers)
  for (const row of rows) {
    expect({ value: row['_value'], stage: row['_stage'], brand: row['_brand'] }).toEqual({
      value: segmentMaps.classOf(segmentMap.value, morning.cuts, row[segmentMap.value.factor] ?? null),
      stage: stageTree.stageOf(tree, row),
      brand: row['brand'],
    })
  }
  expect(new Set(rows.map(r => r['_stage'])).size).toBeGreaterThan(3)
})

test('the map counts everybody in scope once, in every dimension', async () => {
  const all = await map(analyst)
  expect(all.asOf).toBe(today)
  expect(sum(all.cells)).toBe(all.subscribers)
  const stages = new Set(all.stage.classes.map(c => c.code))
  expect(all.cells.filter(c => c.stage !== null && !stages.has(c.stage))).toEqual([])
  expect(all.questions.length).toBeGreaterThan(3)
  expect(
    all.questions
      .flatMap(q => [q.yes, q.no])
      .filter(one => one !== null)
      .toSorted(),
  ).toEqual(expect.arrayContaining([...stages].toSorted()))
})

test('somebody with a scope counts their own, and the parts add up to the whole', async () => {
  const { db } = city.application.desk
  const everyone = (await map(analyst)).subscribers
  const manager = await city.as('manager1')
  const own = await map(manager)
  expect(own.subscribers).toBeGreaterThan(0)
  expect(own.subscribers).toBeLessThan(everyone)
  const person = (await listStaff(db)).find(s => s.login === 'manager1')
  if (person === undefined) throw new Error('no manager1')
  const scope = await scopeOf(db, person, 'segment.look', today)
  const ids = (await customers(manager, { pageSize: '100' })).rows.map(r => r.id)
  expect([...(await responsibleFor(db, scope, ids)).keys()].toSorted()).toEqual(ids.toSorted())
  expect((await responsibleFor(db, everybody, ids)).size).toBe(ids.length)
})

test('behind every count stand as many customers, with the greatest spending first', async () => {
  const { cells } = await map(analyst)
  for (const cell of cells.slice(0, 12)) {
    const query = { value: cell.value ?? '-', stage: cell.stage ?? '-', brand: cell.brand ?? '-' }
    const page = await customers(analyst, query)
    expect({ ...query, total: page.total }).toEqual({ ...query, total: cell.subscribers })
    const spent = page.rows.map(r => r.arpuFen ?? -1)
    expect(spent).toEqual(spent.toSorted((a, b) => b - a))
  }
})

test('everybody of two mornings is in the movement once, and each flow can be opened', async () => {
  const found = await moves(analyst)
  expect(found.from < found.to).toBe(true)
  const then = await map(analyst, { day: found.from })
  const now = await map(analyst, { day: found.to })
  expect(sum(found.moves.filter(m => m.from !== null))).toBe(then.subscribers)
  expect(sum(found.moves.filter(m => m.to !== null))).toBe(now.subscribers)
  const changed = found.moves.find(m => m.from !== null && m.to !== null && m.from.stage !== m.to.stage)
  if (changed?.from == null || changed.to === null) throw new Error('nobody changed the stage')
  const page = await customers(analyst, {
    day: found.to,
    fromDay: found.from,
    value: changed.to.value ?? '-',
    stage: changed.to.stage ?? '-',
    brand: changed.to.brand ?? '-',
    fromValue: changed.from.value ?? '-',
    fromStage: changed.from.stage ?? '-',
    fromBrand: changed.from.brand ?? '-',
  })
  expect(page.total).toBe(changed.subscribers)
})

test('a customer’s own page says where it stands and by which answers', async () => {
  const [one] = (await customers(analyst, {})).rows
  const { body } = await analyst.ask('showSubscriber', { parts: { id: one?.id ?? '' } })
  const { standing } = body as Reply<'showSubscriber'>
  expect(standing).toMatchObject({
    value: { code: one?.value },
    stage: { code: one?.stage },
    brand: one?.brand,
  })
  expect(standing?.answers.length).toBeGreaterThan(0)
})

test('a morning without a map is said to have none; a day that is none too', async () => {
  for (const day of ['2020-01-01', '2026-02-31']) {
    const { status, body } = await analyst.ask('showSegments', { query: { day } })
    expect({ status, body }).toMatchObject({ status: 409, body: { code: 'segment.not-made' } })
  }
})

test('a changed map is checked and tried, kept, approved by somebody else, and places everybody from then on', async () => {
  const { yaml } = (await analyst.ask('writeMap')).body as Reply<'writeMap'>
  const wrong = yaml.replace('factor: arpu_3m', 'factor: no_such').replace('yes: sunk', 'yes: sink')
  const refused = (await analyst.ask('tryMap', { body: { yaml: wrong } })).body as Reply<'tryMap'>
  expect(refused.preview).toBeNull()
  expect(refused.faults.map(f => f.code).toSorted()).toEqual([
    'segment.stage-unreached',
    'segment.unknown-factor',
    'segment.unknown-stage',
  ])
  expect(refused.faults.every(f => Number(f.at?.['line']) > 0)).toBe(true)
  const same = (await analyst.ask('tryMap', { body: { yaml } })).body as Reply<'tryMap'>
  expect(same.preview).toMatchObject({ moved: 0 })
  const higher = yaml.replace('from: 12000', 'from: 20000')
  const tried = (await analyst.ask('tryMap', { body: { yaml: higher } })).body as Reply<'tryMap'>
  const fell = (tried.preview?.moves ?? []).filter(m => m.from?.value === 'high' && m.to?.value === 'middle')
  expect(sum(fell)).toBe(tried.preview?.moved)
  expect(sum(fell)).toBeGreaterThan(0)
  const before = await map(analyst)
  expect((await analyst.ask('saveMap', { body: { yaml: higher } })).body).toMatchObject({ version: 2 })
  const asked = (await analyst.ask('activateMap', { body: { reason: 'fewer high ones' } }))
    .body as Reply<'activateMap'>
  expect((await analyst.ask('saveMap', { body: { yaml: higher } })).body).toMatchObject({
    code: 'segment.waiting',
  })
  const admin = await city.as('admin')
  const parts = { id: String(asked.approval) }
  const approved = await admin.ask('approve', { parts, body: { comment: 'right' } })
  expect(approved.status).toBe(200)
  // Until a night has placed by it, the morning stands as it was made.
  expect(await map(analyst)).toEqual(before)
  const { signal } = new AbortController()
  const { application } = city
  await segmentsStep({ application, day: today, onProgress: () => {}, signal, feeds: [] })
  const after = await map(analyst)
  expect(after.version).toBe(2)
  const high = (found: typeof after) => sum(found.cells.filter(c => c.value === 'high'))
  expect(high(before) - high(after)).toBeGreaterThan(0)
  const { versions } = (await analyst.ask('listMapVersions')).body as Reply<'listMapVersions'>
  expect(versions.map(v => `${v.version} ${v.state}`)).toEqual(['2 active', '1 retired'])
})
