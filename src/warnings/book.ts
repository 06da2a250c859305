import { type Selectable, sql } from 'kysely'
import type { DeskDb } from '#desk'
import type { PlainDate } from '#kernel'
import type { BoundCondition } from '#rules'
import type { WarningCounts } from './raise.ts'
import type { WarningTables } from './tables.ts'
import type { Warning, WarningRule } from './warning.ts'

/** The warnings of one plan on one day. */
export interface PlanDay {
  readonly day: PlainDate
  readonly plan: string
}

/** A page of a plan's warnings of a day, in the order of the subscribers' keys, after the given one. */
export async function warningsOn(
  db: DeskDb,
  { day, plan }: PlanDay,
  page: { readonly after?: string; readonly rowsMax: number },
): Promise<readonly Warning[]> {
  const all = db.withTables<WarningTables>().selectFrom('warning_raised').selectAll()
  let query = all.where('day', '=', day).where('plan_id', '=', plan)
  if (page.after !== undefined) query = query.where('subscriber_id', '>', page.after)
  const rows = await query.orderBy('subscriber_id').limit(page.rowsMax).execute()
  return rows.map(warningIn)
}

/** The gravest first. */
const byLevel = sql`case level when 'high' then 1 when 'medium' then 2 else 3 end`

/**
 * A subscriber's warnings of every plan, newest first and of one day the gravest. Whoever asks has made sure that they may
 * see this subscriber.
 */
export async function warningsOf(
  db: DeskDb,
  subscriberId: string,
  rowsMax: number,
): Promise<readonly Warning[]> {
  const rows = await db
    .withTables<WarningTables>()
    .selectFrom('warning_raised')
    .selectAll()
    .where('subscriber_id', '=', subscriberId)
    .orderBy('day', 'desc')
    .orderBy(byLevel)
    .orderBy('plan_id')
    .limit(rowsMax)
    .execute()
  return rows.map(warningIn)
}

/** The plans that were looked at on a day, and whom each asked about; null: everybody. */
export async function plansLookedAt(
  db: DeskDb,
  day: PlainDate,
): Promise<ReadonlyMap<string, BoundCondition | null>> {
  const rows = await db
    .withTables<WarningTables>()
    .selectFrom('warning_day')
    .select(['plan_id', 'asks'])
    .where('day', '=', day)
    .orderBy('plan_id')
    .execute()
  return new Map(rows.map(row => [row.plan_id, row.asks]))
}

/** The last day before this one on which a plan was looked at. */
export async function lastLook(db: DeskDb, { day, plan }: PlanDay): Promise<PlainDate | undefined> {
  const row = await db
    .withTables<WarningTables>()
    .selectFrom('warning_day')
    .select('day')
    .where('plan_id', '=', plan)
    .where('day', '<', day)
    .orderBy('day', 'desc')
    .executeTakeFirst()
  return row?.day
}

/** Takes away what a day holds of plans that are not among these: it is run again, and they are not looked at any more. */
export async function keepPlans(db: DeskDb, day: PlainDate, plans: readonly string[]): Promise<void> {
  let others = db.withTables<WarningTables>().deleteFrom('warning_day').where('day', '=', day)
  if (plans.length > 0) others = others.where('plan_id', 'not in', [...plans])
  await others.execute()
}

/** The rules as they warned by a plan on a day: what a warning's signals refer to. */
export async function warningRulesOn(
  db: DeskDb,
  { day, plan }: PlanDay,
): Promise<ReadonlyMap<string, WarningRule>> {
  const rows = await db
    .withTables<WarningTables>()
    .selectFrom('warning_rule')
    .selectAll()
    .where('day', '=', day)
    .where('plan_id', '=', plan)
    .orderBy('rule_id')
    .execute()
  return new Map(rows.map(row => [row.rule_id, ruleIn(row)]))
}

/** How many of each level on each day that a plan was looked at, newest first. */
export async function warningCounts(
  db: DeskDb,
  plan: string,
  daysMax: number,
): Promise<readonly WarningCounts[]> {
  const rows = await db
    .withTables<WarningTables>()
    .selectFrom('warning_day')
    .selectAll()
    .where('plan_id', '=', plan)
    .orderBy('day', 'desc')
    .limit(daysMax)
    .execute()
  return rows.map(({ day, asked, high, medium, low }) => {
    return { day, plan, asked, high, medium, low, stable: asked - high - medium - low }
  })
}

/** A row of the internal feed `warning`. */
export interface WarningFeedRow {
  readonly subscriber_id: string
  readonly raised_on: PlainDate
  readonly level: 'high' | 'medium' | 'low'
}

/** Whom a day warned about, each once at the highest level of any plan (or by one plan): rows of the internal feed, by subscriber. */
export async function exportWarnings(
  db: DeskDb,
  day: PlainDate,
  plan?: string,
): Promise<readonly WarningFeedRow[]> {
  return db
    .withTables<WarningTables>()
    .selectFrom('warning_raised')
    .distinctOn('subscriber_id')
    .select(['subscriber_id', 'day as raised_on', 'level'])
    .where('day', '=', day)
    .$if(plan !== undefined, query => query.where('plan_id', '=', plan ?? ''))
    .orderBy('subscriber_id')
    .orderBy(byLevel)
    .execute()
}

function warningIn(row: Selectable<WarningTables['warning_raised']>): Warning {
  const { day, plan_id: plan, subscriber_id: subscriberId, level, points, signals } = row
  return { day, plan, subscriberId, level, points, signals }
}

function ruleIn(row: Selectable<WarningTables['warning_rule']>): WarningRule {
  const { day, rule_id: rule, version, title, points, action, condition, subscribers } = row
  return {
    day,
    rule,
    version,
    title,
    points,
    action,
    controlPercent: row.control_percent,
    condition,
    subscribers,
  }
}
