import { type Staff, scopeOf } from '#governance'
import { addDays, localTime, type PlainDate, type RowScope } from '#kernel'
import type { Application } from './application.ts'
import { lastNight } from './night/record.ts'

/** Who asks: a member of staff, and the rows they may see. */
export interface Asker {
  readonly staff: Staff
  readonly scope: RowScope
}

/** The day people work on: that of the last finished night; the calendar's before the first. */
export async function businessDay(application: Application): Promise<PlainDate> {
  const { desk, clock, zone } = application
  return (await lastNight(desk)) ?? localTime(clock.now(), zone).day
}

export async function askerFrom(application: Application, staff: Staff): Promise<Asker> {
  return { staff, scope: await scopeOf(application.desk.db, staff, await businessDay(application)) }
}

/** How fresh everything shown is: on every screen. */
export async function freshness(application: Application) {
  const asOf = (await lastNight(application.desk)) ?? null
  return {
    businessDay: await businessDay(application),
    asOf,
    dataThrough: asOf === null ? null : addDays(asOf, -1),
    living: application.living.now,
  }
}
