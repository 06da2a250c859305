import { err, type Fault, type Result } from '#kernel'
import { busy } from './faults.ts'
import type { Desk } from './open.ts'

/**
 * Runs `work` while holding the named lock; a second process that asks meanwhile gets the fault desk.busy at once.
 * The lock is a database session's: it ends with the process, however that ends.
 */
export async function withLock<T>(
  desk: Desk,
  name: string,
  work: () => Promise<Result<T>>,
): Promise<Result<T, Fault>> {
  const client = await desk.pool.connect()
  try {
    const { rows } = await client.query('select pg_try_advisory_lock(hashtextextended($1, 0)) ok', [name])
    if (rows[0].ok !== true) return err(busy(name))
    try {
      return await work()
    } finally {
      await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [name])
    }
  } finally {
    client.release()
  }
}
