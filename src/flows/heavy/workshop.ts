import type { Result } from '#kernel'
import type { Answer, Attending, JobId, Order } from './jobs.ts'

/** Where heavy work is done: away from whoever asks for it, with memory of its own. One piece of work at a time: the next waits. */
export interface Workshop {
  /**
   * Faults: those of the work; work.stopped when its signal said so; work.died when the process that did it ended before
   * its time. Whichever it is, what lies on the shelf is whole and the same work asked for again goes on from there.
   */
  do<J extends JobId>(job: J, order: Order<J>, attending?: Attending): Promise<Result<Answer<J>>>
  /** The process that does the work, while there is one. */
  readonly pid: number | undefined
  /** Gets ready, so that the first work need not wait. */
  warm(): void
  close(): Promise<void>
}
