import { isLocked } from '#desk'
import { audit } from '#governance'
import { err, ok, type PlainDate, type Result } from '#kernel'
import type { Application } from '../application.ts'
import type { Asker } from '../asker.ts'
import { nightNotRunning } from '../faults.ts'
import { askToStop } from './watch.ts'

interface StopOrder {
  readonly asker?: Asker
  /** Only the night of this day; whichever runs unless told. */
  readonly day?: string
}

/** Asks the night that is running, in whichever process, to stop. Who asked is kept. Fault night.not-running. */
export async function stopNight(
  application: Application,
  { asker, day: only }: StopOrder = {},
): Promise<Result<{ readonly day: PlainDate }>> {
  const { desk, clock } = application
  const at = clock.now()
  const day = (await isLocked(desk, 'night')) ? await askToStop(desk, at, only) : undefined
  if (day === undefined) return err(nightNotRunning())
  await audit(desk.db, { at, staffId: asker?.staff.id ?? null, act: 'night.stop', subject: `night:${day}` })
  return ok({ day })
}
