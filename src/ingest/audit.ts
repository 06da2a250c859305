import { ident, join, type Sql, sql, type Warehouse } from '#warehouse'
import type { Feed } from './contract/feed.ts'
import type { FeedMapping } from './mapping.ts'
import { namesSubscriber } from './shelf.ts'
import type { Staged } from './staged.ts'

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

/** The rows that are to be kept aside: a relation (line, col, reason, raw), until `drop`. */
export interface Aside {
  readonly rows: number
  readonly duplicates: number
  readonly relation: Sql
  drop(): Promise<void>
}

const twice = ident('ingest_twice')
const aside = ident('ingest_aside')

/**
 * Finds every row to keep aside. Keys are compared by hash first: only rows whose hash comes twice are looked at closely,
 * together with those the audit counted as bad.
 */
export async function setAside(
  warehouse: Warehouse,
  mapping: FeedMapping,
  rows: Staged,
  audit: Audit,
): Promise<Aside> {
  const { feed } = mapping
  const key = join(feed.key.map(k => ident(`v_${k}`)))
  const drop = async () => {
    await warehouse.run(sql`DROP TABLE IF EXISTS ${twice}`)
    await warehouse.run(sql`DROP TABLE IF EXISTS ${aside}`)
  }
  const collisions = await warehouse.rows<{ n: number }>(
    sql`CREATE OR REPLACE TEMP TABLE ${twice} AS
      SELECT hash(day, ${key}) AS h FROM ${rows.dated} GROUP BY h HAVING count(*) > 1`,
  )
  const hasTwice = collisions.some(c => Object.values(c).some(n => n > 0))
  if (!hasTwice && audit.bad === 0) {
    return {
      rows: 0,
      duplicates: 0,
      relation: sql`(SELECT 0 AS line, '' AS col, '' AS reason, '' AS raw WHERE FALSE)`,
      drop,
    }
  }
  await warehouse.run(sql`CREATE OR REPLACE TEMP TABLE ${aside} AS ${suspects(mapping, rows.judged, key)}`)
  const [found] = await warehouse.rows<{ n: number; duplicates: number }>(
    sql`SELECT count(*) AS n, count(CASE WHEN reason = 'duplicate' THEN 1 END) AS duplicates FROM ${aside}`,
  )
  return { rows: found?.n ?? 0, duplicates: found?.duplicates ?? 0, relation: aside, drop }
}

function suspects(mapping: FeedMapping, judged: Sql, key: Sql): Sql {
  const { feed } = mapping
  const given = [...mapping.columns.keys()]
  const text = (name: string) => sql`CAST(${ident(`g_${name}`)} AS VARCHAR)`
  const column = sql`split_part(bad, ':', 1)`
  const rawOf = given.map(name => sql`WHEN ${name} THEN ${text(name)}`)
  const keyText = join(feed.key.filter(k => given.includes(k)).map(text))
  return sql`WITH suspect AS MATERIALIZED (
      SELECT * FROM ${judged} WHERE bad IS NOT NULL OR hash(day, ${key}) IN (SELECT h FROM ${twice})
    )
    SELECT line, ${column} AS col, split_part(bad, ':', 2) AS reason, CASE ${column} ${join(rawOf, ' ')} END AS raw
    FROM suspect WHERE bad IS NOT NULL
    UNION ALL
    SELECT line, ${feed.key.join('+')}, 'duplicate', raw FROM (
      SELECT line, concat_ws(' ', ${keyText}) AS raw, row_number() OVER (PARTITION BY day, ${key} ORDER BY line) AS nth
      FROM suspect WHERE bad IS NULL
    ) WHERE nth > 1`
}
