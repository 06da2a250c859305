import { err, ok, type Result, type RowScope } from '#kernel'
import { type SegmentDay, segmentDays, segmentMorning } from '#segments'
import { sql, type Warehouse } from '#warehouse'
import type { Application } from '../application.ts'
import { factorsWithin } from '../rules/within.ts'
import { segmentsNotMade } from './faults.ts'

/**
 * The segments of a morning (the newest there is unless told), of those whom somebody may see. Faults segment.not-made,
 * scope.not-kept.
 */
export async function segmentsWithin(
  application: Application,
  warehouse: Warehouse,
  scope: RowScope,
  day?: string,
): Promise<Result<SegmentDay>> {
  const days = await segmentDays(application.shelf)
  const asOf = day === undefined ? days.at(-1) : days.find(d => d === day)
  const morning = asOf && (await segmentMorning(warehouse, application.shelf, asOf))
  if (asOf === undefined || morning === undefined) return err(segmentsNotMade(day ?? '—'))
  const within = await factorsWithin(application, warehouse, asOf, scope)
  if (!within.ok) return within
  const table = sql`(SELECT s.* FROM ${morning.table} AS s WHERE s.sub IN (SELECT sub FROM ${within.value.table} AS w))`
  return ok({ ...morning, table })
}

/** On a connection of its own: people do not wait for each other. */
export async function forked<T>(
  application: Application,
  ask: (warehouse: Warehouse) => Promise<T>,
): Promise<T> {
  const warehouse = await (await application.warehouse()).fork()
  try {
    return await ask(warehouse)
  } finally {
    warehouse.close()
  }
}
