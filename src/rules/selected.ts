import type { PlainDate } from '#kernel'
import { ident, join, raw, type Sql, sql, type Warehouse } from '#warehouse'
import { bindRule, type Rule } from './rule.ts'
import { selecting } from './where.ts'

/** A subscriber whom at least one rule selects. */
export interface Selected {
  readonly sub: number
  readonly subscriberId: string
  readonly rules: readonly string[]
}

export interface Selection {
  readonly table: Sql
  readonly rules: readonly Rule[]
  readonly asOf: PlainDate
  /** A page: who comes behind this key, so many at most. */
  readonly after: number
  readonly rowsMax: number
}

/** Subscribers whom the rules select, each with the rules that do, page by page in the order of the surrogate key. */
export async function selectedBy(warehouse: Warehouse, ask: Selection): Promise<readonly Selected[]> {
  if (ask.rules.length === 0) return []
  const columns = ask.rules.map(
    (rule, i) => sql`CASE WHEN ${selecting(bindRule(rule, ask.asOf))} THEN 1 ELSE 0 END AS ${ident(`r${i}`)}`,
  )
  const any = join(
    ask.rules.map((_, i) => sql`${ident(`r${i}`)}`),
    ' + ',
  )
  const rows = await warehouse.rows<Record<string, number | string>>(
    sql`SELECT * FROM (SELECT sub, subscriber_id, ${join(columns)} FROM ${ask.table} AS t WHERE sub > ${ask.after}) AS s
      WHERE ${any} ${raw('> 0')} ORDER BY sub LIMIT ${ask.rowsMax}`,
  )
  return rows.map(row => ({
    sub: Number(row['sub']),
    subscriberId: String(row['subscriber_id']),
    rules: ask.rules.flatMap((rule, i) => (row[`r${i}`] === 1 ? [rule.id] : [])),
  }))
}
