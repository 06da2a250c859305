import path from 'node:path'
import { withLock } from '#desk'
import {
  addDays,
  attempt,
  type Fault,
  localTime,
  type OnProgress,
  type PlainDate,
  type Result,
} from '#kernel'
import type { Application } from './application.ts'
import { loadDue } from './night/ingest.ts'
import { keepSource, openSource } from './source.ts'

export interface LoadOrder {
  readonly mapping?: string | undefined
  readonly from?: string | undefined
  /** Deliveries of data days before this one are due; today's in the carrier's zone unless told. */
  readonly day?: PlainDate | undefined
  readonly onProgress?: OnProgress
}

export interface Loaded {
  readonly deliveries: number
  readonly rows: number
  readonly bad: number
  readonly refused: readonly Fault[]
}

/** Loads what is due by a mapping file, which is remembered for the nights to come. Throws every fault of the mapping; fault desk.busy. */
export async function loadFeeds(application: Application, order: LoadOrder): Promise<Result<Loaded>> {
  const { dataFolder, clock } = application
  const named =
    order.mapping === undefined
      ? undefined
      : { mappingFile: path.resolve(order.mapping), folder: path.resolve(order.from ?? '.') }
  const source = await openSource(dataFolder, named)
  return withLock(application.desk, 'night', () =>
    attempt(async () => {
      if (named !== undefined) await keepSource(dataFolder, named)
      const asOf = order.day ?? addDays(localTime(clock.now(), source.mapping.timeZone).day, 1)
      const outcomes = await loadDue(application, source, asOf, { onProgress: order.onProgress })
      const loaded = outcomes.flatMap(o => (o.state === 'loaded' ? [o.report] : []))
      return {
        deliveries: loaded.length,
        rows: loaded.reduce((sum, r) => sum + r.rows, 0),
        bad: loaded.reduce((sum, r) => sum + r.quarantined, 0),
        refused: outcomes.flatMap(o => (o.state === 'refused' ? [o.fault] : [])),
      }
    }),
  )
}
