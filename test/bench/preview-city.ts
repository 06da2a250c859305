import { sql } from 'kysely'
import { factorTable } from '#factors'
import type { Application } from '#flows'
import { addStaff, growOrganisation } from '#governance'
import { foldStates } from '#ingest'
import { addDays, type PlainDate } from '#kernel'
import { makeSegments } from '#segments'
import { ident, shelve, sql as warehouseSql } from '#warehouse'
import { cities, countiesPerCity, gridsPerCounty, password, province } from './province.ts'

/** Who tries a rule, and how much of the base is theirs. */
export const people = [
  { login: 'province', role: 'campaign_manager', unit: 'p1', title: 'province (all)' },
  { login: 'city', role: 'campaign_manager', unit: 'c1', title: 'city branch (10 %)' },
  { login: 'county', role: 'campaign_manager', unit: 'k1_1', title: 'county branch (1 %)' },
] as const

/**
 * Settles a base whose factor table lies on the shelf in a province: who asks, where everybody sits, the map and the
 * morning's night as done. As a night leaves it, but for lists, warnings and accounts that nobody asks about here.
 */
export async function settle(application: Application, morning: PlainDate): Promise<void> {
  const { desk, shelf, catalogue } = application
  const at = new Date(`${morning}T00:00:00Z`)
  await growOrganisation(desk.db, province())
  for (const { login, role, unit } of people) {
    const name = { zh: login, en: login }
    await addStaff(desk.db, { login, name, roles: [role], nodeId: unit, language: 'zh', password }, at)
  }
  await foldStates(await application.warehouse(), { shelf }, morning)
  const table = await factorTable(shelf, morning)
  if (table === undefined) throw new Error('there is no factor table')
  const engine = await application.warehouse()
  const span = { from: morning, to: addDays(morning, 1) }
  const stamp = { dataset: 'placed', span, version: 1, fingerprint: 'bench', learnedOn: morning }
  const city = warehouseSql`1 + sub % ${cities}`
  const county = warehouseSql`1 + sub // ${cities} % ${countiesPerCity}`
  const grid = warehouseSql`1 + sub // ${cities * countiesPerCity} % ${gridsPerCounty}`
  const rows = warehouseSql`SELECT sub, CAST(NULL AS VARCHAR) AS manager_id,
    format('/hq/p1/c{0}/k{0}_{1}/g{0}_{1}_{2}/', ${city}, ${county}, ${grid}) AS node_path FROM ${table} AS t`
  const placed = await shelve(engine, shelf, stamp, rows, [ident('sub')])
  await makeSegments(engine, shelf, {
    asOf: morning,
    map: catalogue.segmentMap,
    tags: catalogue.tags,
    table,
    off: new Map(),
    suspects: new Map(),
  })
  await answerForAll(desk.db, await engine.rows(warehouseSql`SELECT sub, subscriber_id FROM ${table} AS t`))
  await sql`insert into night_run (day, state, subscribers, started_at, finished_at)
    values (${morning}, 'done', ${placed.rows}, ${at}, ${at})`.execute(desk.db)
}

const atOnce = 50_000

/** The same places in the desk. */
export async function answerForAll(
  db: Application['desk']['db'],
  all: readonly { readonly sub: number; readonly subscriber_id: string }[],
): Promise<void> {
  for (let from = 0; from < all.length; from += atOnce) {
    const some = all.slice(from, from + atOnce)
    await sql`
      insert into governance_subscriber (subscriber_id, sub, manager_id, node_id, node_path, value_class)
      select id, sub, null, format('g%s_%s_%s', city, county, grid),
        format('/hq/p1/c%s/k%s_%s/g%s_%s_%s/', city, city, county, city, county, grid), 'low'
      from (select id, sub, 1 + sub % ${cities} as city, 1 + sub / ${cities} % ${countiesPerCity} as county,
          1 + sub / ${cities * countiesPerCity} % ${gridsPerCounty} as grid
        from unnest(${some.map(s => s.subscriber_id)}::text[], ${some.map(s => Number(s.sub))}::bigint[]) as t(id, sub)) placed`.execute(
      db,
    )
  }
  await sql`vacuum analyze governance_subscriber`.execute(db)
}
