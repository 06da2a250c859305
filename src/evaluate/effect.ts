import type { PlainDate } from '#kernel'
import { dateOf, ident, join, type Sql, sql, type Warehouse } from '#warehouse'
import { type Arm, type CohortRow, firstDecisions, type Success } from './cohort.ts'
import { type Interval, needed, newcombe, type Tally } from './interval.ts'

/** `too-little`: not enough people to say anything. `unclear`: the interval holds zero. */
export type Verdict = 'better' | 'worse' | 'unclear' | 'too-little'

export interface ArmTally extends Tally {
  /** Undefined when nobody's waiting time is over. */
  readonly rate: number | undefined
}

/** Treated against kept aside for one rule and one kind of success, by the arm that was decided (intention to treat). */
export interface Effect {
  readonly ruleId: string
  readonly kind: Success['kind']
  readonly treated: ArmTally
  readonly control: ArmTally
  /** In percentage points, with the limits of the 95 % interval; undefined without anyone in both arms. */
  readonly differencePoints: number | undefined
  readonly intervalPoints: Interval | undefined
  readonly verdict: Verdict
  /** How many people each arm would need to see `visiblePoints`; given while nothing can be said. */
  readonly needed: { readonly treated: number; readonly control: number } | undefined
  /** Decided, but still inside their waiting time: counted neither way. */
  readonly pending: number
  /** Decided for someone whom the outcomes do not know: counted neither way. */
  readonly unknown: number
}

/** What later happened, as relations of the warehouse usable after FROM. */
export interface Outcomes {
  /** Columns sub, subscriber_id. */
  readonly keys: Sql
  /** Columns sub, day, amount (fen). */
  readonly recharges: Sql
  /** Columns sub, left_on (the day a subscriber was disconnected or ported out); only those who left. */
  readonly leavings: Sql
}

/** The outcomes as two feeds hold them: the subscribers' state as of the day, and the recharges of the days asked about. */
export function outcomesOf(subscribers: Sql, recharges: Sql): Outcomes {
  return {
    keys: sql`(SELECT sub, subscriber_id FROM ${subscribers} AS s)`,
    recharges,
    leavings: sql`(SELECT sub, status_since AS left_on FROM ${subscribers} AS s WHERE status IN ('closed', 'ported_out'))`,
  }
}

export interface EffectInput {
  readonly cohort: readonly CohortRow[]
  readonly outcomes: Outcomes
  /** Data days before this one are known. */
  readonly asOf: PlainDate
}

/** Below this many people in an arm no verdict is given. */
const armMin = 30
/** The difference a planner wants to be able to see. */
export const visiblePoints = 2

/** The effect of every rule of the cohort, by rule and kind of success. */
export async function effectsOf(warehouse: Warehouse, input: EffectInput): Promise<readonly Effect[]> {
  const own = await warehouse.fork()
  try {
    await own.run(cohortTable)
    for (const rows of chunks(firstDecisions(input.cohort), 5_000)) await own.run(inserted(rows))
    const tallies = await own.rows<TallyRow>(tallied(input))
    return effectsIn(tallies)
  } finally {
    await own.run(sql`DROP TABLE IF EXISTS evaluate_cohort`)
    own.close()
  }
}

const cohortTable = sql`CREATE OR REPLACE TEMP TABLE evaluate_cohort
  (subscriber_id VARCHAR, rule_id VARCHAR, day DATE, arm VARCHAR, kind VARCHAR, until DATE, at_least BIGINT)`

function inserted(rows: readonly CohortRow[]): Sql {
  const values = rows.map(({ subscriberId, ruleId, day, arm, success }) => {
    const atLeast = success.kind === 'recharged' ? success.atLeastFen : 0
    const until = sql`${dateOf(day)} + ${success.withinDays}`
    return sql`(${subscriberId}, ${ruleId}, ${dateOf(day)}, ${arm}, ${success.kind}, ${until}, ${atLeast})`
  })
  return sql`INSERT INTO evaluate_cohort VALUES ${join(values)}`
}

interface TallyRow {
  readonly rule_id: string
  readonly kind: Success['kind']
  readonly arm: Arm
  readonly counted: number
  readonly successes: number
  readonly pending: number
  readonly unknown: number
}

/** One row per rule, kind and arm. A person is counted once their waiting time lies wholly in known days. */
function tallied({ outcomes, asOf }: EffectInput): Sql {
  const recharged = sql`SELECT c.rule_id, c.kind, k.sub, max(r.amount) AS largest
    FROM evaluate_cohort AS c JOIN ${outcomes.keys} AS k USING (subscriber_id) JOIN ${outcomes.recharges} AS r ON r.sub = k.sub
    WHERE c.kind = 'recharged' AND r.day >= c.day AND r.day < c.until GROUP BY c.rule_id, c.kind, k.sub`
  const people = sql`SELECT c.rule_id, c.kind, c.arm, k.sub, c.until <= ${dateOf(asOf)} AS over,
    CASE WHEN c.kind = 'recharged' THEN coalesce(p.largest >= c.at_least, FALSE)
      ELSE l.left_on IS NULL OR l.left_on >= c.until END AS succeeded
    FROM evaluate_cohort AS c LEFT JOIN ${outcomes.keys} AS k USING (subscriber_id)
    LEFT JOIN (${recharged}) AS p ON p.rule_id = c.rule_id AND p.kind = c.kind AND p.sub = k.sub
    LEFT JOIN (SELECT sub, min(left_on) AS left_on FROM ${outcomes.leavings} AS o GROUP BY sub) AS l ON l.sub = k.sub`
  const sums = {
    counted: sql`sub IS NOT NULL AND over`,
    successes: sql`sub IS NOT NULL AND over AND succeeded`,
    pending: sql`sub IS NOT NULL AND NOT over`,
    unknown: sql`sub IS NULL`,
  }
  const columns = Object.entries(sums).map(
    ([name, when]) => sql`sum(CASE WHEN ${when} THEN 1 ELSE 0 END) AS ${ident(name)}`,
  )
  return sql`SELECT rule_id, kind, arm, ${join(columns)} FROM (${people}) AS people
    GROUP BY rule_id, kind, arm ORDER BY rule_id, kind, arm`
}

function effectsIn(rows: readonly TallyRow[]): readonly Effect[] {
  const groups = Map.groupBy(rows, row => JSON.stringify([row.rule_id, row.kind]))
  return [...groups.values()].flatMap(arms => {
    const [any] = arms
    if (any === undefined) return []
    const tally = (arm: Arm): Tally => {
      const row = arms.find(r => r.arm === arm)
      return { count: row?.counted ?? 0, successes: row?.successes ?? 0 }
    }
    const pending = arms.reduce((sum, r) => sum + r.pending, 0)
    const unknown = arms.reduce((sum, r) => sum + r.unknown, 0)
    return [
      {
        ruleId: any.rule_id,
        kind: any.kind,
        ...compared(tally('treated'), tally('control')),
        pending,
        unknown,
      },
    ]
  })
}

/** Two arms' successes as an effect with its verdict: the pure part, for tables made elsewhere too. */
export function compared(
  treated: Tally,
  control: Tally,
): Omit<Effect, 'ruleId' | 'kind' | 'pending' | 'unknown'> {
  const arms = { treated: withRate(treated), control: withRate(control) }
  const isEmpty = treated.count === 0 || control.count === 0
  const { low, high } = newcombe(treated, control)
  const isFew = Math.min(treated.count, control.count) < armMin
  const verdict = isFew ? 'too-little' : low > 0 ? 'better' : high < 0 ? 'worse' : 'unclear'
  const isOpen = verdict === 'too-little' || verdict === 'unclear'
  return {
    ...arms,
    differencePoints: isEmpty ? undefined : 100 * ((arms.treated.rate ?? 0) - (arms.control.rate ?? 0)),
    intervalPoints: isEmpty ? undefined : { low: 100 * low, high: 100 * high },
    verdict,
    needed: isOpen ? needed(treated, control, visiblePoints) : undefined,
  }
}

function withRate(tally: Tally): ArmTally {
  return { ...tally, rate: tally.count === 0 ? undefined : tally.successes / tally.count }
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  )
}
