import type { Selectable } from 'kysely'
import type { DeskDb } from '#desk'
import type { PlainDate } from '#kernel'
import type { WarningCounts } from './raise.ts'
import type { WarningTables } from './tables.ts'
import type { Warning, WarningRule } from './warning.ts'

/** A page of a day's warnings, in the order of the subscribers' keys, after the given one. */
export async function warningsOn(
  db: DeskDb,
  day: PlainDate,
  page: { readonly after?: string; readonly rowsMax: number },
): Promise<readonly Warning[]> {
  let query = db.withTables<WarningTables>().selectFrom('warning_raised').selectAll().where('day', '=', day)
  if (page.after !== undefined) query = query.where('subscriber_id', '>', page.after)
  const rows = await query.orderBy('subscriber_id').limit(page.rowsMax).execute()
  return rows.map(warningIn)
}

/** A subscriber's warnings, newest first. Whoever asks has made sure that they may see this subscriber. */
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
    .limit(rowsMax)
    .execute()
  return rows.map(warningIn)
}

/** The rules as they warned on a day: what a warning's signals refer to. */
export async function warningRulesOn(db: DeskDb, day: PlainDate): Promise<ReadonlyMap<string, WarningRule>> {
  const rows = await db
    .withTables<WarningTables>()
    .selectFrom('warning_rule')
    .selectAll()
    .where('day', '=', day)
    .orderBy('rule_id')
    .execute()
  return new Map(rows.map(row => [row.rule_id, ruleIn(row)]))
}

/** How many of each level on each day that was looked at, newest first. */
export async function warningCounts(db: DeskDb, daysMax: number): Promise<readonly WarningCounts[]> {
  const rows = await db
    .withTables<WarningTables>()
    .selectFrom('warning_day')
    .selectAll()
    .orderBy('day', 'desc')
    .limit(daysMax)
    .execute()
  return rows.map(({ day, asked, high, medium, low }) => {
    return { day, asked, high, medium, low, stable: asked - high - medium - low }
  })
}

/** A row of the internal feed `warning`. */
export interface WarningFeedRow {
  readonly subscriber_id: string
  readonly raised_on: PlainDate
  readonly level: 'high' | 'medium' | 'low'
}

/** A day's warnings as rows of the internal feed, sorted by subscriber. */
export async function exportWarnings(db: DeskDb, day: PlainDate): Promise<readonly WarningFeedRow[]> {
  return db
    .withTables<WarningTables>()
    .selectFrom('warning_raised')
    .select(['subscriber_id', 'day as raised_on', 'level'])
    .where('day', '=', day)
    .orderBy('subscriber_id')
    .execute()
}

function warningIn(row: Selectable<WarningTables['warning_raised']>): Warning {
  const { day, subscriber_id: subscriberId, level, points, signals } = row
  return { day, subscriberId, level, points, signals }
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
