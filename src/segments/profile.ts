import { ident, join, type Sql, sql, type Warehouse } from '#warehouse'
import { tagColumn } from './tag.ts'

/** How many of those who have a tag have something else too, against how many of everybody have it. */
export interface Share {
  readonly id: string
  readonly subscribers: number
  readonly everybody: number
}

/**
 * How often each other tag is found among those who have this one: in one scan. A tag that was off is left out by the caller.
 */
export async function tagsTogether(
  warehouse: Warehouse,
  table: Sql,
  tag: string,
  others: readonly string[],
): Promise<readonly Share[]> {
  if (others.length === 0) return []
  const has = ident(tagColumn(tag))
  const sums = others.flatMap((id, i) => {
    const other = ident(tagColumn(id))
    return [
      sql`sum(CASE WHEN ${has} AND ${other} THEN 1 ELSE 0 END) AS ${ident(`b${i}`)}`,
      sql`sum(CASE WHEN ${other} THEN 1 ELSE 0 END) AS ${ident(`a${i}`)}`,
    ]
  })
  const [row] = await warehouse.rows<Record<string, number | null>>(
    sql`SELECT ${join(sums)} FROM ${table} AS t`,
  )
  return others.map((id, i) => ({
    id,
    subscribers: Number(row?.[`b${i}`] ?? 0),
    everybody: Number(row?.[`a${i}`] ?? 0),
  }))
}

/** How many times as often as among everybody; null where nobody has one of the two. */
export function liftOf({ subscribers, everybody }: Share, tagged: number, of: number): number | null {
  if (tagged === 0 || everybody === 0 || of === 0) return null
  return subscribers / tagged / (everybody / of)
}

/** A factor's mean among those who have a tag and among everybody, in the spread of everybody. */
export interface FactorApart {
  readonly id: string
  readonly mean: number
  readonly everybody: number
  /** How many standard deviations lie between the two. */
  readonly apart: number
}

/** Subscribers looked at for what sets a tag apart: more would say the same. */
const sampleMax = 100_000
/** A mean over a few of those who have the tag is chance: so large a share of them must have a value. */
const knownMin = 0.2

/**
 * Which numeric factors set those who have a tag apart, the farthest first. `table`: the factors, with a flag `has`. Of a
 * large base every n-th is looked at.
 */
export async function factorsApart(
  warehouse: Warehouse,
  table: Sql,
  factors: readonly string[],
  of: number,
): Promise<readonly FactorApart[]> {
  if (factors.length === 0) return []
  const every = Math.max(1, Math.ceil(of / sampleMax))
  const columns = factors.flatMap((id, i) => {
    const value = sql`CAST(${ident(id)} AS DOUBLE)`
    return [
      sql`avg(CASE WHEN has THEN ${value} END) AS ${ident(`m${i}`)}`,
      sql`avg(${value}) AS ${ident(`a${i}`)}`,
      sql`stddev_pop(${value}) AS ${ident(`s${i}`)}`,
      sql`sum(CASE WHEN has AND ${value} IS NOT NULL THEN 1 ELSE 0 END) AS ${ident(`k${i}`)}`,
    ]
  })
  const [row] = await warehouse.rows<Record<string, number | null>>(
    sql`SELECT sum(CASE WHEN has THEN 1 ELSE 0 END) AS tagged, ${join(columns)} FROM ${table} AS t WHERE t.sub % ${every} = 0`,
  )
  return factors
    .flatMap((id, i): FactorApart[] => {
      const [mean, everybody, spread] = [row?.[`m${i}`], row?.[`a${i}`], row?.[`s${i}`]]
      const isKnown = Number(row?.[`k${i}`] ?? 0) >= knownMin * Number(row?.['tagged'] ?? 0)
      if (!isKnown || mean == null || everybody == null || spread == null || spread === 0) return []
      return [{ id, mean, everybody, apart: (mean - everybody) / spread }]
    })
    .toSorted((a, b) => Math.abs(b.apart) - Math.abs(a.apart) || (a.id < b.id ? -1 : 1))
}

/** What sets those who have a tag apart. */
export const tagProfile = { together: tagsTogether, lift: liftOf, apart: factorsApart } as const
