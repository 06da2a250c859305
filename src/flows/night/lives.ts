import { contactsMade } from '#contact'
import { responsibleFor } from '#governance'
import { addDays, everybody, type Placed } from '#kernel'
import {
  exportWarnings,
  lastLook,
  lifeAfter,
  livesBefore,
  replaceLives,
  type WarningLife,
  type WarningPlan,
} from '#warnings'
import type { Work } from './work.ts'

const rowsPerQueryMax = 20_000

/**
 * Goes on with the life of every warning of a plan after the morning's were raised: what was open, what is new, and with whom
 * somebody has spoken since it was last looked at. The same morning again gives the same lives.
 */
export async function followLives(
  { application, day }: Work,
  { id: plan, life }: WarningPlan,
): Promise<void> {
  const { db } = application.desk
  const at = { day, plan }
  const raised = new Map((await exportWarnings(db, day, plan)).map(w => [w.subscriber_id, w.level]))
  const before = await livesBefore(db, at, life)
  const from = (await lastLook(db, at)) ?? addDays(day, -1)
  const spoken = await contactsMade(db, { from, to: day })
  const worked = new Set(spoken.filter(c => c.reached === true).map(c => c.subscriberId))
  const lives = [...new Set([...before.keys(), ...raised.keys()])].flatMap(subscriberId => {
    const today = { day, subscriberId, level: raised.get(subscriberId), isWorked: worked.has(subscriberId) }
    return lifeAfter(before.get(subscriberId), today, life) ?? []
  })
  const placed = await placedLives(application, lives)
  await db.transaction().execute(trx => replaceLives(trx.withTables(), at, placed))
}

/** Each with who answers for the subscriber this morning; nobody at the root where nobody does. */
async function placedLives(
  { desk }: Work['application'],
  lives: readonly WarningLife[],
): Promise<readonly (WarningLife & Placed)[]> {
  const placed: (WarningLife & Placed)[] = []
  for (let at = 0; at < lives.length; at += rowsPerQueryMax) {
    const some = lives.slice(at, at + rowsPerQueryMax)
    const held = await responsibleFor(
      desk.db,
      everybody,
      some.map(life => life.subscriberId),
    )
    for (const life of some) {
      const { managerId = null, nodePath = '/' } = held.get(life.subscriberId) ?? {}
      placed.push({ ...life, managerId, nodePath })
    }
  }
  return placed
}
