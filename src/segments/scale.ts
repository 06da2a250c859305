import type { Words } from '#rules'
import { type Cell, ident, join, type Sql, sql, type Warehouse } from '#warehouse'

/** Value classes, the highest first. Each begins at a value of the factor, or at a share of the base; the last has no beginning. */
export interface Scale {
  readonly factor: string
  readonly by: 'thresholds' | 'quantiles'
  /** The class of those whose value is not known. */
  readonly missing: string
  readonly classes: readonly ScaleClass[]
}

export interface ScaleClass {
  readonly id: string
  readonly title: Words
  readonly from?: number | undefined
}

/** A class and the value from which it begins on one morning; null: it begins nowhere, or takes what is left. */
export interface Cut {
  readonly id: string
  readonly from: number | null
}

/**
 * Where each class begins on a morning. A quantile is a value that somebody has: of those whose value is known, at least
 * that share lies at or below it. Nobody known: every class but the last begins nowhere.
 */
export async function cutsOf(warehouse: Warehouse, scale: Scale, table: Sql): Promise<readonly Cut[]> {
  const begins = scale.classes.map(c => c.from ?? null)
  if (scale.by === 'thresholds') return scale.classes.map(({ id }, i) => ({ id, from: begins[i] ?? null }))
  const column = ident(scale.factor)
  const columns = begins.map((from, i) =>
    from === null
      ? sql`NULL AS ${ident(`c${i}`)}`
      : sql`quantile_disc(${column}, ${from}) AS ${ident(`c${i}`)}`,
  )
  const [row] = await warehouse.rows<Record<string, number | null>>(
    sql`SELECT ${join(columns)} FROM ${table} AS t WHERE ${column} IS NOT NULL`,
  )
  return scale.classes.map(({ id }, i) => ({ id, from: row?.[`c${i}`] ?? null }))
}

/** The class as a SQL value. */
export function classSql(scale: Scale, cuts: readonly Cut[]): Sql {
  const column = ident(scale.factor)
  const known = cuts.slice(0, -1).flatMap(({ id, from }) => {
    return from === null ? [] : [sql`WHEN ${column} >= ${from} THEN ${id}`]
  })
  const last = cuts.at(-1)?.id ?? scale.missing
  return sql`CASE WHEN ${column} IS NULL THEN ${scale.missing} ${join(known, ' ')} ELSE ${last} END`
}

/** The class of one value: the plain twin of `classSql`. */
export function classOf(scale: Scale, cuts: readonly Cut[], value: Cell): string {
  if (value === null) return scale.missing
  const found = cuts.slice(0, -1).find(({ from }) => from !== null && Number(value) >= from)
  return found?.id ?? cuts.at(-1)?.id ?? scale.missing
}
