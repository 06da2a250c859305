import { type Selectable, sql } from 'kysely'
import { type DeskDb, withinScope } from '#desk'
import { err, type Fault, ok, type PlainDate, type Result, type RowScope } from '#kernel'
import { type Campaign, toCampaign } from './campaign.ts'
import { changedMeanwhile, unknownCampaign } from './faults.ts'
import { type CampaignMove, type CampaignState, moved } from './moves.ts'
import type { Plan } from './plan.ts'
import { type CampaignTables, campaignTables } from './tables.ts'
import type { Target } from './target.ts'
import type { Words } from './words.ts'

export interface Author {
  readonly id: string
  readonly nodePath: string
}

export interface CampaignQuery {
  readonly state?: CampaignState | undefined
  readonly page?: number
  readonly pageSize?: number
}

/** The campaigns in the scope, what changed last first. */
export async function listCampaigns(
  db: DeskDb,
  scope: RowScope,
  { state, page = 1, pageSize = 20 }: CampaignQuery,
): Promise<{ readonly campaigns: readonly Campaign[]; readonly total: number }> {
  let query = campaignTables(db).selectFrom('campaign').where(withinScope(scope, 'campaign'))
  if (state !== undefined) query = query.where('state', '=', state)
  const [rows, counted] = await Promise.all([
    query
      .selectAll()
      .orderBy('changed_at', 'desc')
      .orderBy('id', 'desc')
      .limit(pageSize)
      .offset((page - 1) * pageSize)
      .execute(),
    query.select(eb => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
  ])
  return { campaigns: rows.map(toCampaign), total: Number(counted.total) }
}

/** Fault campaign.unknown, also for one out of the scope. */
export async function campaignById(
  db: DeskDb,
  scope: RowScope,
  id: number,
): Promise<Result<Campaign, Fault>> {
  const row = await campaignTables(db)
    .selectFrom('campaign')
    .selectAll()
    .where('id', '=', id)
    .where(withinScope(scope, 'campaign'))
    .executeTakeFirst()
  return row === undefined ? err(unknownCampaign()) : ok(toCampaign(row))
}

/** Those that run on a morning, for the night: whoever owns them. */
export async function runningCampaigns(db: DeskDb): Promise<readonly Campaign[]> {
  const rows = await campaignTables(db)
    .selectFrom('campaign')
    .selectAll()
    .where('state', '=', 'running')
    .orderBy('id')
    .execute()
  return rows.map(toCampaign)
}

/** A new draft. The plan has been checked. */
export async function addCampaign(db: DeskDb, plan: Plan, by: Author, at: Date): Promise<Campaign> {
  const row = await campaignTables(db)
    .insertInto('campaign')
    .values({
      state: 'draft',
      version: 1,
      plan: JSON.stringify(plan),
      owner_id: by.id,
      manager_id: by.id,
      node_path: by.nodePath,
      created_at: at,
      changed_at: at,
      launched_day: null,
      launched_plan: null,
      launched_target: null,
      paused_why: null,
      closed_at: null,
      report: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await keepVersion(db, row, by.id, at)
  return toCampaign(row)
}

/** Another plan in the place of the one that was seen. Fault campaign.changed-meanwhile. */
export async function replan(
  db: DeskDb,
  seen: Pick<Campaign, 'id' | 'version'>,
  change: { readonly plan: Plan; readonly state: CampaignState; readonly by: string; readonly at: Date },
): Promise<Result<Campaign, Fault>> {
  const { plan, state, by, at } = change
  const row = await campaignTables(db)
    .updateTable('campaign')
    .set({ plan: JSON.stringify(plan), state, version: seen.version + 1, changed_at: at })
    .where('id', '=', seen.id)
    .where('version', '=', seen.version)
    .returningAll()
    .executeTakeFirst()
  if (row === undefined) return err(changedMeanwhile())
  await keepVersion(db, row, by, at)
  return ok(toCampaign(row))
}

async function keepVersion(
  db: DeskDb,
  row: Selectable<CampaignTables['campaign']>,
  by: string,
  at: Date,
): Promise<void> {
  const plan = JSON.stringify(row.plan)
  await campaignTables(db)
    .insertInto('campaign_version')
    .values({ campaign_id: row.id, version: row.version, plan, staff_id: by, at })
    .execute()
}

export interface MoveOrder {
  readonly move: CampaignMove
  readonly at: Date
  readonly pausedWhy?: Words
  /** With the launch: the morning whose facts chose the members. */
  readonly launchedDay?: PlainDate
  readonly launchedTarget?: Target
  /** With the close. */
  readonly report?: unknown
}

/** Moves a campaign as the table of moves allows; of two who move it at once the second is told. Faults campaign.unknown, .move-illegal. */
export async function moveCampaign(
  db: DeskDb,
  id: number,
  moving: MoveOrder,
): Promise<Result<Campaign, Fault>> {
  const tables = campaignTables(db)
  const row = await tables
    .selectFrom('campaign')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) return err(unknownCampaign())
  const to = moved(row.state, moving.move)
  if (!to.ok) return to
  const { move, at, pausedWhy, launchedDay, launchedTarget, report } = moving
  const changed = await tables
    .updateTable('campaign')
    .set({
      state: to.value,
      changed_at: at,
      paused_why: pausedWhy === undefined ? null : JSON.stringify(pausedWhy),
      ...(launchedDay && { launched_day: launchedDay, launched_plan: sql`plan` }),
      ...(launchedTarget && { launched_target: JSON.stringify(launchedTarget) }),
      ...(move === 'close' && { closed_at: at, report: JSON.stringify(report ?? null) }),
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return ok(toCampaign(changed))
}
