import { resolveActiveDays } from './kinds/active-days.ts'
import { resolveAttribute } from './kinds/attribute.ts'
import { resolveAvg } from './kinds/avg.ts'
import { resolveBand } from './kinds/band.ts'
import { resolveCalendar } from './kinds/calendar.ts'
import { resolveChange } from './kinds/change.ts'
import { resolveConcentration } from './kinds/concentration.ts'
import { resolveCount } from './kinds/count.ts'
import { resolveDaysOver } from './kinds/days-over.ts'
import { resolveDeviation } from './kinds/deviation.ts'
import { resolveDistance } from './kinds/distance.ts'
import { resolveDistinct } from './kinds/distinct.ts'
import { resolveExpression } from './kinds/expression.ts'
import { resolveFirstDay } from './kinds/first-day.ts'
import { resolveGap } from './kinds/gap.ts'
import type { Resolution } from './kinds/kind.ts'
import { resolveLast } from './kinds/last.ts'
import { resolveLastDay } from './kinds/last-day.ts'
import { resolveLookup } from './kinds/lookup.ts'
import { resolveMax } from './kinds/max.ts'
import { resolveMin } from './kinds/min.ts'
import { resolveMost } from './kinds/most.ts'
import { resolveNewValues } from './kinds/new-values.ts'
import { resolvePace } from './kinds/pace.ts'
import { resolvePeak } from './kinds/peak.ts'
import { resolvePeers } from './kinds/peers.ts'
import { resolveRatio } from './kinds/ratio.ts'
import { resolveScore } from './kinds/score.ts'
import { resolveSeasonal } from './kinds/seasonal.ts'
import { resolveShare } from './kinds/share.ts'
import { resolveSilentDays } from './kinds/silent-days.ts'
import { resolveStreak } from './kinds/streak.ts'
import { resolveSum } from './kinds/sum.ts'
import { resolveTrend } from './kinds/trend.ts'
import { resolveVariation } from './kinds/variation.ts'
import type { Body } from './lower.ts'
import type { Scope } from './scope.ts'

export type KindName = Body['kind']
type Resolve = (scope: Scope) => Resolution<Body> | undefined

const kinds: Readonly<Record<KindName, Resolve>> = {
  active_days: resolveActiveDays,
  attribute: resolveAttribute,
  avg: resolveAvg,
  band: resolveBand,
  calendar: resolveCalendar,
  change: resolveChange,
  concentration: resolveConcentration,
  count: resolveCount,
  days_since: resolveDistance('days_since'),
  days_until: resolveDistance('days_until'),
  days_to_anniversary: resolveDistance('days_to_anniversary'),
  distinct: resolveDistinct,
  expression: resolveExpression,
  last: resolveLast,
  last_day: resolveLastDay,
  lookup: resolveLookup,
  max: resolveMax,
  min: resolveMin,
  months_since: resolveDistance('months_since'),
  most: resolveMost,
  lost_values: resolveNewValues('lost_values'),
  new_values: resolveNewValues('new_values'),
  pace: resolvePace,
  peers: resolvePeers,
  ratio: resolveRatio,
  score: resolveScore,
  seasonal: resolveSeasonal,
  days_over: resolveDaysOver,
  deviation: resolveDeviation,
  first_day: resolveFirstDay,
  gap: resolveGap,
  peak: resolvePeak,
  variation: resolveVariation,
  share: resolveShare,
  silent_days: resolveSilentDays,
  streak: resolveStreak,
  sum: resolveSum,
  trend: resolveTrend,
}

export const kindNames = Object.keys(kinds) as readonly KindName[]

/** How a kind reads its definition; undefined for a kind that does not exist. */
export function kindOf(name: string): Resolve | undefined {
  const known = kindNames.find(k => k === name)
  return known === undefined ? undefined : kinds[known]
}
