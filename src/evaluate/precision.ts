import { type Sql, sql, type Warehouse } from '#warehouse'
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
  const [row] = await warehouse.rows<Counts>(sql`SELECT
    sum(CASE WHEN label THEN 1 ELSE 0 END) AS positives, sum(CASE WHEN label IS NULL THEN 1 ELSE 0 END) AS unlabelled,
    sum(CASE WHEN chosen AND label IS NOT NULL THEN 1 ELSE 0 END) AS chosen,
    sum(CASE WHEN chosen AND label THEN 1 ELSE 0 END) AS hits, count(*) AS total
    FROM (SELECT coalesce(${condition}, FALSE) AS chosen, ${label} AS label FROM ${relation} AS t) AS asked`)
  const counts = {
    positives: row?.positives ?? 0,
    unlabelled: row?.unlabelled ?? 0,
    chosen: row?.chosen ?? 0,
    hits: row?.hits ?? 0,
  }
  return precisionIn({ ...counts, total: row?.total ?? 0 })
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
