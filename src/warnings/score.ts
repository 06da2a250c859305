import type { PlainDate } from '#kernel'
import { type BoundCondition, bindRule, factorsUsed, type Rule, selecting, where } from '#rules'
import { type Cell, ident, join, type Row, type Sql, sql } from '#warehouse'
import type { WarningPlan } from './plan.ts'
import type { Signal, Warning } from './warning.ts'

/** A rule of the plan, ready for one day. */
export interface BoundSignal {
  readonly rule: Rule
  readonly condition: BoundCondition
  readonly uses: readonly string[]
}

/** The plan's rules among those that may run today, in the plan's order. */
export function boundSignals(
  plan: WarningPlan,
  active: readonly Rule[],
  asOf: PlainDate,
): readonly BoundSignal[] {
  const byId = new Map(active.map(rule => [rule.id, rule]))
  return plan.signals.flatMap(id => {
    const rule = byId.get(id)
    if (rule === undefined) return []
    const condition = bindRule(rule, asOf)
    return [{ rule, condition, uses: factorsUsed(condition) }]
  })
}

const ranks = ['stable', 'low', 'medium', 'high'] as const

/** Everyone at risk in `table`, one scan: which rules fired, the score, the level, and the values that were asked about. */
export function scored(table: Sql, plan: WarningPlan, signals: readonly BoundSignal[]): Sql {
  const fired = signals.map((s, i) => sql`${where(s.condition)} AS ${hit(i)}`)
  const columns = [...new Set(signals.flatMap(s => s.uses))].map(ident)
  const points = signals.map((s, i) => sql`CASE WHEN ${hit(i)} THEN ${s.rule.points} ELSE 0 END`)
  const asked = sql`SELECT ${join([ident('subscriber_id'), ...columns, ...fired])} FROM ${table} AS t`
  const added = sql`SELECT *, ${points.length === 0 ? sql`0` : join(points, ' + ')} AS _points FROM (${asked}) AS asked`
  const ranked = sql`SELECT *, ${rank(plan, signals)} AS _rank FROM (${added}) AS added`
  return sql`SELECT * FROM (${ranked}) AS ranked WHERE _rank > 0 ORDER BY subscriber_id`
}

/** How many were asked, and how many satisfied each rule. */
export function counted(table: Sql, signals: readonly BoundSignal[]): Sql {
  const sums = signals.map(
    (s, i) => sql`sum(CASE WHEN ${selecting(s.condition)} THEN 1 ELSE 0 END) AS ${hit(i)}`,
  )
  return sql`SELECT ${join([sql`count(*) AS asked`, ...sums])} FROM ${table} AS t`
}

export function warningOf(row: Row, day: PlainDate, signals: readonly BoundSignal[]): Warning {
  const fired = signals.flatMap((s, i): Signal[] => {
    if (row[`_hit_${i}`] !== true) return []
    const values = Object.fromEntries(s.uses.map(factor => [factor, kept(row[factor] ?? null)]))
    return [{ rule: s.rule.id, points: s.rule.points, values }]
  })
  const level = ranks[Number(row['_rank'])]
  if (level === undefined || level === 'stable') throw new TypeError('a stable subscriber is no warning')
  return {
    day,
    subscriberId: String(row['subscriber_id']),
    level,
    points: Number(row['_points']),
    signals: fired,
  }
}

export function hitsOf(row: Row, signal: number): number {
  return Number(row[`_hit_${signal}`] ?? 0)
}

/** Columns of ours begin with an underscore, as no factor does. */
function hit(i: number): Sql {
  return ident(`_hit_${i}`)
}

function rank(plan: WarningPlan, signals: readonly BoundSignal[]): Sql {
  const cases = (['high', 'medium', 'low'] as const).map(level => {
    const asking = signals.flatMap((s, i) => (s.rule.levelAtLeast === level ? [hit(i)] : []))
    return sql`WHEN ${join([sql`_points >= ${plan.levelFrom[level]}`, ...asking], ' OR ')} THEN ${ranks.indexOf(level)}`
  })
  return sql`CASE ${join(cases, ' ')} ELSE 0 END`
}

/** Evidence is JSON, which has no exact 64-bit integers; beyond 2^53 the nearest number is evidence enough. */
function kept(value: Cell): Cell {
  return typeof value === 'bigint' ? Number(value) : value
}
