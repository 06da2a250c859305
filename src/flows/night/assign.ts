import { followAttempts } from '#contact'
import { factorTable } from '#factors'
import { assignManagers } from '#governance'
import { FaultError } from '#kernel'
import { followTasks } from '#tasks'
import { sql } from '#warehouse'
import { workStopped } from '../faults.ts'
import { notePlaces, PlaceSums } from './places.ts'
import type { Work } from './work.ts'

const rowsPerBatchMax = 50_000

interface Row {
  readonly subscriberId: string
  readonly sub: number
  readonly nodeId: string | null
  readonly valueClass: string | null
}

/**
 * Says who answers for each subscriber: by grid, value class and load; whoever has a manager keeps them while it suits. What is
 * in hand for somebody who moved follows.
 */
export async function managersStep({ application, day, signal }: Work): Promise<number> {
  const { desk } = application
  const table = await factorTable(application.shelf, day)
  if (table === undefined) return 0
  const engine = await application.warehouse()
  let after = -1
  let assigned = 0
  const sums = new PlaceSums()
  for (;;) {
    if (signal.aborted) throw new FaultError(workStopped())
    const rows = await engine.rows<Row>(
      sql`SELECT subscriber_id AS "subscriberId", sub, grid AS "nodeId", value_class AS "valueClass"
        FROM ${table} AS t WHERE sub > ${after} ORDER BY sub LIMIT ${rowsPerBatchMax}`,
    )
    const last = rows.at(-1)
    if (last === undefined) break
    const report = await desk.db.transaction().execute(async trx => {
      const done = await assignManagers(
        trx,
        rows.map(r => ({ ...r, valueClass: r.valueClass ?? 'low' })),
        day,
      )
      await followTasks(trx, { subscribers: done.moved })
      await followAttempts(trx, { subscribers: done.moved })
      return done
    })
    for (const placed of report.placed) sums.at(placed).subscribers += 1
    assigned += report.withManager
    after = last.sub
  }
  await notePlaces(desk.db, day, sums)
  return assigned
}
