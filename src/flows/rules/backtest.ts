import { type Happening, happenedIn, outcomesOf, type Precision, precisionsOf, together } from '#evaluate'
import { factorDays } from '#factors'
import { feedRows, feedState } from '#ingest'
import { addDays, type DaySpan, err, ok, type PlainDate, type Result } from '#kernel'
import { bindRule, type Rule, where } from '#rules'
import { interruptible, type Sql, sql, type Warehouse } from '#warehouse'
import type { Application } from '../application.ts'
import type { Asker } from '../asker.ts'
import { noFactorTable, ruleUnknown, workStopped } from '../faults.ts'
import { lastNight } from '../night/record.ts'
import { rulesInForce } from './in-force.ts'
import { nothingToTest } from './life-faults.ts'
import { type Draft, draftRule } from './trying.ts'
import { factorsWithin } from './within.ts'

/** What a rule is held against: what happened to a subscriber in the days from the morning on. */
export interface Happened {
  readonly what: Happening
  readonly withinDays: number
}

export interface BacktestOrder extends Happened {
  readonly draft: Draft
  /** A rule in force to compare with. */
  readonly against?: string | undefined
  readonly signal?: AbortSignal | undefined
}

const monthsMax = 24

/**
 * How a draft would have fared on past mornings, by what was known then, against what happened afterwards: the last morning of
 * each month whose waiting time is over, among those in scope who were in service. Beside it a rule in force. Faults of the
 * draft; rule.unknown; rule.nothing-to-test when no morning is old enough; scope.not-kept; work.stopped.
 */
export async function backtest(application: Application, asker: Asker, order: BacktestOrder) {
  const read = draftRule(application, order.draft)
  if (!read.ok) return read
  const other = await otherRule(application, order.against)
  if (!other.ok) return other
  const last = await lastNight(application.desk)
  if (last === undefined) return err(noFactorTable('—'))
  const mornings = lastOfMonths(
    (await factorDays(application.shelf)).filter(day => addDays(day, order.withinDays) <= last),
  )
  if (mornings.length === 0) return err(nothingToTest(order.withinDays))
  const rules = [read.value, ...(other.value === undefined ? [] : [other.value])]
  const warehouse = await (await application.warehouse()).fork()
  try {
    return await interruptible(warehouse, order.signal, async () => {
      const months: Month[] = []
      for (const day of mornings) {
        const month = await monthOf({ application, warehouse, last }, asker, order, day, rules)
        if (!month.ok) return month
        months.push(month.value)
      }
      return ok(reportOf(order, other.value, months))
    })
  } catch (error) {
    if (order.signal?.aborted) return err(workStopped())
    throw error
  } finally {
    warehouse.close()
  }
}

async function otherRule(
  application: Application,
  id: string | undefined,
): Promise<Result<Rule | undefined>> {
  if (id === undefined) return ok(undefined)
  const found = (await rulesInForce(application)).rules.find(rule => rule.id === id)
  return found === undefined ? err(ruleUnknown()) : ok(found)
}

function lastOfMonths(days: readonly PlainDate[]): readonly PlainDate[] {
  const byMonth = new Map(days.map(day => [day.slice(0, 7), day]))
  return [...byMonth.values()].slice(-monthsMax)
}

interface Month {
  readonly day: PlainDate
  readonly found: readonly Precision[]
  /** Whom the draft selects beyond the other rule, and whom that selects beyond it. */
  readonly more: number
  readonly fewer: number
}

interface Ground {
  readonly application: Application
  readonly warehouse: Warehouse
  readonly last: PlainDate
}

async function monthOf(
  { application, warehouse, last }: Ground,
  asker: Asker,
  happening: Happened,
  day: PlainDate,
  rules: readonly Rule[],
): Promise<Result<Month>> {
  const within = await factorsWithin(application, warehouse, day, asker.scope, day)
  if (!within.ok) return within
  const labelled = await labelledBy(application, last, happening, day, within.value.table)
  const conditions = rules.map(rule => where(bindRule(rule, day)))
  const found = await precisionsOf(warehouse, labelled, conditions, sql`_happened`)
  const [own, other] = conditions
  const differ = own === undefined || other === undefined ? undefined : { own, other }
  const [row] =
    differ === undefined
      ? []
      : await warehouse.rows<{ more: number; fewer: number }>(
          sql`SELECT sum(CASE WHEN ${differ.own} AND NOT ${differ.other} THEN 1 ELSE 0 END) AS more,
            sum(CASE WHEN ${differ.other} AND NOT ${differ.own} THEN 1 ELSE 0 END) AS fewer FROM ${labelled} AS t`,
        )
  return ok({ day, found, more: row?.more ?? 0, fewer: row?.fewer ?? 0 })
}

/** The factors of those in service on a morning, with `_happened`: whether it did in `[day, day + withinDays)`. */
async function labelledBy(
  { shelf }: Application,
  last: PlainDate,
  { what, withinDays }: Happened,
  day: PlainDate,
  table: Sql,
): Promise<Sql> {
  const span: DaySpan = { from: day, to: addDays(day, withinDays) }
  const reader = { shelf }
  const [state, paid] = await Promise.all([
    feedState(reader, 'subscriber', last),
    feedRows(reader, 'recharge', span),
  ])
  const nobody = sql`(SELECT NULL::BIGINT AS sub, NULL::DATE AS left_on, NULL::DATE AS day WHERE FALSE)`
  const recharges = paid ?? nobody
  const outcomes = state === undefined ? { leavings: nobody, recharges } : outcomesOf(state, recharges)
  return happenedIn(table, outcomes, what, span)
}

function reportOf({ what, withinDays }: Happened, other: Rule | undefined, months: readonly Month[]) {
  const shown = (of: readonly Month[], nth: number) => {
    const found = of.flatMap(month => month.found[nth] ?? [])
    return found.length === 0 ? null : shownPrecision(together(found))
  }
  const lineOf = (of: readonly Month[]) => ({
    own: shown(of, 0),
    other: shown(of, 1),
    more: other === undefined ? null : of.reduce((sum, month) => sum + month.more, 0),
    fewer: other === undefined ? null : of.reduce((sum, month) => sum + month.fewer, 0),
  })
  return {
    what,
    withinDays,
    against: other === undefined ? null : { id: other.id, title: other.title, version: other.version },
    months: months.map(month => ({ asOf: month.day, ...lineOf([month]) })),
    all: lineOf(months),
  }
}

function shownPrecision({ precision, recall, base, lift, liftInterval }: Precision) {
  const share = (of: Precision['precision']) => ({
    count: of.count,
    successes: of.successes,
    share: of.share ?? null,
    low: of.interval.low,
    high: of.interval.high,
  })
  return {
    precision: share(precision),
    recall: share(recall),
    base: share(base),
    lift: lift ?? null,
    liftLow: liftInterval?.low ?? null,
    liftHigh: liftInterval?.high ?? null,
  }
}
