import { ident, join, type Sql, sql, type Warehouse } from '#warehouse'
import type { Feed } from './contract/feed.ts'
import type { FeedMapping } from './mapping.ts'
import type { Staged } from './staged.ts'

/** What a delivery holds in all, bad rows included. */
export interface Totals {
  readonly rows: number
  /** Nullable references that name what is unknown. */
  readonly strangers: number
  /** Sums by column name over every row that could be read. */
  readonly sums: Readonly<Record<string, number>>
}

const summable = ['integer', 'money', 'number']

export async function totalsOf(
  warehouse: Warehouse,
  feed: Feed,
  rows: Staged,
  wanted: readonly string[],
): Promise<Totals> {
  const summed = feed.columns.filter(c => wanted.includes(c.name) && summable.includes(c.type))
  const sums = summed.map(c => sql`, sum(${ident(`v_${c.name}`)}) AS ${ident(`sum_${c.name}`)}`)
  const [found] = await warehouse.rows<Record<string, number | null>>(
    sql`SELECT count(*) AS n, sum(strangers) AS strangers${join(sums, '')} FROM ${rows.counted}`,
  )
  const total = (name: string) => Number(found?.[name] ?? 0)
  return {
    rows: total('n'),
    strangers: total('strangers'),
    sums: Object.fromEntries(summed.map(c => [c.name, total(`sum_${c.name}`)])),
  }
}

/** The rows that are to be kept aside: a relation (line, col, reason, raw), until `drop`. */
export interface Aside {
  readonly rows: number
  /** How many by '<column>:<reason>'. */
  readonly reasons: Readonly<Record<string, number>>
  readonly relation: Sql
  drop(): Promise<void>
}

const aside = ident('ingest_aside')

/**
 * Finds every row to keep aside. Keys are compared by hash first: only rows whose hash comes twice are looked at closely,
 * together with those that are bad by themselves.
 */
export async function setAside(warehouse: Warehouse, mapping: FeedMapping, rows: Staged): Promise<Aside> {
  const key = join(mapping.feed.key.map(k => ident(`v_${k}`)))
  const made = sql`CREATE OR REPLACE TEMP TABLE ${aside} AS ${suspects(mapping.feed, rows, key)}`
  const [count] = (await warehouse.rows<Record<string, number>>(made)).flatMap(row => Object.values(row))
  const found =
    count === 0
      ? []
      : await warehouse.rows<{ name: string; n: number }>(
          sql`SELECT concat(col, ':', reason) AS name, count(*) AS n FROM ${aside} GROUP BY name ORDER BY name`,
        )
  return {
    rows: found.reduce((sum, f) => sum + f.n, 0),
    reasons: Object.fromEntries(found.map(f => [f.name, f.n])),
    relation: aside,
    drop: async () => {
      if (found.length > 0) await warehouse.run(sql`DROP TABLE ${aside}`)
    },
  }
}

function suspects(feed: Feed, { dated, judged, given }: Staged, key: Sql): Sql {
  const text = (name: string) => sql`CAST(${ident(`g_${name}`)} AS VARCHAR)`
  const column = sql`split_part(bad, ':', 1)`
  const rawOf = given.map(name => sql`WHEN ${name} THEN ${text(name)}`)
  const keyText = join(feed.key.filter(k => given.includes(k)).map(text))
  return sql`WITH twice AS MATERIALIZED (
      SELECT hash(day, ${key}) AS h FROM ${dated} GROUP BY h HAVING count(*) > 1
    ), suspect AS MATERIALIZED (
      SELECT * FROM ${judged} WHERE bad IS NOT NULL OR hash(day, ${key}) IN (SELECT h FROM twice)
    )
    SELECT line, ${column} AS col, split_part(bad, ':', 2) AS reason, CASE ${column} ${join(rawOf, ' ')} END AS raw
    FROM suspect WHERE bad IS NOT NULL
    UNION ALL
    SELECT line, ${feed.key.join('+')}, 'duplicate', raw FROM (
      SELECT line, concat_ws(' ', ${keyText}) AS raw, row_number() OVER (PARTITION BY day, ${key} ORDER BY line) AS nth
      FROM suspect WHERE bad IS NULL
    ) WHERE nth > 1`
}
