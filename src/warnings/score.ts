import type { PlainDate } from '#kernel'
import { type BoundCondition, bind, bindRule, factorsUsed, type Rule, selecting, where } from '#rules'
import { type Cell, ident, join, type Row, type Sql, sql } from '#warehouse'
import { ruleOf, type WarningPlan } from './plan.ts'
import type { Signal, Warning } from './warning.ts'

/** A rule of the plan, ready for one day. */
export interface BoundSignal {
  readonly rule: Rule
  readonly points: number
  readonly levelAtLeast: Rule['levelAtLeast']
  readonly condition: BoundCondition
  readonly uses: readonly string[]
}

/** Whom the plan asks about, in the table of a day. */
export function askedAbout(table: Sql, plan: WarningPlan, asOf: PlainDate): Sql {
  const asks = audienceOf(plan, asOf)
  return asks === null ? table : sql`(SELECT * FROM ${table} AS a WHERE ${selecting(asks)})`
}

/** Whom the plan asks about, with the day filled in; null: everybody. */
export function audienceOf(plan: WarningPlan, asOf: PlainDate): BoundCondition | null {
  return plan.asks === undefined ? null : bind(plan.asks, { asOf, parameters: [] })
}

/** The plan's rules among those that may run today, in the plan's order. */
export function boundSignals(
  plan: WarningPlan,
  active: readonly Rule[],
  asOf: PlainDate,
): readonly BoundSignal[] {
  const byId = new Map(active.map(rule => [rule.id, rule]))
  const named = new Set(plan.signals.map(ruleOf))
  const others = active.filter(rule => plan.others === true && rule.points > 0 && !named.has(rule.id))
  return [...plan.signals, ...others.map(rule => rule.id)].flatMap(signal => {
    const rule = byId.get(ruleOf(signal))
    if (rule === undefined) return []
    const condition = bindRule(rule, asOf)
    const { points, levelAtLeast } = typeof signal === 'string' ? rule : signal
    return [{ rule, points, levelAtLeast, condition, uses: factorsUsed(condition) }]
  })
}

const ranks = ['stable', 'low', 'medium', 'high'] as const

/** Everyone at risk in `table`, one scan: which rules fired, the score, the level, and the values that were asked about. */
export function scored(table: Sql, plan: WarningPlan, signals: readonly BoundSignal[]): Sql {
  const fired = signals.map((s, i) => sql`${where(s.condition)} AS ${hit(i)}`)
  const columns = [...new Set(signals.flatMap(s => s.uses))].map(ident)
  const points = signals.map((s, i) => sql`CASE WHEN ${hit(i)} THEN ${s.points} ELSE 0 END`)
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

export function warningOf(
  row: Row,
  { day, plan }: Pick<Warning, 'day' | 'plan'>,
  signals: readonly BoundSignal[],
): Warning {
  const fired = signals.flatMap((s, i): Signal[] => {
    if (row[`_hit_${i}`] !== true) return []
    const values = Object.fromEntries(s.uses.map(factor => [factor, kept(row[factor] ?? null)]))
    return [{ rule: s.rule.id, points: s.points, values }]
  })
  const level = ranks[Number(row['_rank'])]
  if (level === undefined || level === 'stable') throw new TypeError('a stable subscriber is no warning')
  return {
    day,
    plan,
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
    const asking = signals.flatMap((s, i) => (s.levelAtLeast === level ? [hit(i)] : []))
    return sql`WHEN ${join([sql`_points >= ${plan.levelFrom[level]}`, ...asking], ' OR ')} THEN ${ranks.indexOf(level)}`
  })
  return sql`CASE ${join(cases, ' ')} ELSE 0 END`
}

/** Evidence is JSON, which has no exact 64-bit integers; beyond 2^53 the nearest number is evidence enough. */
function kept(value: Cell): Cell {
  return typeof value === 'bigint' ? Number(value) : value
}
