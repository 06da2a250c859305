import path from 'node:path'
import {
  assessFactors,
  type FactorCatalogue,
  type FactorsRun,
  type FactorVerdict,
  factorTable,
  type Restatement,
  restateFactors,
  runFactors,
  writeVectors,
} from '#factors'
import { type FeedId, foldStates, type LoadOutcome, loadFeeds } from '#ingest'
import { attempt, err, FaultError, type OnProgress, type PlainDate, type Result } from '#kernel'
import { makeSegments, type SegmentMap, type SegmentsRun, type Tag } from '#segments'
import { interruptible, type Shelf, type Warehouse } from '#warehouse'
import { nothingDelivered, workStopped } from '../faults.ts'
import { openSource, type Source } from '../source.ts'
import type { Words } from '../view/coded.ts'
import { namedOn } from './named.ts'

/** What heavy work stands on. All but the engine is plain data, so that it can be told to another process. */
export interface Ground {
  readonly dataFolder: string
  readonly shelf: Shelf
  readonly zone: string
  readonly factors: FactorCatalogue
}

interface Standing extends Ground {
  readonly warehouse: Warehouse
}

/** Each piece of heavy work: what it is told, and what it answers. Both are plain data. */
interface Orders {
  load: { readonly source: Source; readonly asOf: PlainDate }
  fold: { readonly asOf: PlainDate }
  factors: { readonly asOf: PlainDate }
  /** A past morning, anew if something it read was learned since. */
  restate: { readonly asOf: PlainDate }
  segments: {
    readonly asOf: PlainDate
    readonly map: SegmentMap
    readonly tags: readonly Tag[]
    readonly off: readonly (readonly [string, Words])[]
    readonly suspects: readonly (readonly [string, Words])[]
  }
  quality: { readonly asOf: PlainDate; readonly heldFeeds: readonly (readonly [FeedId, Words])[] }
}
interface Answers {
  load: readonly LoadOutcome[]
  fold: null
  factors: FactorsRun
  restate: Restatement | null
  segments: SegmentsRun
  quality: readonly FactorVerdict[]
}
export type JobId = keyof Orders
export type Order<J extends JobId> = Orders[J]
export type Answer<J extends JobId> = Answers[J]

type Jobs = {
  readonly [J in JobId]: (standing: Standing, order: Order<J>, onProgress: OnProgress) => Promise<Answer<J>>
}

/** The steps of a night that read or write very many rows and need nothing of the desk. */
const jobs: Jobs = {
  async load({ warehouse, shelf, dataFolder }, { source, asOf }, onProgress) {
    const { mapping, folder } = await openSource(dataFolder, source)
    const workFolder = path.join(dataFolder, 'warehouse', 'work')
    const target = { warehouse, shelf, workFolder, environment: process.env }
    return loadFeeds(target, mapping, folder, asOf, onProgress)
  },
  async fold({ warehouse, shelf }, { asOf }) {
    await foldStates(warehouse, { shelf }, asOf)
    return null
  },
  async factors({ warehouse, shelf, zone, factors }, { asOf }, onProgress) {
    const run = await runFactors(warehouse, { shelf, zone }, factors, asOf, { onProgress })
    await writeVectors(warehouse, shelf, asOf)
    return run
  },
  restate: async ({ warehouse, shelf, zone, factors }, { asOf }, onProgress) =>
    (await restateFactors(warehouse, { shelf, zone }, factors, asOf, { onProgress })) ?? null,
  async segments({ warehouse, shelf }, { asOf, map, tags, off, suspects }) {
    const table = await factorTable(shelf, asOf)
    if (table === undefined) throw new FaultError(nothingDelivered())
    const named = await namedOn(shelf, asOf)
    const order = { asOf, map, tags, table, named, off: new Map(off), suspects: new Map(suspects) }
    return makeSegments(warehouse, shelf, order)
  },
  quality: async ({ warehouse, shelf, zone, factors }, { asOf, heldFeeds }) =>
    (await assessFactors(warehouse, { shelf, zone }, factors, asOf, new Map(heldFeeds))) ?? [],
}

export interface Attending {
  readonly onProgress?: OnProgress | undefined
  /** Aborted: the work ends with the fault work.stopped within two seconds, and what is on the shelf is whole. */
  readonly signal?: AbortSignal | undefined
}

/** Does one piece of heavy work on a connection of its own. */
export async function doJob<J extends JobId>(
  ground: Ground,
  engine: Warehouse,
  job: J,
  order: Order<J>,
  { onProgress, signal }: Attending,
): Promise<Result<Answer<J>>> {
  const warehouse = await engine.fork()
  const tell: OnProgress = progress => {
    if (signal?.aborted) throw new FaultError(workStopped())
    onProgress?.(progress)
  }
  try {
    return await attempt(() =>
      interruptible(warehouse, signal, () => jobs[job]({ ...ground, warehouse }, order, tell)),
    )
  } catch (error) {
    if (signal?.aborted) return err(workStopped())
    throw error
  } finally {
    warehouse.close()
  }
}
