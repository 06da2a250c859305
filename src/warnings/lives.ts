import { type Selectable, sql } from 'kysely'
import { type DeskDb, type DeskTransaction, insertRows, withinScopeThen } from '#desk'
import { addDays, type Placed, type PlainDate, type RowScope } from '#kernel'
import type { PlanDay } from './book.ts'
import type { LifeSpan, LifeState, WarningLife } from './life.ts'
import type { WarningTables } from './tables.ts'

type LifeRow = WarningTables['warning_life']

/** How each subscriber's last warning of a plan stood before a day: the open ones, and those that may still come back. */
export async function livesBefore(
  db: DeskDb,
  { day, plan }: PlanDay,
  span: LifeSpan,
): Promise<ReadonlyMap<string, WarningLife>> {
  const tables = db.withTables<WarningTables>()
  const rows = await tables
    .selectFrom('warning_life')
    .selectAll()
    .distinctOn('subscriber_id')
    .where('plan_id', '=', plan)
    .where('day', '<', day)
    .where(eb =>
      eb.or([
        eb('day', '=', lastDayBefore({ day, plan })),
        eb.and([eb('state', '=', 'closed'), eb('day', '>=', addDays(day, -span.reopensWithinDays))]),
      ]),
    )
    .orderBy('subscriber_id')
    .orderBy('day', 'desc')
    .execute()
  return new Map(rows.map(row => [row.subscriber_id, lifeIn(row)]))
}

/** The last day on which the plan was looked at before this one. */
function lastDayBefore({ day, plan }: PlanDay) {
  return sql<PlainDate>`(select max(day) from warning_day where day < ${day} and plan_id = ${plan})`
}

/** Puts the lives of a plan on a day in the place of those it had. */
export async function replaceLives(
  trx: DeskTransaction<WarningTables>,
  { day, plan }: PlanDay,
  lives: readonly (WarningLife & Placed)[],
): Promise<void> {
  await trx.deleteFrom('warning_life').where('day', '=', day).where('plan_id', '=', plan).execute()
  await insertRows<WarningTables>(
    trx,
    'warning_life',
    lives.map(life => rowOf(plan, life)),
  )
}

function rowOf(plan: string, life: WarningLife & Placed): LifeRow {
  return {
    day: life.day,
    plan_id: plan,
    subscriber_id: life.subscriberId,
    opened_on: life.openedOn,
    state: life.state,
    level: life.level,
    highest: life.highest,
    last_on: life.lastOn,
    raised_days: life.raisedDays,
    worked_on: life.workedOn,
    escalated_on: life.escalatedOn,
    reopened: life.reopened,
    then_manager_id: life.managerId,
    then_node_path: life.nodePath,
  }
}

function lifeIn(row: Selectable<LifeRow>): WarningLife {
  return {
    day: row.day,
    subscriberId: row.subscriber_id,
    openedOn: row.opened_on,
    state: row.state,
    level: row.level,
    highest: row.highest,
    lastOn: row.last_on,
    raisedDays: row.raised_days,
    workedOn: row.worked_on,
    escalatedOn: row.escalated_on,
    reopened: row.reopened,
  }
}

/** A life, and the plan by whose signs it is one. */
export interface PlanLife extends WarningLife {
  readonly plan: string
}

function planLifeIn(row: Selectable<LifeRow>): PlanLife {
  return { plan: row.plan_id, ...lifeIn(row) }
}

/** A subscriber's warning of each plan as it stood last. Whoever asks has made sure that they may see this subscriber. */
export async function livesOf(db: DeskDb, subscriberId: string): Promise<readonly PlanLife[]> {
  const rows = await db
    .withTables<WarningTables>()
    .selectFrom('warning_life')
    .selectAll()
    .distinctOn('plan_id')
    .where('subscriber_id', '=', subscriberId)
    .orderBy('plan_id')
    .orderBy('day', 'desc')
    .execute()
  return rows.map(planLifeIn)
}

export interface LifeQuery {
  readonly plan?: string | undefined
  readonly state?: LifeState | undefined
  readonly level?: WarningLife['level'] | undefined
  readonly page?: number | undefined
  readonly pageSize?: number | undefined
}

export interface LifeCount {
  readonly plan: string
  readonly state: LifeState
  readonly level: WarningLife['level']
  readonly count: number
}

/**
 * The warnings as each of these plans left them when it was last looked at up to a day, within a scope: how many in each state
 * and level, and a page of them, the gravest and longest first.
 */
export async function livesOn(
  db: DeskDb,
  { day, plans }: { readonly day: PlainDate; readonly plans: readonly string[] },
  scope: RowScope,
  { plan, state, level, page = 1, pageSize = 20 }: LifeQuery,
): Promise<{ readonly counts: readonly LifeCount[]; readonly lives: readonly PlanLife[] }> {
  const within = db
    .withTables<WarningTables>()
    .selectFrom('warning_life as life')
    .where(
      sql<boolean>`(life.plan_id, life.day) in (select plan_id, max(day) from warning_day
        where day <= ${day} and plan_id = any(${[...plans]}::text[]) group by plan_id)`,
    )
    .where(withinScopeThen(scope, 'life'))
  const counts = await within
    .select(eb => ['plan_id as plan', 'state', 'level', eb.fn.countAll<number>().as('count')])
    .groupBy(['plan_id', 'state', 'level'])
    .orderBy('plan_id')
    .orderBy('state')
    .orderBy('level')
    .execute()
  const rows = await within
    .selectAll()
    .$if(plan !== undefined, q => q.where('plan_id', '=', plan ?? ''))
    .$if(state !== undefined, q => q.where('state', '=', state ?? 'raised'))
    .$if(level !== undefined, q => q.where('level', '=', level ?? 'high'))
    .orderBy(sql`case level when 'high' then 1 when 'medium' then 2 else 3 end`)
    .orderBy('raised_days', 'desc')
    .orderBy('subscriber_id')
    .orderBy('plan_id')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute()
  return { counts, lives: rows.map(planLifeIn) }
}
