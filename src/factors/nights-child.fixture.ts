import { link, mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { foldStates } from '#ingest'
import { addDays, type PlainDate } from '#kernel'
import { openWarehouse, sweepParts, writeWhole } from '#warehouse'
import { readFactors } from './catalogue.ts'
import { runFactors } from './run.ts'

/** Several nights of factors in a process of its own, to be killed. */
export interface NightsJob {
  readonly root: string
  readonly catalogue: string
  readonly first: PlainDate
  /** A shelf that has every delivery, and which of its files come before each night, entries last. */
  readonly from: string
  readonly deliveries: readonly (readonly string[])[]
}

export const nightsChild = import.meta.filename
export const doneFile = 'nights-done'

/** Goes on after the last night that was done: what comes is loaded, then the night is worked. */
export async function workNights(job: NightsJob, begins = () => {}): Promise<void> {
  const { root, first } = job
  await sweepParts(root)
  const warehouse = await openWarehouse({
    memoryMiBMax: 512,
    threads: 1,
    spillFolder: path.join(root, 'spill'),
  })
  const catalogue = await readFactors(job.catalogue)
  begins()
  for (let nth = await nightsDone(root); nth < job.deliveries.length; nth++) {
    const morning = addDays(first, nth)
    for (const file of job.deliveries[nth] ?? [])
      await deliver(path.join(job.from, file), path.join(root, file))
    await foldStates(warehouse, { shelf: { root } }, morning)
    await runFactors(warehouse, { shelf: { root } }, catalogue, morning, { rowsKeptMin: 0, batchMax: 12 })
    await writeWhole(path.join(root, doneFile), String(nth + 1))
  }
  warehouse.close()
}

export async function nightsDone(root: string): Promise<number> {
  return Number(await readFile(path.join(root, doneFile), 'utf8').catch(() => '0'))
}

/** In one step, and twice is as once. */
async function deliver(from: string, to: string): Promise<void> {
  await mkdir(path.dirname(to), { recursive: true })
  await link(from, to).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
}

if (import.meta.main) {
  const job = JSON.parse(process.argv[2] ?? '{}') as NightsJob
  await workNights(job, () => process.stdout.write('begins\n'))
}
