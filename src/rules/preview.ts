import { type Cell, ident, join, type Row, type Sql, sql, type Warehouse } from '#warehouse'
import { type BoundCondition, factorsUsed } from './condition.ts'
import { selecting } from './where.ts'

/** Whom a condition is tried on: the factor table of a morning, or the part of it that somebody may see. */
export interface Tried {
  readonly warehouse: Warehouse
  readonly table: Sql
}

export interface Selected {
  readonly subscribers: number
  /** Subscribers asked. */
  readonly of: number
}

/** How many a condition selects: what its rule would select on the night of that table; of how many, unless that is known. */
export async function countSelected(
  { warehouse, table }: Tried,
  condition: BoundCondition,
  known?: number,
): Promise<Selected> {
  const of = known === undefined ? sql`(SELECT count(*) FROM ${table} AS t)` : sql`${known}`
  const [row] = await warehouse.rows<{ subscribers: number; of: number }>(
    sql`SELECT (SELECT count(*) FROM ${table} AS t WHERE ${selecting(condition)}) AS subscribers, ${of} AS "of"`,
  )
  return { subscribers: row?.subscribers ?? 0, of: row?.of ?? 0 }
}

/**
 * Some of those selected, with the values that were asked about. The choice hangs on the keys alone: while a condition is
 * being changed, those who still match stay in the sample.
 */
export async function sampleSelected(
  { warehouse, table }: Tried,
  condition: BoundCondition,
  size: number,
): Promise<readonly { readonly subscriberId: string; readonly values: Row }[]> {
  const uses = factorsUsed(condition).map(ident)
  const rows = await warehouse.rows(
    sql`SELECT ${join([sql`subscriber_id`, ...uses])} FROM ${table} AS t WHERE ${selecting(condition)} ORDER BY md5(subscriber_id), subscriber_id LIMIT ${size}`,
  )
  return rows.map(({ subscriber_id: id, ...values }) => ({ subscriberId: String(id), values }))
}

/** How many of those selected have which values of some factors, the commonest first. */
export async function breakSelected(
  { warehouse, table }: Tried,
  condition: BoundCondition,
  by: readonly string[],
): Promise<readonly { readonly values: readonly Cell[]; readonly subscribers: number }[]> {
  if (by.length === 0) throw new RangeError('nothing to break down by')
  const columns = join(by.map(ident))
  const rows = await warehouse.rows<Record<string, Cell>>(
    sql`SELECT ${columns}, count(*) AS _subscribers FROM ${table} AS t WHERE ${selecting(condition)} GROUP BY ${columns} ORDER BY _subscribers DESC, ${columns}`,
  )
  return rows.map(row => ({
    values: by.map(id => row[id] ?? null),
    subscribers: Number(row['_subscribers']),
  }))
}

/** As many conditions as fit in one whole number, a bit each. */
const bitsMax = 52

/**
 * How many each condition selects, and how many each two select together, from one scan: `both[i][j]`, with `both[i][i]`
 * for the condition alone.
 */
export async function overlapSelected(
  { warehouse, table }: Tried,
  conditions: readonly BoundCondition[],
): Promise<readonly (readonly number[])[]> {
  if (conditions.length === 0) return []
  const chunks = Array.from({ length: Math.ceil(conditions.length / bitsMax) }, (_, i) =>
    conditions.slice(i * bitsMax, (i + 1) * bitsMax),
  )
  const masks = chunks.map((chunk, i) => {
    const bits = chunk.map((c, bit) => sql`CASE WHEN ${selecting(c)} THEN ${2 ** bit} ELSE 0 END`)
    return sql`${join(bits, ' + ')} AS ${ident(`m${i}`)}`
  })
  const names = join(chunks.map((_, i) => ident(`m${i}`)))
  const rows = await warehouse.rows<Record<string, number>>(
    sql`SELECT ${names}, count(*) AS n FROM (SELECT ${join(masks)} FROM ${table} AS t) AS s GROUP BY ${names}`,
  )
  const both = conditions.map(() => conditions.map(() => 0))
  for (const row of rows) {
    const found = chunks.flatMap((chunk, i) =>
      bitsOf(row[`m${i}`] ?? 0, chunk.length).map(b => i * bitsMax + b),
    )
    for (const i of found) {
      const line = both[i] as number[]
      for (const j of found) line[j] = (line[j] ?? 0) + (row['n'] ?? 0)
    }
  }
  return both
}

/** Which bits of a whole number below 2⁵² are set. */
function bitsOf(mask: number, length: number): number[] {
  return Array.from({ length }, (_, bit) => bit).filter(bit => Math.floor(mask / 2 ** bit) % 2 === 1)
}
