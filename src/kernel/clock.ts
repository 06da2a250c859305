/** The present, as an argument. Nothing below `flows` reads a clock of its own. */
export interface Clock {
  /** Real time, UTC milliseconds: sessions, audit, quiet hours. */
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** How far a long piece of work is. `total` is undefined when it cannot be known. */
export interface Progress {
  readonly step: string
  readonly done: number
  readonly total?: number
  /** Since the step began. */
  readonly seconds?: number
  /** How far the step itself is, where it can say so. */
  readonly part?: Progress
}

export type OnProgress = (progress: Progress) => void
