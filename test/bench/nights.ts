import { mkdir } from 'node:fs/promises'
import { tmpdir, totalmem } from 'node:os'
import path from 'node:path'
import { type FactorCatalogue, factorTable, readFactors } from '#factors'
import type { FeedId } from '#ingest'
import type { PlainDate } from '#kernel'
import { openWarehouse, pieces, type Shelf, sql, type Warehouse } from '#warehouse'
import { runApart } from './apart.ts'
import { type FactorJob, type FactorMeasured, factorRun } from './factor-run.ts'
import { makeShelf } from './night-data.ts'
import { mornings, usageWindow } from './night-span.ts'
import { ownShelf } from './own-shelf.ts'
import { differingColumns } from './same-rows.ts'

export const wholeCatalogue = path.join(import.meta.dirname, '../../catalogue/factors')

/** A folder with the made feeds, and shelves beside them on which factors are run. */
export interface Ground {
  readonly folder: string
  readonly subscribers: number
  readonly shelf: Shelf
  readonly events: number
  readonly memoryMiBMax: number
}

export async function prepare(
  subscribers: number,
  memoryMiBMax: number,
  folder = path.join(tmpdir(), `weiwan-bench-night-${subscribers}`),
): Promise<Ground> {
  await mkdir(folder, { recursive: true })
  const root = path.join(folder, 'shelf')
  // Feeds are made whole, not in ranges as nights do: it may take what the machine has.
  const making = Math.max(4096, Math.floor(totalmem() / 2 ** 21))
  await withWarehouse(folder, warehouse => makeShelf(warehouse, root, { subscribers }, console.log), making)
  const ground = { folder, subscribers, shelf: { root }, memoryMiBMax }
  const [first] = mornings(1)
  return { ...ground, events: first === undefined ? 0 : await usageRows(ground.shelf, first) }
}

export async function withWarehouse<T>(
  folder: string,
  work: (warehouse: Warehouse) => Promise<T>,
  memoryMiBMax = 4096,
): Promise<T> {
  const spillFolder = path.join(folder, 'spill')
  const warehouse = await openWarehouse({ memoryMiBMax, threads: 2, spillFolder })
  try {
    return await work(warehouse)
  } finally {
    warehouse.close()
  }
}

/** Events that windows of 60 days hold on a morning: what a full recompute reads and a night answers for. */
export async function usageRows(shelf: Shelf, morning: PlainDate): Promise<number> {
  const { from, to } = usageWindow(morning)
  const all = await pieces(shelf, 'feed/usage')
  return all.filter(p => p.span.from >= from && p.span.to <= to).reduce((sum, p) => sum + p.rows, 0)
}

export interface Nights {
  /** The first morning, when nothing had been kept yet. */
  readonly first: FactorMeasured
  /** Every later morning, on what the night before kept. */
  readonly later: readonly FactorMeasured[]
  /** The last of them from raw rows alone, keeping nothing. */
  readonly full: FactorMeasured
  /** Columns in which the last night and the full recompute differ. */
  readonly differences: readonly string[]
}

/** So many consecutive nights on one shelf, and the last morning anew on another. */
export async function nights(
  ground: Ground,
  count: number,
  words: Pick<FactorJob, 'catalogue' | 'ids'>,
  name: string,
): Promise<Nights> {
  const { living, last, first, later } = await livingNights(ground, count, words, name)
  const fresh = await ownShelf(path.join(ground.folder, `${name}-full`), ground.shelf)
  const full = await measure(ground, { ...words, root: fresh.root, morning: last, incremental: false })
  const differences = await withWarehouse(ground.folder, async warehouse =>
    differingColumns(warehouse, await tableOf(living, last), await tableOf(fresh, last)),
  )
  return { first, later, full, differences }
}

/** The nights alone, each on what the one before kept; `last` is the morning of the last. */
export async function livingNights(
  ground: Ground,
  count: number,
  words: Pick<FactorJob, 'catalogue' | 'ids'>,
  name: string,
): Promise<Pick<Nights, 'first' | 'later'> & { readonly living: Shelf; readonly last: PlainDate }> {
  const living = await ownShelf(path.join(ground.folder, `${name}-nights`), ground.shelf)
  const [start, ...following] = mornings(count + 1)
  const last = following.at(-1)
  if (start === undefined || last === undefined) throw new RangeError('at least one night after the first')
  const night = (morning: PlainDate) =>
    measure(ground, { ...words, root: living.root, morning, incremental: true })
  const first = await night(start)
  const later: FactorMeasured[] = []
  for (const morning of following) later.push(await night(morning))
  return { living, last, first, later }
}

export async function tableOf(shelf: Shelf, morning: PlainDate) {
  const table = await factorTable(shelf, morning)
  if (table === undefined) throw new Error(`no factor table of ${morning} in ${shelf.root}`)
  return sql`${table}`
}

export async function measure(ground: Ground, job: Omit<FactorJob, 'memoryMiBMax'>): Promise<FactorMeasured> {
  const whole: FactorJob = { ...job, memoryMiBMax: ground.memoryMiBMax }
  const measured = await runApart<FactorMeasured>(factorRun, [JSON.stringify(whole)])
  const how = job.incremental ? 'night' : 'full'
  console.log(
    `${path.basename(job.root)} ${job.morning} ${how}: ${measured.factors} factors (${measured.off} off), ${measured.seconds.toFixed(2)} s, cpu ${measured.cpuSeconds.toFixed(2)} s, ${(measured.peakMiB / 1024).toFixed(2)} GiB`,
  )
  return measured
}

/** Factors that come from usage events, with no other feed of events or sums: state feeds only name and place. */
export function usageFactors(catalogue: FactorCatalogue): readonly string[] {
  const beside: ReadonlySet<FeedId> = new Set<FeedId>(['usage', 'subscriber', 'device', 'cell', 'plan'])
  return catalogue.factors
    .filter(f => f.feeds.includes('usage') && f.feeds.every(id => beside.has(id)))
    .map(f => f.id)
}

export async function readWhole(): Promise<FactorCatalogue> {
  const catalogue = await readFactors(wholeCatalogue)
  if (catalogue.faults.length > 0) throw new Error(catalogue.faults.map(f => f.en).join('\n'))
  return catalogue
}
