import { sql } from 'kysely'
import type { DeskDb } from '#desk'
import type { PlainDate } from '#kernel'
import type { LifeState, WarningLife } from './life.ts'

/** A row of the internal feed `warning_life`: how a subscriber's warning of a plan stood on a day that it was looked at. */
export interface LifeFeedRow {
  readonly subscriber_id: string
  readonly looked_on: PlainDate
  readonly plan: string
  readonly state: LifeState
  readonly level: WarningLife['level']
  /** Levels up or down since the last look, stable being none: −3 … 3. */
  readonly level_change: number
  readonly opened_on: PlainDate
  readonly opened: boolean
  readonly escalated: boolean
  readonly reopened: boolean
}

/**
 * How warnings stood on a day, as rows of the internal feed, by plan and subscriber. What changed is told against the look
 * before: a warning that had been closed, or is not among those of that look, comes from stable.
 */
export async function exportLives(db: DeskDb, day: PlainDate): Promise<readonly LifeFeedRow[]> {
  const { rows } = await sql<LifeFeedRow>`
    with look as (
      select plan_id, (select max(before.day) from warning_day before where before.plan_id = today.plan_id and before.day < ${day})
        as before from warning_day today where today.day = ${day}
    ), known as (
      select life.*, ${rankOf('life')} as rank from warning_life life
    )
    select life.subscriber_id, life.day as looked_on, life.plan_id as plan, life.state, life.level,
      life.rank - coalesce(old.rank, 0) as level_change, life.opened_on,
      life.opened_on = life.day as opened,
      coalesce(life.escalated_on = life.day, false) as escalated,
      life.opened_on < life.day and life.last_on = life.day and (old.state is null or old.state = 'closed') as reopened
    from known life
    join look on look.plan_id = life.plan_id
    left join known old on old.plan_id = life.plan_id and old.day = look.before and old.subscriber_id = life.subscriber_id
    where life.day = ${day}
    order by life.plan_id, life.subscriber_id`.execute(db)
  return rows
}

/** How high it is on its day; nothing where there was no sign. */
function rankOf(table: 'life') {
  const [day, last, level] = [sql.ref(`${table}.day`), sql.ref(`${table}.last_on`), sql.ref(`${table}.level`)]
  return sql`case when ${last} < ${day} then 0 else case ${level} when 'high' then 3 when 'medium' then 2 else 1 end end`
}
