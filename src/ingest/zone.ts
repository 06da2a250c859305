import { Temporal } from 'temporal-polyfill'
import { steadyOffset } from '#kernel'
import { raw, type Sql, sql } from '#warehouse'

export function isTimeZone(zone: string): boolean {
  try {
    Temporal.Instant.from('2026-01-01T00:00:00Z').toZonedDateTimeISO(zone)
    return /^[A-Za-z0-9_+/-]+$/.test(zone)
  } catch {
    return false
  }
}

/** A TIMESTAMP in UTC as the carrier's wall clock. */
export function toLocal(zone: string, moment: Sql): Sql {
  const offset = steadyOffset(zone)
  if (offset !== undefined) return sql`(${moment} + INTERVAL ${raw(String(offset))} SECOND)`
  return sql`timezone(${zone}, timezone('UTC', ${moment}))`
}

/** The carrier's wall clock as a TIMESTAMP in UTC. */
export function toUtc(zone: string, local: Sql): Sql {
  const offset = steadyOffset(zone)
  if (offset !== undefined) return sql`(${local} - INTERVAL ${raw(String(offset))} SECOND)`
  return sql`timezone('UTC', timezone(${zone}, ${local}))`
}
