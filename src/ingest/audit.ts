import { ident, join, type Sql, sql, type Warehouse } from '#warehouse'
import type { Feed } from './contract/feed.ts'
import { namesSubscriber } from './shelf.ts'

/** What one pass over a staged delivery tells. */
export interface Audit {
  readonly rows: number
  readonly bad: number
  readonly reasons: Readonly<Record<string, number>>
  readonly strangers: number
  readonly newSubscribers: number
  /** Sums by column name over every row that could be read. */
  readonly sums: Readonly<Record<string, number>>
}

const summable = ['integer', 'money', 'number']

export async function audit(
  warehouse: Warehouse,
  feed: Feed,
  rows: Sql,
  wanted: readonly string[],
): Promise<Audit> {
  const summed = feed.columns.filter(c => wanted.includes(c.name) && summable.includes(c.type))
  const sums = summed.map(c => sql`, sum(${ident(`v_${c.name}`)}) AS ${ident(`sum_${c.name}`)}`)
  const fresh = namesSubscriber(feed)
    ? sql`count(DISTINCT CASE WHEN sub IS NULL THEN v_subscriber_id END)`
    : sql`0`
  const groups = await warehouse.rows<Record<string, number | string | null>>(
    sql`SELECT bad, count(*) AS n, sum(strangers) AS strangers, ${fresh} AS fresh${join(sums, '')}
      FROM ${rows} GROUP BY bad ORDER BY bad`,
  )
  const total = (name: string, some = groups) => some.reduce((sum, g) => sum + Number(g[name] ?? 0), 0)
  const good = groups.filter(g => g['bad'] === null)
  const bad = groups.filter(g => g['bad'] !== null)
  return {
    rows: total('n'),
    bad: total('n', bad),
    reasons: Object.fromEntries(bad.map(g => [String(g['bad']), Number(g['n'])])),
    strangers: total('strangers', good),
    newSubscribers: total('fresh', good),
    sums: Object.fromEntries(summed.map(c => [c.name, total(`sum_${c.name}`)])),
  }
}

/** Good rows whose key came earlier in the delivery: a relation (line), kept until `drop`. */
export interface Repeated {
  readonly count: number
  readonly lines: Sql
  drop(): Promise<void>
}

/** Keys are compared by hash first: only the few that collide are looked at closely. */
export async function duplicateLines(warehouse: Warehouse, feed: Feed, rows: Sql): Promise<Repeated> {
  const key = join(feed.key.map(k => ident(`v_${k}`)))
  const hashed = sql`SELECT hash(day, ${key}) AS h FROM ${rows} WHERE bad IS NULL GROUP BY h HAVING count(*) > 1`
  const [some] = await warehouse.rows<{ n: number }>(sql`SELECT count(*) AS n FROM (${hashed})`)
  if (some === undefined || some.n === 0) {
    return { count: 0, lines: sql`(SELECT 0 AS line WHERE FALSE)`, drop: async () => {} }
  }
  await warehouse.run(sql`CREATE OR REPLACE TEMP TABLE ingest_repeated AS
    SELECT line FROM (
      SELECT line, row_number() OVER (PARTITION BY day, ${key} ORDER BY line) AS nth
      FROM ${rows} WHERE bad IS NULL AND hash(day, ${key}) IN (${hashed})
    ) WHERE nth > 1`)
  const [counted] = await warehouse.rows<{ n: number }>(sql`SELECT count(*) AS n FROM ingest_repeated`)
  return {
    count: counted?.n ?? 0,
    lines: sql`ingest_repeated`,
    drop: async () => {
      await warehouse.run(sql`DROP TABLE IF EXISTS ingest_repeated`)
    },
  }
}
