import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { sql as deskSql } from 'kysely'
import type { DeskDb } from '#desk'
import { audit } from '#governance'
import { feedRows, feedState, feeds, feedsDelivered, shelfColumns } from '#ingest'
import { addDays, err, ok, plainDate, type Result } from '#kernel'
import { versionBook } from '#rules'
import { ident, join, type Row, sql, writeWhole } from '#warehouse'
import type { Application } from '../application.ts'
import { businessDay } from '../asker.ts'
import { subscribersOf } from '../audit/look.ts'
import { csvFile } from '../exports/csv.ts'
import { subscriberUnknown } from '../faults.ts'
import { type Holding, holdings } from './holdings.ts'

/** Whose data: a customer with all its lines. */
export interface Person {
  readonly customerId: string | null
  readonly subscriberIds: readonly string[]
  readonly subs: readonly number[]
}

/** The customer behind a key of a subscriber or of a customer. Fault subscriber.unknown. */
export async function personBehind(application: Application, key: string): Promise<Result<Person>> {
  const asOf = await businessDay(application)
  const lines = await feedState({ shelf: application.shelf }, 'subscriber', asOf)
  if (lines === undefined) return err(subscriberUnknown())
  const engine = await application.warehouse()
  const [line] = await engine.rows<Row>(
    sql`SELECT customer_id FROM ${lines} AS l WHERE subscriber_id = ${key} OR customer_id = ${key} LIMIT 1`,
  )
  if (line === undefined) return erasedBefore(application, key)
  const customerId = line['customer_id'] === null ? null : String(line['customer_id'])
  const subscriberIds = customerId === null ? [key] : await subscribersOf(application, customerId, asOf)
  const subs = await engine.rows<{ sub: number }>(
    sql`SELECT sub FROM ${lines} AS l WHERE subscriber_id IN (${join(subscriberIds.map(id => sql`${id}`))}) ORDER BY sub`,
  )
  const person: Person = { customerId, subscriberIds, subs: subs.map(row => Number(row.sub)) }
  return ok(person)
}

/** Somebody whose erasure was begun, and perhaps not ended. */
async function erasedBefore({ desk }: Application, key: string): Promise<Result<Person>> {
  const { rows } = await deskSql<{ subscriber_id: string; customer_id: string | null }>`
    select subscriber_id, customer_id from flows_erased where subscriber_id = ${key} or customer_id = ${key}
    order by subscriber_id`.execute(desk.db)
  const [first] = rows
  if (first === undefined) return err(subscriberUnknown())
  return ok({ customerId: first.customer_id, subscriberIds: rows.map(row => row.subscriber_id), subs: [] })
}

export interface Requester {
  readonly staffId: string | null
  readonly from?: string | undefined
  readonly reason: string
}

/** Writes all that desk and warehouse hold about one customer into a folder: a CSV per table and one JSON of everything. */
export async function exportPersonalData(
  application: Application,
  key: string,
  { out, staffId, from, reason }: Requester & { readonly out: string },
) {
  const found = await personBehind(application, key)
  if (!found.ok) return found
  const person = found.value
  const folder = path.resolve(out)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const tables = {
    ...(await fromWarehouse(application, person)),
    ...(await fromDesk(application.desk.db, person)),
  }
  for (const [name, rows] of Object.entries(tables)) {
    const chunks = []
    for await (const chunk of csvFile(oneBatch(rows))) chunks.push(chunk)
    await writeFile(path.join(folder, `${name.replaceAll('/', '-')}.csv`), Buffer.concat(chunks), {
      mode: 0o600,
    })
  }
  await writeWhole(
    path.join(folder, 'everything.json'),
    `${JSON.stringify({ customerId: person.customerId, subscribers: person.subscriberIds, tables }, null, 1)}\n`,
  )
  const counts = Object.fromEntries(Object.entries(tables).map(([name, rows]) => [name, rows.length]))
  await audit(application.desk.db, {
    at: application.clock.now(),
    staffId,
    act: 'personal-data.export',
    subject: `customer:${person.customerId ?? '—'}`,
    subscribers: person.subscriberIds,
    detail: { rows: Object.values(counts).reduce((sum, n) => sum + n, 0) },
    reason,
    from,
  })
  return ok({ folder, person, counts })
}

type Rows = readonly Readonly<Record<string, unknown>>[]

async function* oneBatch(rows: Rows) {
  const names = Object.keys(rows[0] ?? {})
  const cell = (value: unknown) => {
    if (value === null || value === undefined) return null
    if (value instanceof Date) return value.toISOString()
    return typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value)
  }
  yield [names, ...rows.map(row => names.map(name => cell(row[name])))]
}

const beginning = plainDate('0001-01-01')

/** Feeds by the subscriber's dense key or the customer's, and the factors of the last morning. */
async function fromWarehouse(application: Application, person: Person): Promise<Record<string, Rows>> {
  const asOf = await businessDay(application)
  const reader = { shelf: application.shelf }
  const engine = await application.warehouse()
  const held: Record<string, Rows> = {}
  for (const id of await feedsDelivered(reader)) {
    const feed = feeds.find(f => f.id === id)
    const condition = feed && aboutPerson(feed, person)
    if (feed === undefined || condition === undefined) continue
    const relation = await feedRows(reader, id, { from: beginning, to: addDays(asOf, 1) })
    if (relation === undefined) continue
    held[`feed/${id}`] = await engine.rows<Row>(
      sql`SELECT * FROM ${relation} AS r WHERE ${condition} ORDER BY day`,
    )
  }
  const factors = await application.vectors.ofMany(asOf, person.subscriberIds)
  return { ...held, factors: [...factors.values()] }
}

function aboutPerson(feed: (typeof feeds)[number], { subs, customerId }: Person) {
  const names = shelfColumns(feed).map(c => c.name)
  if (names.includes('sub') && subs.length > 0)
    return sql`${ident('sub')} IN (${join(subs.map(sub => sql`${sub}`))})`
  return names.includes('customer_id') && customerId !== null ? sql`customer_id = ${customerId}` : undefined
}

async function fromDesk(db: DeskDb, { subscriberIds }: Person): Promise<Record<string, Rows>> {
  const held: Record<string, Rows> = {}
  for (const holding of holdings) {
    const { rows } = await deskSql<Readonly<Record<string, unknown>>>`
      select held.* from ${deskSql.table(holding.table)} held where ${rowsAbout(holding, subscriberIds)}`.execute(
      db,
    )
    held[holding.table] = rows
  }
  const { rows } = await deskSql<Readonly<Record<string, unknown>>>`
    select at, staff_id, act, subject, reason, from_address from governance_audit
    where subscribers && ${[...subscriberIds]}::text[] or subject = any(${subscriberIds.map(id => `subscriber:${id}`)}::text[])
    order by id`.execute(db)
  held['governance_audit'] = rows
  held['rule_version'] = await versionBook.naming(db, subscriberIds)
  return held
}

/** The rows of a holding that are about these subscribers; the table goes by the name `held`. */
export function rowsAbout({ about }: Holding, subscriberIds: readonly string[]) {
  const column = deskSql.ref(`held.${about.column}`)
  const ids = deskSql`${[...subscriberIds]}::text[]`
  if (!('of' in about)) return deskSql<boolean>`${column} = any(${ids})`
  return deskSql<boolean>`${column} in (select ${deskSql.ref(about.named)} from ${deskSql.table(about.of)}
    where subscriber_id = any(${ids}))`
}
