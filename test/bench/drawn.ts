import type { Factor } from '#factors'
import { uniform } from '#kernel'
import type { BoundCondition } from '#rules'
import { type Cell, ident, type Sql, sql, type Warehouse } from '#warehouse'

const comparisons = 6

/** Comparisons of six factors with values that one subscriber has: wide ones mostly, as rules have. */
export async function drawn(
  warehouse: Warehouse,
  table: Sql,
  factors: readonly Factor[],
  seed: string,
  nth: number,
): Promise<BoundCondition> {
  const order = factors
    .filter(f => f.type !== 'list')
    .toSorted((a, b) => uniform(seed, String(nth), a.id) - uniform(seed, String(nth), b.id))
  const of: BoundCondition[] = []
  for (const factor of order) {
    if (of.length === comparisons) break
    const column = ident(factor.id)
    const [row] = await warehouse.rows<{ value: Cell }>(
      sql`SELECT ${column} AS value FROM ${table} AS t WHERE ${column} IS NOT NULL AND sub % 997 = ${nth} LIMIT 1`,
    )
    if (row !== undefined)
      of.push(comparison(factor, row.value, uniform(seed, String(nth), 'way', factor.id)))
  }
  return { op: 'all', of }
}

function comparison({ id, type }: Factor, value: Cell, chance: number): BoundCondition {
  switch (type) {
    case 'flag':
      return { op: chance < 0.5 ? 'is_true' : 'is_false', factor: id }
    case 'text':
      return { op: chance < 0.7 ? 'is_not' : 'is', factor: id, value: String(value) }
    case 'date':
      return { op: chance < 0.5 ? 'ge' : 'le', factor: id, value: String(value) }
    case 'list':
      return { op: 'present', factor: id }
    case 'number':
    case 'integer':
    case 'money':
      return { op: chance < 0.5 ? 'ge' : 'le', factor: id, value: Number(value) }
  }
}
