import { err, type Result } from '#kernel'
import { workStopped } from '../faults.ts'

/** Does `work`; how ever it fails once the signal is aborted, that is the fault work.stopped: its statements are interrupted. */
export async function unlessStopped<T>(
  signal: AbortSignal | undefined,
  work: () => Promise<Result<T>>,
): Promise<Result<T>> {
  try {
    return signal?.aborted ? err(workStopped()) : await work()
  } catch (error) {
    if (signal?.aborted) return err(workStopped())
    throw error
  }
}
