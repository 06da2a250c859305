import path from 'node:path'
import { factorTable, readFactors } from '#factors'
import type { PlainDate } from '#kernel'
import { type BoundCondition, selecting } from '#rules'
import { openWarehouse, type Sql, sql, type Warehouse } from '#warehouse'
import { drawn } from './drawn.ts'

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

if (import.meta.main) await main(JSON.parse(process.argv[2] ?? '{}') as CountJob)
