import { ident, join, type Sql, sql, type Warehouse } from '#warehouse'
import { type Interval, type Tally, wilson } from './interval.ts'

/** A share with its 95 % interval; undefined when there is nobody to count. */
export interface Share extends Tally {
  readonly share: number | undefined
  readonly interval: Interval
}

/** How well a condition finds those whom the label marks. */
export interface Precision {
  /** Of those selected, how many bear the label. */
  readonly precision: Share
  /** Of those who bear the label, how many were selected. */
  readonly recall: Share
  /** Of all, how many bear the label. */
  readonly base: Share
  /** Precision over base: how many times better than picking blindly. Its interval takes the base as known. */
  readonly lift: number | undefined
  readonly liftInterval: Interval | undefined
  /** Rows without a label: counted nowhere. */
  readonly unlabelled: number
}

/** Precision, recall and lift of a condition against a labelled outcome. `condition` and `label` are SQL over `relation`. */
export async function precisionOf(
  warehouse: Warehouse,
  relation: Sql,
  condition: Sql,
  label: Sql,
): Promise<Precision> {
  const [found] = await precisionsOf(warehouse, relation, [condition], label)
  if (found === undefined) throw new TypeError('one condition, one answer')
  return found
}

/** The same of several conditions, in one scan: an answer each, in their order. */
export async function precisionsOf(
  warehouse: Warehouse,
  relation: Sql,
  conditions: readonly Sql[],
  label: Sql,
): Promise<readonly Precision[]> {
  if (conditions.length === 0) return []
  const chosen = conditions.map((c, i) => sql`coalesce(${c}, FALSE) AS ${nth('chosen', i)}`)
  const sums = conditions.flatMap((_, i) => [
    sql`sum(CASE WHEN ${nth('chosen', i)} AND label IS NOT NULL THEN 1 ELSE 0 END) AS ${nth('count', i)}`,
    sql`sum(CASE WHEN ${nth('chosen', i)} AND label THEN 1 ELSE 0 END) AS ${nth('hits', i)}`,
  ])
  const [row] = await warehouse.rows<Record<string, number | null>>(sql`SELECT
    sum(CASE WHEN label THEN 1 ELSE 0 END) AS positives, sum(CASE WHEN label IS NULL THEN 1 ELSE 0 END) AS unlabelled,
    count(*) AS total, ${join(sums)}
    FROM (SELECT ${label} AS label, ${join(chosen)} FROM ${relation} AS t) AS asked`)
  const all = (name: string) => row?.[name] ?? 0
  return conditions.map((_, i) =>
    precisionIn({
      positives: all('positives'),
      unlabelled: all('unlabelled'),
      total: all('total'),
      chosen: all(`count_${i}`),
      hits: all(`hits_${i}`),
    }),
  )
}

function nth(name: string, i: number): Sql {
  return ident(`${name}_${i}`)
}

/** Several mornings taken together: each subscriber counts once on each. */
export function together(all: readonly Precision[]): Precision {
  const sum = (of: (one: Precision) => number) => all.reduce((total, one) => total + of(one), 0)
  const unlabelled = sum(one => one.unlabelled)
  return precisionIn({
    total: sum(one => one.base.count) + unlabelled,
    positives: sum(one => one.base.successes),
    chosen: sum(one => one.precision.count),
    hits: sum(one => one.precision.successes),
    unlabelled,
  })
}

interface Counts {
  readonly total: number
  readonly positives: number
  readonly chosen: number
  readonly hits: number
  readonly unlabelled: number
}

function precisionIn({ total, positives, chosen, hits, unlabelled }: Counts): Precision {
  const precision = shareOf(chosen, hits)
  const base = shareOf(total - unlabelled, positives)
  const recall = shareOf(positives, hits)
  const blind = base.share
  if (precision.share === undefined || blind === undefined || blind === 0) {
    return { precision, recall, base, lift: undefined, liftInterval: undefined, unlabelled }
  }
  const { low, high } = precision.interval
  return {
    precision,
    recall,
    base,
    lift: precision.share / blind,
    liftInterval: { low: low / blind, high: high / blind },
    unlabelled,
  }
}

function shareOf(count: number, successes: number): Share {
  return {
    count,
    successes,
    share: count === 0 ? undefined : successes / count,
    interval: wilson({ count, successes }),
  }
}
