import { contactsMade } from '#contact'
import { addDays, err, type OnProgress, ok, type PlainDate, type Result } from '#kernel'
import { decidedArms } from '#tasks'
import type { CityContact } from '#world'
import { stepCity } from '#world'
import type { Application } from '../application.ts'
import { workStopped } from '../faults.ts'
import { runNight } from '../night/night.ts'
import { findNight } from '../night/record.ts'
import { reopenCity } from './city.ts'
import { workTheDay } from './staff-day.ts'
import { unlessStopped } from './unless-stopped.ts'

export interface LiveOrder {
  readonly days: number
  /** Days lived before these: for whoever is told how far the city is. */
  readonly livedBefore?: number
  readonly onProgress?: OnProgress
  /** Aborted: the day in hand ends within two seconds, to be gone on with by the next call. */
  readonly signal?: AbortSignal | undefined
}

export interface LivedDay {
  readonly day: PlainDate
  readonly contacts: number
}

/**
 * Lives the simulated city on: for each day the night runs, the staff work its lists, and the city lives the day with the
 * contacts made. Ends with the night of the morning after. Killed or stopped and called again, it goes on where it was.
 * Fault work.stopped, and those of nights.
 */
export async function liveOn(
  application: Application,
  order: LiveOrder,
): Promise<Result<readonly LivedDay[]>> {
  const { signal, days } = order
  const lived: LivedDay[] = []
  let city = await reopenCity(application)
  const total = days + 1
  const { living } = application
  const { livedBefore = 0 } = order
  const night = () => {
    if (days > 0) living.now = { lived: livedBefore + lived.length, of: livedBefore + days }
    const at = { step: city.today, done: lived.length, total }
    return nightOnce(application, city.today, signal, part => order.onProgress?.({ ...at, part }))
  }
  const live = async (): Promise<Result<readonly LivedDay[]>> => {
    while (lived.length < days) {
      const day = city.today
      const done = await night()
      if (!done.ok) return done
      await workTheDay(application, day, signal)
      const contacts = await contactsOn(application, day)
      if (signal?.aborted) return err(workStopped())
      city = await stepCity(city, contacts, signal)
      lived.push({ day, contacts: contacts.length })
    }
    const last = await night()
    return last.ok ? ok(lived) : last
  }
  try {
    return await unlessStopped(signal, live)
  } finally {
    living.now = null
    city.close()
  }
}

/** A night that is done already stays as it is: its lists may have been worked. */
async function nightOnce(
  application: Application,
  day: PlainDate,
  signal: AbortSignal | undefined,
  onProgress: OnProgress,
): Promise<Result<unknown>> {
  const found = await findNight(application.desk, day)
  return found?.state === 'done' ? ok(found) : runNight(application, { day, signal, onProgress })
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
