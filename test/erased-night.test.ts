import path from 'node:path'
import { sql as desk } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { factorTable } from '#factors'
import { type Application, listRules, openApplication, personalData, runNight, workTheDay } from '#flows'
import { feedRows, feedState, feedsDelivered, subscriberKeys } from '#ingest'
import { addDays, everybody } from '#kernel'
import { listTasks } from '#tasks'
import { type Sql, sql } from '#warehouse'
import { openCity, stepCity } from '#world'
import { copyOfCity, halfPastTen, today } from './support/city.ts'

/** The night after a customer's data were erased, beside the same night without it. */

const day = addDays(today, 1)

interface Gone {
  readonly subscriberId: string
  readonly sub: number
  readonly customerId: string
}

let base: ReturnType<typeof copyOfCity>
let gone: Gone
let plain: Morning
let erased: Morning

beforeAll(async () => {
  base = copyOfCity()
  await withApplication(base.folder, application => workTheDay(application, today))
  const city = await openCity(path.join(base.folder, 'city'))
  ;(await stepCity(city, [])).close()
  gone = await withApplication(base.folder, somebody)
  plain = await morningOf(copyOfCity(base.folder), async () => undefined)
  erased = await morningOf(copyOfCity(base.folder), async application => {
    const by = { staffId: null, from: 'command line', reason: 'asked for it' }
    const done = await personalData.erase(application, gone.subscriberId, by)
    if (!done.ok) throw new Error(done.fault.code)
  })
}, 300_000)
afterAll(() => base?.remove())

async function withApplication<T>(
  folder: string,
  work: (application: Application) => Promise<T>,
): Promise<T> {
  const application = await openApplication({ dataFolder: folder, clock: halfPastTen })
  try {
    return await work(application)
  } finally {
    await application.close()
  }
}

/** Somebody with a task, whom tomorrow's night would find again. */
async function somebody(application: Application): Promise<Gone> {
  const { tasks } = await listTasks(application.desk.db, everybody, { day: today, pageSize: 1 })
  const lines = await feedState({ shelf: application.shelf }, 'subscriber', today)
  if (lines === undefined || tasks[0] === undefined) throw new Error('nobody has a task')
  const engine = await application.warehouse()
  const [row] = await engine.rows<Gone>(
    sql`SELECT subscriber_id AS "subscriberId", sub, customer_id AS "customerId" FROM ${lines} AS l
      WHERE subscriber_id = ${tasks[0].subscriberId}`,
  )
  if (row === undefined) throw new Error('a task about nobody')
  return row
}

interface Morning {
  /** Rows with the subscriber or customer in them, by where they were looked for. */
  readonly found: Readonly<Record<string, number>>
  /** All rows of the same. */
  readonly rows: Readonly<Record<string, number>>
  /** What hangs on the desk about them, by table. */
  readonly inDesk: Readonly<Record<string, number>>
  readonly vector: unknown
  readonly rules: ReadonlyMap<string, number>
  readonly rulesOf: number
  /** Rules that stand still because of data that did not pass. */
  readonly held: readonly string[]
  readonly placed: number
  readonly tasks: readonly string[]
}

/** Runs the night and looks everywhere a reader may look. */
async function morningOf(
  copy: ReturnType<typeof copyOfCity>,
  before: (application: Application) => Promise<unknown>,
): Promise<Morning> {
  try {
    return await withApplication(copy.folder, async application => {
      await before(application)
      const night = await runNight(application, { day })
      if (!night.ok) throw new Error(night.fault.code)
      return await looked(application)
    })
  } finally {
    copy.remove()
  }
}

async function looked(application: Application): Promise<Morning> {
  const { db } = application.desk
  const { value } = await listRules(application, everybody)
  const { tasks } = await listTasks(db, everybody, { day, pageSize: 5_000 })
  const placed = await desk<{ n: number }>`
    select coalesce(sum(subscribers), 0)::float8 as n from night_place where day = ${day}`.execute(db)
  return {
    ...(await inRelations(application)),
    inDesk: await deskRows(application),
    vector: await application.vectors.of(day, gone.subscriberId),
    rules: new Map(value.rules.map(rule => [rule.id, rule.count ?? 0])),
    rulesOf: value.rules.find(rule => rule.state === 'on')?.of ?? 0,
    held: value.rules
      .filter(rule => rule.state === 'held')
      .map(rule => `${rule.id}: ${rule.reason?.en ?? ''}`),
    placed: placed.rows[0]?.n ?? 0,
    tasks: tasks.map(task => task.subscriberId).sort(),
  }
}

async function inRelations(application: Application): Promise<Pick<Morning, 'found' | 'rows'>> {
  const engine = await application.warehouse()
  const [found, rows]: [Record<string, number>, Record<string, number>] = [{}, {}]
  for (const [name, relation] of await everyRelation(application)) {
    const columns = await engine.rows<{ column_name: string }>(sql`DESCRIBE SELECT * FROM ${relation} AS r`)
    const isThem = whoseRow(columns.map(c => c.column_name))
    const [counted] = await engine.rows<{ found: number; all: number }>(
      sql`SELECT CAST(count(*) AS DOUBLE) AS "all",
        CAST(coalesce(sum(CASE WHEN ${isThem} THEN 1 ELSE 0 END), 0) AS DOUBLE) AS found FROM ${relation} AS r`,
    )
    found[name] = counted?.found ?? -1
    rows[name] = counted?.all ?? -1
  }
  return { found, rows }
}

function whoseRow(columns: readonly string[]): Sql {
  if (columns.includes('sub')) return sql`sub = ${gone.sub}`
  return columns.includes('customer_id') ? sql`customer_id = ${gone.customerId}` : sql`FALSE`
}

async function everyRelation({ shelf }: Application): Promise<ReadonlyMap<string, Sql>> {
  const reader = { shelf }
  const relations = new Map<string, Sql>([['keys', await subscriberKeys(reader)]])
  const factors = await factorTable(shelf, day)
  if (factors !== undefined) relations.set('factors', factors)
  for (const feed of await feedsDelivered(reader)) {
    const rows = await feedRows(reader, feed, { from: addDays(day, -400), to: day })
    if (rows !== undefined) relations.set(`rows of ${feed}`, rows)
    const state = await feedState(reader, feed, day).catch(() => undefined)
    if (state !== undefined) relations.set(`state of ${feed}`, state)
  }
  return relations
}

/** How many rows of the desk carry the key itself. */
async function deskRows({ desk: { db } }: Application): Promise<Record<string, number>> {
  const { rows } = await desk<{ t: string }>`
    select table_name as t from information_schema.columns
    where table_schema = 'public' and column_name = 'subscriber_id' and table_name <> 'flows_erased'`.execute(
    db,
  )
  const found: Record<string, number> = {}
  for (const { t } of rows) {
    const counted = await desk<{ n: number }>`
      select count(*)::float8 as n from ${desk.table(t)} where subscriber_id = ${gone.subscriberId}`.execute(
      db,
    )
    if ((counted.rows[0]?.n ?? 0) > 0) found[t] = counted.rows[0]?.n ?? 0
  }
  return found
}

test('without an erasure the night finds them everywhere', () => {
  expect(Object.keys(plain.inDesk)).toContain('governance_subscriber')
  expect(plain.found).toMatchObject({ factors: 1, 'state of subscriber': 1, 'state of customer': 1 })
})

test('the erased come back through no feed, state, key, partial, factor or vector, and into no list', () => {
  expect(Object.entries(erased.found).filter(([, rows]) => rows > 0)).toEqual([])
  expect(erased.inDesk).toEqual({})
  expect(erased.vector).toBeUndefined()
  expect(erased.tasks).not.toContain(gone.subscriberId)
})

test('every total is what it was without them, and everybody else’s work is the same', () => {
  const expected = Object.entries(plain.rows).map(([name, rows]) => [name, rows - (plain.found[name] ?? 0)])
  expect(Object.entries(erased.rows)).toEqual(expected)
  expect(erased.held).toEqual(plain.held)
  expect(erased.placed).toBe(plain.placed - 1)
  expect(erased.rulesOf).toBe(plain.rulesOf - 1)
  for (const [rule, count] of plain.rules) {
    const now = erased.rules.get(rule) ?? -1
    expect([count, count - 1], rule).toContain(now)
  }
  expect(erased.tasks.filter(id => !plain.tasks.includes(id))).toEqual([])
  expect(plain.tasks.filter(id => !erased.tasks.includes(id) && id !== gone.subscriberId)).toEqual([])
})
