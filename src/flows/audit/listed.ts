import { audit } from '#governance'
import { localTime } from '#kernel'
import type { Application } from '../application.ts'
import type { Asker } from '../asker.ts'

/** Whom each member of staff has been shown in each kind of list on the day in hand. */
interface Shown {
  readonly day: string
  readonly keys: Set<string>
}
const shownBy = new WeakMap<Application, Map<string, Shown>>()

/**
 * Audits whom a list showed to somebody: each subscriber once a day and kind of list, so that a page that asks again every
 * few seconds does not fill the audit.
 */
export async function auditListed(
  application: Application,
  asker: Asker,
  { act, subject, subscribers }: { act: string; subject: string; subscribers: readonly string[] },
): Promise<void> {
  const at = application.clock.now()
  const { day } = localTime(at, application.zone)
  const all = shownBy.get(application) ?? new Map<string, Shown>()
  shownBy.set(application, all)
  const name = `${act} ${asker.staff.id}`
  const known = all.get(name)
  const shown = known?.day === day ? known : { day, keys: new Set<string>() }
  all.set(name, shown)
  const fresh = [...new Set(subscribers)].filter(id => !shown.keys.has(id))
  if (fresh.length === 0) return
  const entry = { at, staffId: asker.staff.id, act, subject, subscribers: fresh, from: asker.from }
  await audit(application.desk.db, entry)
  for (const id of fresh) shown.keys.add(id)
}
