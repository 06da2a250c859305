import path from 'node:path'
import {
  foldStates,
  keepDeliveries,
  keptDeliveries,
  type LoadOutcome,
  type LoadTarget,
  loadFeeds,
} from '#ingest'
import type { OnProgress, PlainDate } from '#kernel'
import type { Application } from '../application.ts'
import { findSource, type OpenSource, openSource } from '../source.ts'
import type { Work } from './work.ts'

/** Loads whatever is due on the morning of `asOf`, in loading order; each delivery whole or not at all. */
export async function loadDue(
  application: Application,
  source: OpenSource,
  asOf: PlainDate,
  onProgress?: OnProgress,
): Promise<readonly LoadOutcome[]> {
  const { shelf, desk } = application
  const target = await loadTarget(application)
  const outcomes = await loadFeeds(target, source.mapping, source.folder, asOf, onProgress)
  await keepDeliveries(desk.db, shelf, outcomes, asOf)
  await foldStates(target.warehouse, { shelf }, asOf)
  return outcomes
}

export async function loadTarget(application: Application): Promise<LoadTarget> {
  const { shelf, dataFolder } = application
  const workFolder = path.join(dataFolder, 'warehouse', 'work')
  return { warehouse: await application.warehouse(), shelf, workFolder, environment: process.env }
}

const deliveriesMax = 5_000

/** Rows that this morning knows and yesterday's did not, whichever try of the night loaded them. */
async function rowsLearned({ desk }: Application, day: PlainDate): Promise<number> {
  const kept = await keptDeliveries(desk.db, deliveriesMax)
  const fresh = kept.filter(d => d.state === 'loaded' && d.learnedOn === day)
  return fresh.reduce((sum, d) => sum + d.rows, 0)
}

/** A night without a source goes on with what was loaded before. */
export async function ingestStep({ application, day }: Work): Promise<number> {
  if ((await findSource(application.dataFolder)) === undefined) return 0
  await loadDue(application, await openSource(application.dataFolder), day)
  return rowsLearned(application, day)
}
