import type { PlainDate } from '#kernel'
import { segmentMorning } from '#segments'
import { type Shelf, type Sql, sql, type Warehouse } from '#warehouse'

/** Value class and stage of everybody as the map of that morning has them: `sub`, `value`, `stage`. Nobody's where there is no map. */
export async function classesOn(warehouse: Warehouse, shelf: Shelf, day: PlainDate): Promise<Sql> {
  const morning = await segmentMorning(warehouse, shelf, day)
  return morning === undefined
    ? sql`(SELECT CAST(NULL AS BIGINT) AS sub, CAST(NULL AS VARCHAR) AS value, CAST(NULL AS VARCHAR) AS stage WHERE FALSE)`
    : sql`(SELECT sub, value, stage FROM ${morning.table} AS m)`
}
