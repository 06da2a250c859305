import { contactsMade } from '#contact'
import { addDays, err, type OnProgress, ok, type PlainDate, type Result } from '#kernel'
import { decidedArms } from '#tasks'
import type { CityContact } from '#world'
import { stepCity } from '#world'
import type { Application } from '../application.ts'
import { runNight } from '../night/night.ts'
import { findNight } from '../night/record.ts'
import { reopenCity } from './city.ts'
import { workTheDay } from './staff-day.ts'

export interface LiveOrder {
  readonly days: number
  readonly onProgress?: OnProgress
  /** Asked between days and between the steps of a night: whoever must leave need not wait for all of it. */
  readonly signal?: AbortSignal
}

export interface LivedDay {
  readonly day: PlainDate
  readonly contacts: number
}

/**
 * Lives the simulated city on: for each day the night runs, the staff work its lists, and the city lives the day with the
 * contacts made. Ends with the night of the morning after. Killed or stopped and called again, it goes on where it was.
 */
export async function liveOn(
  application: Application,
  order: LiveOrder,
): Promise<Result<readonly LivedDay[]>> {
  const lived: LivedDay[] = []
  let city = await reopenCity(application)
  try {
    const total = order.days + 1
    for (let done = 0; done < order.days; done++) {
      const day = city.today
      if (order.signal?.aborted) return ok(lived)
      order.onProgress?.({ step: day, done, total })
      const night = await nightOnce(application, day, order.signal)
      if (!night.ok) return night
      await workTheDay(application, day)
      const contacts = await contactsOn(application, day)
      city = await stepCity(city, contacts)
      lived.push({ day, contacts: contacts.length })
    }
    order.onProgress?.({ step: city.today, done: order.days, total })
    const last = await nightOnce(application, city.today, order.signal)
    return last.ok ? ok(lived) : err(last.fault)
  } finally {
    city.close()
  }
}

/** A night that is done already stays as it is: its lists may have been worked. */
async function nightOnce(
  application: Application,
  day: PlainDate,
  signal?: AbortSignal,
): Promise<Result<unknown>> {
  const found = await findNight(application.desk, day)
  return found?.state === 'done'
    ? ok(found)
    : runNight(application, { day, ...(signal === undefined ? {} : { signal }) })
}

/** How far back the decision behind a contact may lie. */
const decidedDaysMax = 60

/** Who was really reached on a day, and with what: what the city reacts to. */
async function contactsOn(application: Application, day: PlainDate): Promise<readonly CityContact[]> {
  const { db } = application.desk
  const made = await contactsMade(db, { from: day, to: addDays(day, 1) })
  const arms = await decidedArms(db, { from: addDays(day, -decidedDaysMax), to: addDays(day, 1) })
  const decided = new Map(arms.filter(a => a.arm === 'treated').map(a => [a.subscriberId, a]))
  return made
    .filter(c => c.reached !== false)
    .map(({ subscriberId, channel, at }) => {
      const arm = decided.get(subscriberId)
      return {
        subscriberId,
        channel,
        offerId: arm?.offerId ?? 'none',
        ...(arm === undefined ? {} : { ruleId: arm.ruleId }),
        at: at.toISOString(),
      }
    })
}
