import { type FeedId, type FeedReader, feedOf } from '#ingest'
import { err, ok, type PlainDate, type Result } from '#kernel'
import { ident, join, type Row, type Sql, sql, type Warehouse } from '#warehouse'
import { type FactorCatalogue, needsOf } from './catalogue.ts'
import { noSuchFactor, noSuchSubscriber } from './faults.ts'
import { planFor, spellingOf } from './morning.ts'
import { leavesIn } from './passes/naive.ts'
import type { Plan, Table } from './plan.ts'
import { all, column, condition, inSpan, source } from './print-rows.ts'
import { pathsOf, shelfName } from './rows.ts'
import type { Spelling } from './spelling.ts'

/** Rows of one feed that a value came from: how many, and the newest of them. */
export interface SourceRows {
  readonly feed: FeedId
  readonly total: number
  readonly newest: readonly Row[]
}

const shownMax = 20

/**
 * The feed rows from which a factor of one subscriber was made on a morning, through other factors too: the same tests
 * and windows as the night's, read from the rows themselves. Rows hold personal data: for those who may see them.
 */
export async function sourceRowsOf(
  warehouse: Warehouse,
  reader: FeedReader,
  catalogue: FactorCatalogue,
  asked: { readonly id: string; readonly asOf: PlainDate; readonly subscriberId: string },
): Promise<Result<readonly SourceRows[]>> {
  if (!catalogue.byId.has(asked.id)) return err(noSuchFactor(asked.id))
  const needed = needsOf(catalogue, asked.id)
  const part = { ...catalogue, columns: catalogue.columns.filter(c => needed.has(c.id)) }
  const morning = await planFor(reader, part, asked.asOf, false)
  const spelling = spellingOf(morning, new Map(), new Map())
  const [key] = await warehouse.rows<{ sub: number }>(
    sql`SELECT sub FROM ${spelling.keys} AS k WHERE subscriber_id = ${asked.subscriberId}`,
  )
  if (key === undefined) return err(noSuchSubscriber())
  const queries = [
    ...stateQueries(morning.plan, spelling),
    ...morning.plan.tables.map(t => eventQuery(t, spelling)),
  ]
  const found: SourceRows[] = []
  for (const { feed, relation } of queries) {
    const mine = sql`FROM (${relation}) AS q WHERE q.sub = ${key.sub}`
    const [count] = await warehouse.rows<{ total: number }>(sql`SELECT count(*) AS total ${mine}`)
    const newest = await warehouse.rows(sql`SELECT * ${mine} ORDER BY "day" DESC LIMIT ${shownMax}`)
    found.push({ feed, total: count?.total ?? 0, newest: newest.map(withoutSub) })
  }
  return ok(found)
}

function withoutSub(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'sub'))
}

interface FeedQuery {
  readonly feed: FeedId
  readonly relation: Sql
}

/** The subscriber's own rows of state feeds; what they point to is named by their keys. */
function stateQueries(plan: Plan, spelling: Spelling): readonly FeedQuery[] {
  const own = plan.joins.filter(j => j.on.is === 'sub').map(j => j.feed)
  const usesSpine = plan.columns.some(c => leavesIn(c.value).some(l => l.feed === plan.spine.feed))
  const spine = plan.spine.feed === 'subscriber' && usesSpine ? [plan.spine.feed] : []
  return [...spine, ...own].map(feed => ({
    feed,
    relation: sql`SELECT ${columnsOf(feed)} FROM ${spelling.feed(feed, { unit: 'all' })} AS r`,
  }))
}

/** Rows that satisfy what the table asks of all its rows, and the tests of at least one of its folds. */
function eventQuery(table: Table, spelling: Spelling): FeedQuery {
  const tests = [...table.where, ...table.bases.flatMap(b => b.tests)]
  const paths = [...pathsOf(tests), ...table.bases.flatMap(b => b.column ?? [])]
  const relation = source(table.feed, spelling.feed(table.feed, table.span), paths, spelling)
  const known = table.bases.map(b => [
    ...b.tests.map(t => condition(t, spelling)),
    ...(b.column === undefined ? [] : [sql`${column(b.column)} IS NOT NULL`]),
  ])
  const some = known.some(k => k.length === 0)
    ? []
    : [
        sql`(${join(
          known.map(k => sql`(${all(k)})`),
          ' OR ',
        )})`,
      ]
  const where = [...inSpan(table.span, spelling), ...table.where.map(t => condition(t, spelling)), ...some]
  const tail = where.length === 0 ? sql`` : sql` WHERE ${all(where)}`
  return { feed: table.feed, relation: sql`SELECT ${columnsOf(table.feed)} FROM ${relation}${tail}` }
}

function columnsOf(id: FeedId): Sql {
  const feed = feedOf(id)
  const names = feed.columns.map(c => shelfName(feed, c.name)).filter(n => n !== 'sub' && n !== 'day')
  return join([
    sql`r.sub AS sub`,
    sql`r."day" AS "day"`,
    ...names.map(n => sql`r.${ident(n)} AS ${ident(n)}`),
  ])
}
