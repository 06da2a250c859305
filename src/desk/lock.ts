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

/** Whether any process holds the named lock at this moment. */
export async function isLocked(desk: Desk, name: string): Promise<boolean> {
  const { rows } = await desk.pool.query(
    `select exists (select from pg_locks where locktype = 'advisory' and granted and objsubid = 1
       and database = (select oid from pg_database where datname = current_database())
       and (classid::bigint << 32 | objid::bigint) = hashtextextended($1, 0)) held`,
    [name],
  )
  return rows[0].held === true
}
