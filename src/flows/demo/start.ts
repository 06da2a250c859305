import { existsSync } from 'node:fs'
import path from 'node:path'
import { withLock } from '#desk'
import { demoStaff } from '#governance'
import { addDays, daysBetween, err, type OnProgress, ok, type Result } from '#kernel'
import type { Application } from '../application.ts'
import { alreadyRunning } from '../faults.ts'
import { cityFolder, foundCity, reopenCity, settleOrganisation } from './city.ts'
import { liveOn } from './live.ts'
import { unlessStopped } from './unless-stopped.ts'

/** The password of every demonstration account: the data are simulated. */
export const demoPassword = 'weiwan-demo'

function hasCity(dataFolder: string): boolean {
  return existsSync(path.join(cityFolder(dataFolder), 'state', 'city.json'))
}

export interface DemoOrder {
  readonly subscribers: number
  readonly seed: number
  /** Days of the city in all. */
  readonly days: number
  /** The last of them are lived: history ends where they begin. */
  readonly livedDays: number
  readonly onProgress?: OnProgress
  readonly signal?: AbortSignal | undefined
}

/**
 * Brings the demonstration to a morning with lists to work: city, accounts, the first night. Answers how many days are left
 * to be lived; what is done already stays. Fault work.stopped.
 */
export function foundDemo(application: Application, order: DemoOrder): Promise<Result<number>> {
  return unlessStopped(order.signal, () => bringToMorning(application, order))
}

async function bringToMorning(application: Application, order: DemoOrder): Promise<Result<number>> {
  const { dataFolder } = application
  if (!hasCity(dataFolder)) await foundCity({ ...order, dataFolder, days: order.days - order.livedDays })
  await settleOrganisation(application)
  await demoStaff(application.desk.db, { password: demoPassword, at: application.clock.now() })
  const city = await reopenCity(application)
  const historyEnd = addDays(city.plan.firstDay, city.plan.days)
  const lived = daysBetween(historyEnd, city.today)
  city.close()
  const night = await liveOn(application, { ...order, days: 0 })
  return night.ok ? ok(Math.max(0, order.livedDays - lived)) : night
}

/** A data folder is served by one process at a time: fault start.already-running for the second. */
export async function asOnlyServer<T>(
  application: Application,
  work: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const done = await withLock(application.desk, 'server', work)
  return !done.ok && done.fault.code === 'desk.busy' && done.fault.at?.['lock'] === 'server'
    ? err(alreadyRunning())
    : done
}
