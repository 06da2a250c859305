import { existsSync } from 'node:fs'
import path from 'node:path'
import { demoStaff } from '#governance'
import { addDays, daysBetween, type OnProgress, type Result } from '#kernel'
import type { Application } from '../application.ts'
import { cityFolder, reopenCity, settleOrganisation } from './city.ts'
import { type LivedDay, liveOn } from './live.ts'

/** The password of every demonstration account: the data are simulated. */
export const demoPassword = 'weiwan-demo'

export function hasCity(dataFolder: string): boolean {
  return existsSync(path.join(cityFolder(dataFolder), 'state', 'city.json'))
}

export interface DemoOrder {
  /** Days of the city that are lived; history ends where they begin. */
  readonly livedDays: number
  readonly onProgress?: OnProgress
}

/** Brings the demonstration to its last morning: accounts, nights, lived days. What is done already stays. */
export async function prepareDemo(
  application: Application,
  order: DemoOrder,
): Promise<Result<readonly LivedDay[]>> {
  await settleOrganisation(application)
  await demoStaff(application.desk.db, { password: demoPassword, at: application.clock.now() })
  const city = await reopenCity(application)
  const historyEnd = addDays(city.plan.firstDay, city.plan.days)
  const lived = daysBetween(historyEnd, city.today)
  city.close()
  const days = Math.max(0, order.livedDays - lived)
  return liveOn(application, { ...order, days })
}
