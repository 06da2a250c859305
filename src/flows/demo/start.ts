import { existsSync } from 'node:fs'
import path from 'node:path'
import { withLock } from '#desk'
import { type DemoAccount, demoStaff, firstAdministrator, growOrganisation, organisation } from '#governance'
import { addDays, daysBetween, err, type OnProgress, ok, type Result } from '#kernel'
import type { Application } from '../application.ts'
import { alreadyRunning } from '../faults.ts'
import { findSource } from '../source.ts'
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

/** What a data folder was brought to. */
export interface Founded {
  /** Days of the simulated city that are left to be lived. */
  readonly daysLeft: number
  /** Accounts of the demonstration, all with `demoPassword`; none where a carrier delivers. */
  readonly demoAccounts: readonly DemoAccount[]
  /** The first administrator, when this start made one: the password is told here and nowhere else. */
  readonly administrator?: { readonly login: string; readonly password: string }
}

/**
 * Brings an empty data folder to a morning with lists to work: city, accounts, the first night; what is done already stays.
 * One whose feeds a carrier delivers gets nothing of the demonstration, only an administrator who has to choose a password.
 * Fault work.stopped.
 */
export function foundDemo(application: Application, order: DemoOrder): Promise<Result<Founded>> {
  return unlessStopped(order.signal, () => bringToMorning(application, order))
}

async function bringToMorning(application: Application, order: DemoOrder): Promise<Result<Founded>> {
  const { dataFolder } = application
  const isEmpty = !hasCity(dataFolder)
  if (isEmpty && (await findSource(dataFolder)) !== undefined) return ok(await settleCarrier(application))
  if (isEmpty) await foundCity({ ...order, dataFolder, days: order.days - order.livedDays })
  await settleOrganisation(application)
  const demoAccounts = await demoStaff(application.desk.db, {
    password: demoPassword,
    at: application.clock.now(),
  })
  const city = await reopenCity(application)
  const historyEnd = addDays(city.plan.firstDay, city.plan.days)
  const lived = daysBetween(historyEnd, city.today)
  city.close()
  const night = await liveOn(application, { ...order, days: 0 })
  return night.ok ? ok({ daysLeft: Math.max(0, order.livedDays - lived), demoAccounts }) : night
}

/** A carrier's own installation begins with one unit and one person, who makes all the others. */
async function settleCarrier({ desk, clock }: Application): Promise<Founded> {
  const [root] = await organisation(desk.db)
  if (root === undefined) {
    await growOrganisation(desk.db, [
      { id: 'hq', parentId: null, level: 'hq', name: { zh: '总部', en: 'Headquarters' } },
    ])
  }
  const administrator = await firstAdministrator(desk.db, clock.now())
  return { daysLeft: 0, demoAccounts: [], ...(administrator === undefined ? {} : { administrator }) }
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
