import type { ExpressionBuilder } from 'kysely'
import type { DeskDb, DeskTransaction } from '#desk'
import { insertRows } from '#desk'
import type { PlainDate } from '#kernel'
import type { Rule } from '#rules'
import { type Row, type Sql, sql, type Warehouse } from '#warehouse'
import type { WarningPlan } from './plan.ts'
import {
  askedAbout,
  audienceOf,
  type BoundSignal,
  boundSignals,
  counted,
  hitsOf,
  scored,
  warningOf,
} from './score.ts'
import type { WarningTables } from './tables.ts'
import type { Warning } from './warning.ts'

export interface WarningRun {
  readonly asOf: PlainDate
  /** The factor table of that day. */
  readonly table: Sql
  readonly plan: WarningPlan
  /** Rules that may run today, not only the plan's; a held one is not among them and adds nothing. */
  readonly active: readonly Rule[]
}

/** What a day's warnings of a plan came to. */
export interface WarningCounts {
  readonly day: PlainDate
  readonly plan: string
  readonly asked: number
  readonly high: number
  readonly medium: number
  readonly low: number
  readonly stable: number
}

/** Subscribers read at a time: bounds memory whatever the base. */
const subscribersPerBatchMax = 200_000

/** Raises the warnings of a plan on a day and puts them in place of those it had, all in one transaction. */
export async function raiseWarnings(
  db: DeskDb,
  warehouse: Warehouse,
  run: WarningRun,
): Promise<WarningCounts> {
  const signals = boundSignals(run.plan, run.active, run.asOf)
  const whom = askedAbout(run.table, run.plan, run.asOf)
  const named = { day: run.asOf, plan: run.plan.id }
  const [totals = {}] = await warehouse.rows<Row>(counted(whom, signals))
  const asked = Number(totals['asked'] ?? 0)
  return db
    .withTables<WarningTables>()
    .transaction()
    .execute(async trx => {
      await replaceDay(trx, run, signals, totals, asked)
      const levels = { high: 0, medium: 0, low: 0 }
      for (const table of await batches(warehouse, whom, asked)) {
        const rows = await warehouse.rows<Row>(scored(table, run.plan, signals))
        const warnings = rows.map(row => warningOf(row, named, signals))
        for (const warning of warnings) levels[warning.level] += 1
        await insertRows<WarningTables>(trx, 'warning_raised', warnings.map(rowOf))
      }
      await trx.updateTable('warning_day').set(levels).where(dayOf(run)).execute()
      const warned = levels.high + levels.medium + levels.low
      return { ...named, asked, ...levels, stable: asked - warned }
    })
}

async function replaceDay(
  trx: DeskTransaction<WarningTables>,
  run: WarningRun,
  signals: readonly BoundSignal[],
  totals: Row,
  asked: number,
): Promise<void> {
  await trx.deleteFrom('warning_day').where(dayOf(run)).execute()
  const asks = audienceOf(run.plan, run.asOf)
  const day = { day: run.asOf, plan_id: run.plan.id, asks, asked, high: 0, medium: 0, low: 0 }
  await trx.insertInto('warning_day').values(day).execute()
  const rules = signals.map(({ rule, points, condition }, i) => ({
    day: run.asOf,
    plan_id: run.plan.id,
    rule_id: rule.id,
    version: rule.version,
    title: rule.title,
    points,
    action: rule.action ?? null,
    control_percent: rule.controlPercent,
    condition,
    subscribers: hitsOf(totals, i),
  }))
  await insertRows<WarningTables>(trx, 'warning_rule', rules)
}

function dayOf({ asOf, plan }: WarningRun) {
  return (eb: ExpressionBuilder<WarningTables, 'warning_day'>) =>
    eb.and([eb('day', '=', asOf), eb('plan_id', '=', plan.id)])
}

function rowOf(warning: Warning): WarningTables['warning_raised'] {
  const { day, plan, subscriberId, level, points, signals } = warning
  return { day, plan_id: plan, subscriber_id: subscriberId, level, points, signals }
}

/** The table in ranges of the surrogate key, which is dense. */
async function batches(warehouse: Warehouse, table: Sql, asked: number): Promise<readonly Sql[]> {
  if (asked <= subscribersPerBatchMax) return [table]
  const [span] = await warehouse.rows<{ first: number; last: number }>(
    sql`SELECT min(sub) AS first, max(sub) AS last FROM ${table} AS t`,
  )
  if (span === undefined) return []
  const count = Math.ceil((span.last - span.first + 1) / subscribersPerBatchMax)
  return Array.from({ length: count }, (_, i) => {
    const from = span.first + i * subscribersPerBatchMax
    return sql`(SELECT * FROM ${table} AS b WHERE sub >= ${from} AND sub < ${from + subscribersPerBatchMax})`
  })
}
