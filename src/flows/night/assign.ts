import { factorTable } from '#factors'
import { assignManagers } from '#governance'
import { FaultError } from '#kernel'
import { sql } from '#warehouse'
import { workStopped } from '../faults.ts'
import type { Work } from './work.ts'

const rowsPerBatchMax = 50_000

interface Row {
  readonly subscriberId: string
  readonly sub: number
  readonly nodeId: string | null
  readonly valueClass: string | null
}

/** Says who answers for each subscriber: by grid, value class and load; whoever has a manager keeps them while it suits. */
export async function managersStep({ application, day, signal }: Work): Promise<number> {
  const table = await factorTable(application.shelf, day)
  if (table === undefined) return 0
  const engine = await application.warehouse()
  let after = -1
  let assigned = 0
  for (;;) {
    if (signal.aborted) throw new FaultError(workStopped())
    const rows = await engine.rows<Row>(
      sql`SELECT subscriber_id AS "subscriberId", sub, grid AS "nodeId", value_class AS "valueClass"
        FROM ${table} AS t WHERE sub > ${after} ORDER BY sub LIMIT ${rowsPerBatchMax}`,
    )
    const last = rows.at(-1)
    if (last === undefined) return assigned
    const report = await assignManagers(
      application.desk.db,
      rows.map(r => ({ ...r, valueClass: r.valueClass ?? 'low' })),
      day,
    )
    assigned += report.withManager
    after = last.sub
  }
}
