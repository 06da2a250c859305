import { Temporal } from 'temporal-polyfill'
import { raw, type Sql, sql } from '#warehouse'

export function isTimeZone(zone: string): boolean {
  try {
    Temporal.Instant.from('2026-01-01T00:00:00Z').toZonedDateTimeISO(zone)
    return /^[A-Za-z0-9_+/-]+$/.test(zone)
  } catch {
    return false
  }
}

/** Seconds from UTC when the zone has had one offset since 2000 (Asia/Shanghai has): plain arithmetic then suffices. */
function steadyOffsetSeconds(zone: string): number | undefined {
  const start = Temporal.Instant.from('2000-01-01T00:00:00Z').toZonedDateTimeISO(zone)
  const next = start.getTimeZoneTransition('next')
  return next === null ? start.offsetNanoseconds / 1e9 : undefined
}

/** A TIMESTAMP in UTC as the carrier's wall clock. */
export function toLocal(zone: string, moment: Sql): Sql {
  const offset = steadyOffsetSeconds(zone)
  if (offset !== undefined) return sql`(${moment} + INTERVAL ${raw(String(offset))} SECOND)`
  return sql`timezone(${zone}, timezone('UTC', ${moment}))`
}

/** The carrier's wall clock as a TIMESTAMP in UTC. */
export function toUtc(zone: string, local: Sql): Sql {
  const offset = steadyOffsetSeconds(zone)
  if (offset !== undefined) return sql`(${local} - INTERVAL ${raw(String(offset))} SECOND)`
  return sql`timezone('UTC', timezone(${zone}, ${local}))`
}
