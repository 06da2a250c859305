import path from 'node:path'
import { factorTable, readFactors } from '#factors'
import type { PlainDate } from '#kernel'
import { type BoundCondition, countRules, factorsUsed, type Rule, tried } from '#rules'
import { ident, join, openWarehouse, parquet, type Sql, sql, type Warehouse } from '#warehouse'
import { drawn } from './drawn.ts'

export interface RulesJob {
  readonly root: string
  readonly morning: PlainDate
  readonly catalogue: string
  readonly rules: number
  readonly overlapping: number
  /** Files of the same table lying side by side: a carrier so many times as large. */
  readonly larger: readonly string[]
  readonly counted: number
  readonly seed: string
}

export interface RulesMeasured {
  /** One pass that counts every rule, and one that only reads what they ask about: three tries each. */
  readonly passMs: readonly number[]
  readonly scanMs: readonly number[]
  readonly overlapMs: readonly number[]
  /** One count each over the larger carrier, never asked before. */
  readonly largerMs: readonly number[]
  readonly largerRows: number
  readonly columns: number
  readonly peakMiB: number
}

export const rulesRun = import.meta.filename
const tries = 3

async function main(job: RulesJob): Promise<void> {
  const { factors } = await readFactors(job.catalogue)
  const spillFolder = path.join(job.root, 'spill')
  const options = { memoryMiBMax: 2048, threads: 2, spillFolder }
  const table = await factorTable({ root: job.root }, job.morning)
  if (table === undefined) throw new Error('there is no factor table')
  // The conditions are made on an engine of their own, so that nothing is warm but the files.
  const making = await openWarehouse(options)
  const conditions: BoundCondition[] = []
  for (let nth = 0; nth < job.rules; nth++)
    conditions.push(await drawn(making, table, factors, job.seed, nth))
  making.close()
  const warehouse = await openWarehouse(options)
  const columns = [...new Set(conditions.flatMap(factorsUsed))]
  const scanMs = await timed(() => scanOf(warehouse, table, columns))
  const passMs = await timed(() => countRules(warehouse, table, conditions.map(asRule), job.morning))
  const some = conditions.slice(0, job.overlapping)
  const overlapMs = await timed(() => tried.overlap({ warehouse, table }, some))
  const larger = { warehouse, table: parquet(job.larger) }
  const largerMs: number[] = []
  let largerRows = 0
  await tried.count(larger, { op: 'all', of: [] })
  for (const condition of conditions.slice(0, job.counted)) {
    const start = performance.now()
    const { of } = await tried.count(larger, condition)
    largerMs.push(performance.now() - start)
    largerRows = of
  }
  warehouse.close()
  const peakMiB = process.resourceUsage().maxRSS / 1024
  const times = { passMs, scanMs, overlapMs, largerMs }
  const measured: RulesMeasured = { ...times, largerRows, columns: columns.length, peakMiB }
  console.log(JSON.stringify(measured))
}

async function timed(work: () => Promise<unknown>): Promise<readonly number[]> {
  const all: number[] = []
  for (let nth = 0; nth < tries; nth++) {
    const start = performance.now()
    await work()
    all.push(performance.now() - start)
  }
  return all
}

/** Reads every value of these columns and does next to nothing with it. */
function scanOf(warehouse: Warehouse, table: Sql, columns: readonly string[]): Promise<unknown> {
  const read = columns.map((id, i) => sql`max(${ident(id)}) AS ${ident(`c${i}`)}`)
  return warehouse.rows(sql`SELECT ${join(read)} FROM ${table} AS t`)
}

function asRule(condition: BoundCondition, nth: number): Rule {
  const words = { zh: `规则${nth}`, en: `rule ${nth}` }
  const about = { title: words, means: words, owner: 'bench', points: 1, controlPercent: 0, version: 1 }
  return { ...about, id: `rule_${nth}`, parameters: [], condition, uses: factorsUsed(condition) }
}

if (import.meta.main) await main(JSON.parse(process.argv[2] ?? '{}') as RulesJob)
