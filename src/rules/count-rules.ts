import type { Fault, PlainDate } from '#kernel'
import { ident, join, type Sql, sql, type Warehouse } from '#warehouse'
import { matchesEverybody, matchesNobody, nobodyToAsk } from './faults.ts'
import { bindRule, type Rule } from './rule.ts'
import { selecting } from './where.ts'

export interface RuleCount {
  readonly rule: string
  readonly version: number
  readonly subscribers: number
  /** A rule that matches nobody or everybody is hardly ever meant: said aloud, not passed over. */
  readonly alarm?: Fault
}

export interface RuleCounts {
  /** Subscribers asked. */
  readonly of: number
  readonly counts: readonly RuleCount[]
  /** Everything to be said loudly, also that there was nobody to ask. */
  readonly alarms: readonly Fault[]
}

/** How many subscribers of a factor table each rule selects, all rules in one scan. */
export async function countRules(
  warehouse: Warehouse,
  table: Sql,
  rules: readonly Rule[],
  asOf: PlainDate,
): Promise<RuleCounts> {
  const columns = rules.map(
    (rule, i) =>
      sql`sum(CASE WHEN ${selecting(bindRule(rule, asOf))} THEN 1 ELSE 0 END) AS ${ident(`r${i}`)}`,
  )
  const [row] = await warehouse.rows<Record<string, number | null>>(
    sql`SELECT ${join([sql`count(*) AS total`, ...columns])} FROM ${table} AS t`,
  )
  const of = Number(row?.['total'] ?? 0)
  const counts = rules.map((rule, i) => countOf(rule, Number(row?.[`r${i}`] ?? 0), of))
  const alarms = of === 0 ? [nobodyToAsk()] : counts.flatMap(c => c.alarm ?? [])
  return { of, counts, alarms }
}

function countOf(rule: Rule, subscribers: number, of: number): RuleCount {
  const alarm = countAlarm(rule, subscribers, of)
  return { rule: rule.id, version: rule.version, subscribers, ...(alarm === undefined ? {} : { alarm }) }
}

/** What is to be said of a rule that selects nobody or everybody. */
export function countAlarm(rule: Rule, subscribers: number, of: number): Fault | undefined {
  if (of === 0) return undefined
  if (subscribers === 0) return matchesNobody({ rule: rule.id }, rule.title, of)
  return subscribers === of ? matchesEverybody({ rule: rule.id }, rule.title, of) : undefined
}
