import type { CheckedFeed } from '#ingest'
import { FaultError, type OnProgress, type PlainDate, type Result } from '#kernel'
import type { Application } from '../application.ts'

/** What the steps of one night hand on in memory; everything that must last is in the stores. */
export interface Work {
  readonly application: Application
  readonly day: PlainDate
  /** How far the step is, where it can say so. */
  readonly onProgress: OnProgress
  /** Aborted: the night is to stop. */
  readonly signal: AbortSignal
  /** Set by the check: how each feed stands this morning. */
  feeds: readonly CheckedFeed[]
}

/** The value of a result; its fault ends the step. */
export function orFail<T>(result: Result<T>): T {
  if (!result.ok) throw new FaultError(result.fault)
  return result.value
}
