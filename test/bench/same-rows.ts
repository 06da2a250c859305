import { raw, type Sql, sql, type Warehouse } from '#warehouse'

/**
 * Columns in which two relations with one row per `sub` differ, with how many rows: fractions by more than 1e-9 of their
 * size, everything else at all. A row that only one side has differs in every column.
 */
export async function differingColumns(
  warehouse: Warehouse,
  one: Sql,
  other: Sql,
): Promise<readonly string[]> {
  const describe = (relation: Sql) =>
    warehouse.rows<{ column_name: string; column_type: string }>(sql`DESCRIBE SELECT * FROM ${relation}`)
  const columns = await describe(one)
  const others = new Set((await describe(other)).map(c => c.column_name))
  const lacking = columns.filter(c => !others.has(c.column_name)).map(c => `${c.column_name} is not there`)
  if (lacking.length > 0) return lacking
  const differs = columns.map(({ column_name: name, column_type: type }) => {
    const [a, b] = [`a."${name}"`, `b."${name}"`]
    const close = `abs(${a} - ${b}) <= 1e-9 * greatest(abs(${a}), abs(${b}))`
    const same =
      type === 'DOUBLE'
        ? `(${a} IS NULL AND ${b} IS NULL) OR coalesce(${close}, FALSE)`
        : `${a} IS NOT DISTINCT FROM ${b}`
    return `count(CASE WHEN a.sub IS NULL OR b.sub IS NULL OR NOT (${same}) THEN 1 END) AS "${name}"`
  })
  const [counts] = await warehouse.rows<Record<string, number>>(
    sql`SELECT ${raw(differs.join(', '))} FROM ${one} AS a FULL JOIN ${other} AS b ON a.sub = b.sub`,
  )
  return Object.entries(counts ?? {}).flatMap(([name, n]) => (n > 0 ? [`${name} differs in ${n} rows`] : []))
}
