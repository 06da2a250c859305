import path from 'node:path'
import { type Factor, factorTable, readFactors } from '#factors'
import { type PlainDate, uniform } from '#kernel'
import { type BoundCondition, selecting } from '#rules'
import { type Cell, ident, openWarehouse, type Sql, sql, type Warehouse } from '#warehouse'

export interface CountJob {
  readonly root: string
  readonly morning: PlainDate
  readonly catalogue: string
  readonly queries: number
  readonly seed: string
}

export interface CountMeasured {
  readonly firstMs: readonly number[]
  readonly againMs: readonly number[]
  readonly counts: readonly number[]
  readonly peakMiB: number
}

export const countRun = import.meta.filename
const comparisons = 6

async function main(job: CountJob): Promise<void> {
  const { factors } = await readFactors(job.catalogue)
  const spillFolder = path.join(job.root, 'spill')
  // The conditions are made on an engine of their own, so that asking them is the first time for each column.
  const making = await openWarehouse({ memoryMiBMax: 2048, threads: 2, spillFolder })
  const table = await factorTable({ root: job.root }, job.morning)
  if (table === undefined) throw new Error('there is no factor table')
  const conditions: BoundCondition[] = []
  for (let nth = 0; nth < job.queries; nth++)
    conditions.push(await drawn(making, table, factors, job.seed, nth))
  making.close()
  const warehouse = await openWarehouse({ memoryMiBMax: 2048, threads: 2, spillFolder })
  await warehouse.rows(sql`SELECT count(*) AS n FROM ${table} AS t`)
  const [first, again] = [
    await countAll(warehouse, table, conditions),
    await countAll(warehouse, table, conditions),
  ]
  warehouse.close()
  const measured: CountMeasured = {
    firstMs: first.map(f => f.ms),
    againMs: again.map(f => f.ms),
    counts: first.map(f => f.count),
    peakMiB: process.resourceUsage().maxRSS / 1024,
  }
  console.log(JSON.stringify(measured))
}

async function countAll(warehouse: Warehouse, table: Sql, conditions: readonly BoundCondition[]) {
  const found: { readonly ms: number; readonly count: number }[] = []
  for (const condition of conditions) {
    const start = performance.now()
    const [row] = await warehouse.rows<{ n: number }>(
      sql`SELECT count(*) AS n FROM ${table} AS t WHERE ${selecting(condition)}`,
    )
    found.push({ ms: performance.now() - start, count: row?.n ?? 0 })
  }
  return found
}

/** Comparisons of six factors with values that one subscriber has: wide ones mostly, as rules have. */
async function drawn(
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

if (import.meta.main) await main(JSON.parse(process.argv[2] ?? '{}') as CountJob)
