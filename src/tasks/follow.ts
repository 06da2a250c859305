import { sql } from 'kysely'
import { type DeskDb, followPlaces, type Rearranged } from '#desk'
import { moveMany } from './work.ts'

/**
 * Tasks follow their subscribers to whoever answers for them now; the figures of their days stay where they were. What
 * somebody else had claimed is given back: whoever answers now must be able to work it.
 */
export async function followTasks(db: DeskDb, rearranged: Rearranged, at: Date): Promise<void> {
  const others = await claimedByOthers(db, rearranged.subscribers ?? [])
  await followPlaces(db, 'task', rearranged)
  const tasks = others.map(id => ({ id, note: null }))
  if (tasks.length > 0) await moveMany(db, { move: 'release', tasks, at })
}

/** Claimed tasks of those who get another manager, unless it is the new one who claimed them. */
async function claimedByOthers(
  db: DeskDb,
  moved: NonNullable<Rearranged['subscribers']>,
): Promise<readonly string[]> {
  if (moved.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    select task.id from task
    join unnest(${moved.map(s => s.subscriberId)}::text[], ${moved.map(s => s.managerId)}::text[])
      as moved (subscriber_id, manager_id) on moved.subscriber_id = task.subscriber_id
    where task.state = 'claimed' and task.manager_id is distinct from moved.manager_id
      and task.assignee_id is distinct from moved.manager_id
    order by task.id`.execute(db)
  return rows.map(row => row.id)
}
