import { type Clock, localTime, momentOn, type PlainDate } from '#kernel'
import type { Application } from '../application.ts'
import { businessDay } from '../asker.ts'

/** When and on which day messages are sent: the business day, at the real time of day. */
export interface Moment {
  readonly day: PlainDate
  readonly clock: Clock
}

/** In the simulated city the business day is the city's; the time of day is real. */
export async function businessMoment(application: Application): Promise<Moment> {
  const { clock, zone } = application
  const day = await businessDay(application)
  return { day, clock: { now: () => momentOn(day, localTime(clock.now(), zone).minute, zone) } }
}
