import { followAttempts } from '#contact'
import type { DeskDb } from '#desk'
import { factorTable } from '#factors'
import { assignManagers } from '#governance'
import { FaultError } from '#kernel'
import { followTasks } from '#tasks'
import { type Sql, sql, type Warehouse } from '#warehouse'
import { workStopped } from '../faults.ts'
import { classesOn } from '../segments/classes.ts'
import { keepPlaced } from './placed.ts'
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
 * in hand for somebody who moved follows, and the shelf keeps it for whatever is counted this morning.
 */
export async function managersStep(work: Work): Promise<number> {
  const { application, day, signal } = work
  const { desk } = application
  const table = await factorTable(application.shelf, day)
  if (table === undefined) return 0
  let assigned = 0
  const sums = new PlaceSums()
  await keepPlaced(application, day, async keep => {
    const engine = await application.warehouse()
    const classes = await classesOn(engine, application.shelf, day)
    for await (const rows of subscribersOf(engine, table, classes)) {
      if (signal.aborted) throw new FaultError(workStopped())
      const report = await assigning(desk.db, rows, work)
      for (const placed of report.placed) sums.at(placed).subscribers += 1
      await keep(report.placed.flatMap((placed, i) => (rows[i] ? [{ ...placed, sub: rows[i].sub }] : [])))
      assigned += report.withManager
    }
  })
  await notePlaces(desk.db, day, sums)
  return assigned
}

async function* subscribersOf(engine: Warehouse, table: Sql, classes: Sql): AsyncGenerator<readonly Row[]> {
  for (let after = -1; ; ) {
    const rows = await engine.rows<Row>(
      sql`SELECT t.subscriber_id AS "subscriberId", t.sub, t.grid AS "nodeId", s.value AS "valueClass"
        FROM ${table} AS t LEFT JOIN ${classes} AS s ON s.sub = t.sub WHERE t.sub > ${after} ORDER BY t.sub LIMIT ${rowsPerBatchMax}`,
    )
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows
    after = last.sub
  }
}

function assigning(db: DeskDb, rows: readonly Row[], { day, application }: Work) {
  const at = application.clock.now()
  return db.transaction().execute(async trx => {
    const known = rows.map(r => ({ ...r, valueClass: r.valueClass ?? 'low' }))
    const done = await assignManagers(trx, known, day)
    await followTasks(trx, { subscribers: done.moved }, at)
    await followAttempts(trx, { subscribers: done.moved })
    return done
  })
}
