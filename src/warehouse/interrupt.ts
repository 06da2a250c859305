import type { Warehouse } from './engine.ts'

const everyMs = 20

/**
 * Does `work` on a connection whose statements are interrupted, the running one and every further one, once the signal is
 * aborted: the work then fails within moments, with whatever error its statement ends in.
 */
export async function interruptible<T>(
  warehouse: Warehouse,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  if (signal === undefined) return work()
  let interrupting: NodeJS.Timeout | undefined
  const stop = () => {
    interrupting ??= setInterval(() => warehouse.interrupt(), everyMs)
  }
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop)
  try {
    return await work()
  } finally {
    signal.removeEventListener('abort', stop)
    clearInterval(interrupting)
  }
}
