import { keepDeliveries, keptDeliveries, type LoadOutcome } from '#ingest'
import type { PlainDate } from '#kernel'
import type { Application } from '../application.ts'
import type { Attending } from '../heavy/jobs.ts'
import { findSource, type Source } from '../source.ts'
import { orFail, type Work } from './work.ts'

/** Loads whatever is due on the morning of `asOf`, in loading order; each delivery whole or not at all. */
export async function loadDue(
  application: Application,
  source: Source,
  asOf: PlainDate,
  attending: Attending = {},
): Promise<readonly LoadOutcome[]> {
  const { shelf, desk, workshop } = application
  const { mappingFile, folder } = source
  const outcomes = orFail(await workshop.do('load', { source: { mappingFile, folder }, asOf }, attending))
  await keepDeliveries(desk.db, shelf, outcomes, asOf)
  orFail(await workshop.do('fold', { asOf }, attending))
  return outcomes
}

const deliveriesMax = 5_000

/** Rows that this morning knows and yesterday's did not, whichever try of the night loaded them. */
async function rowsLearned({ desk }: Application, day: PlainDate): Promise<number> {
  const kept = await keptDeliveries(desk.db, deliveriesMax)
  const fresh = kept.filter(d => d.state === 'loaded' && d.learnedOn === day)
  return fresh.reduce((sum, d) => sum + d.rows, 0)
}

/** A night without a source goes on with what was loaded before. */
export async function ingestStep({ application, day, onProgress, signal }: Work): Promise<number> {
  const source = await findSource(application.dataFolder)
  if (source === undefined) return 0
  await loadDue(application, source, day, { onProgress, signal })
  return rowsLearned(application, day)
}
