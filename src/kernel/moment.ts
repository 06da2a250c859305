import { Temporal } from 'temporal-polyfill'
import type { PlainDate } from './day.ts'

/** The zone of a carrier that has not said its own. */
export const homeZone = 'Asia/Shanghai'

/** Seconds from UTC when the zone has had one offset since 2000 (Asia/Shanghai has): plain arithmetic then suffices. */
export function steadyOffset(zone: string): number | undefined {
  const start = Temporal.Instant.from('2000-01-01T00:00:00Z').toZonedDateTimeISO(zone)
  return start.getTimeZoneTransition('next') === null ? start.offsetNanoseconds / 1e9 : undefined
}

/** The UTC moment at which clocks in `zone` show `minute` minutes after midnight of `day`. */
export function momentOn(day: PlainDate, minute: number, zone: string): Date {
  const time = Temporal.PlainTime.from('00:00').add({ minutes: minute })
  const zoned = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone, plainTime: time })
  return new Date(zoned.epochMilliseconds)
}

/** Day and minute of the day that clocks in `zone` show at a UTC moment. */
export function localTime(at: Date, zone: string): { readonly day: PlainDate; readonly minute: number } {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone)
  return { day: zoned.toPlainDate().toString() as PlainDate, minute: zoned.hour * 60 + zoned.minute }
}
