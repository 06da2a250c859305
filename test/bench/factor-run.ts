import path from 'node:path'
import { type FactorCatalogue, readFactors, runFactors } from '#factors'
import { foldStates } from '#ingest'
import type { PlainDate } from '#kernel'
import { openWarehouse } from '#warehouse'
import { type Used, used } from './apart.ts'
import { type StatementCost, watched } from './watched.ts'

/** One run of factors, to be measured in a process of its own. */
export interface FactorJob {
  /** The shelf; factors and what they keep are written there. */
  readonly root: string
  readonly morning: PlainDate
  readonly incremental: boolean
  /** A folder of definitions, and which of them; all when not said. */
  readonly catalogue: string
  readonly ids?: readonly string[]
  readonly memoryMiBMax: number
}

export interface FactorMeasured extends Used {
  readonly factors: number
  readonly off: number
  readonly rows: number
  readonly statements: readonly StatementCost[]
}

export const factorRun = import.meta.filename

/** Some factors of a catalogue, with everything that those need. */
export function someOf(whole: FactorCatalogue, ids: readonly string[]): FactorCatalogue {
  const wanted = new Set(ids)
  for (const factor of whole.factors.toReversed())
    if (wanted.has(factor.id)) for (const id of factor.needs) wanted.add(id)
  const factors = whole.factors.filter(f => wanted.has(f.id))
  return {
    ...whole,
    factors,
    byId: new Map(factors.map(f => [f.id, f])),
    columns: whole.columns.filter(c => wanted.has(c.id)),
  }
}

async function main(job: FactorJob): Promise<void> {
  const whole = await readFactors(job.catalogue)
  if (whole.faults.length > 0) throw new Error(whole.faults.map(f => f.en).join('\n'))
  const catalogue = job.ids === undefined ? whole : someOf(whole, job.ids)
  const spillFolder = path.join(job.root, 'spill')
  const opened = await openWarehouse({ memoryMiBMax: job.memoryMiBMax, threads: 2, spillFolder })
  const { warehouse, costs } = watched(opened)
  const reader = { shelf: { root: job.root } }
  const run = await used(async () => {
    if (job.incremental) await foldStates(warehouse, reader, job.morning)
    return await runFactors(warehouse, reader, catalogue, job.morning, { incremental: job.incremental })
  })
  opened.close()
  const { rows, off, written } = run.result
  if (!written) throw new Error(`${job.morning} had been computed before`)
  const factors = catalogue.factors.length
  const measured: FactorMeasured = { ...run.used, factors, off: off.length, rows, statements: costs() }
  console.log(JSON.stringify(measured))
}

if (import.meta.main) await main(JSON.parse(process.argv[2] ?? '{}') as FactorJob)
