import type { CheckedFeed } from '#ingest'
import type { PlainDate } from '#kernel'
import type { Application } from '../application.ts'

/** What the steps of one night hand on in memory; everything that must last is in the stores. */
export interface Work {
  readonly application: Application
  readonly day: PlainDate
  /** Set by the check: how each feed stands this morning. */
  feeds: readonly CheckedFeed[]
}
