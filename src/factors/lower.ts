import type { FactorType } from './factor.ts'
import { type ActiveDays, lowerActiveDays } from './kinds/active-days.ts'
import { type Attribute, lowerAttribute } from './kinds/attribute.ts'
import { type Avg, lowerAvg } from './kinds/avg.ts'
import { type Band, lowerBand } from './kinds/band.ts'
import { type Calendar, lowerCalendar } from './kinds/calendar.ts'
import { type Change, lowerChange } from './kinds/change.ts'
import { type Concentration, lowerConcentration } from './kinds/concentration.ts'
import { type Count, lowerCount } from './kinds/count.ts'
import { type DaysOver, lowerDaysOver } from './kinds/days-over.ts'
import { type Deviation, lowerDeviation } from './kinds/deviation.ts'
import { type Distance, lowerDistance } from './kinds/distance.ts'
import { type Distinct, lowerDistinct } from './kinds/distinct.ts'
import { type Expression, lowerExpression } from './kinds/expression.ts'
import { type FirstDay, lowerFirstDay } from './kinds/first-day.ts'
import { type Gap, lowerGap } from './kinds/gap.ts'
import { type Last, lowerLast } from './kinds/last.ts'
import { type LastDay, lowerLastDay } from './kinds/last-day.ts'
import { type Lookup, lowerLookup } from './kinds/lookup.ts'
import { lowerMax, type Max } from './kinds/max.ts'
import { lowerMin, type Min } from './kinds/min.ts'
import { lowerMost, type Most } from './kinds/most.ts'
import { lowerNewValues, type NewValues } from './kinds/new-values.ts'
import { lowerPace, type Pace } from './kinds/pace.ts'
import { lowerPeak, type Peak } from './kinds/peak.ts'
import { lowerPeers, type Peers } from './kinds/peers.ts'
import { lowerRatio, type Ratio } from './kinds/ratio.ts'
import { lowerScore, type Score } from './kinds/score.ts'
import { lowerSeasonal, type Seasonal } from './kinds/seasonal.ts'
import { lowerShare, type Share } from './kinds/share.ts'
import { lowerSilentDays, type SilentDays } from './kinds/silent-days.ts'
import { lowerStreak, type Streak } from './kinds/streak.ts'
import { lowerSum, type Sum } from './kinds/sum.ts'
import { lowerTrend, type Trend } from './kinds/trend.ts'
import { lowerVariation, type Variation } from './kinds/variation.ts'
import { call, type Value } from './value.ts'

/** A resolved definition of any kind. */
export type Body =
  | ActiveDays
  | Attribute
  | Avg
  | Band
  | Calendar
  | Change
  | Concentration
  | Count
  | Distance
  | Distinct
  | Expression
  | Last
  | LastDay
  | Lookup
  | Max
  | Min
  | Most
  | NewValues
  | Pace
  | Peers
  | Ratio
  | Score
  | Seasonal
  | DaysOver
  | Deviation
  | FirstDay
  | Gap
  | Peak
  | Variation
  | Share
  | SilentDays
  | Streak
  | Sum
  | Trend

/** One column of the factor table: its id, its type, and how its value comes about. */
export interface FactorColumn {
  readonly id: string
  readonly type: FactorType
  readonly value: Value
}

export function lower(id: string, type: FactorType, inferred: FactorType, body: Body): FactorColumn {
  const value = valueFrom(body)
  const whole = type !== inferred && (type === 'money' || type === 'integer')
  return { id, type, value: whole ? call('round', value) : value }
}

const lowerings: { readonly [Kind in Body['kind']]: (body: Body & { kind: Kind }) => Value } = {
  active_days: lowerActiveDays,
  attribute: lowerAttribute,
  avg: lowerAvg,
  band: lowerBand,
  calendar: lowerCalendar,
  change: lowerChange,
  concentration: lowerConcentration,
  count: lowerCount,
  days_over: lowerDaysOver,
  days_since: lowerDistance,
  days_to_anniversary: lowerDistance,
  days_until: lowerDistance,
  deviation: lowerDeviation,
  distinct: lowerDistinct,
  expression: lowerExpression,
  first_day: lowerFirstDay,
  gap: lowerGap,
  last: lowerLast,
  last_day: lowerLastDay,
  lookup: lowerLookup,
  max: lowerMax,
  min: lowerMin,
  months_since: lowerDistance,
  most: lowerMost,
  lost_values: lowerNewValues,
  new_values: lowerNewValues,
  pace: lowerPace,
  peers: lowerPeers,
  peak: lowerPeak,
  ratio: lowerRatio,
  score: lowerScore,
  seasonal: lowerSeasonal,
  share: lowerShare,
  silent_days: lowerSilentDays,
  streak: lowerStreak,
  sum: lowerSum,
  trend: lowerTrend,
  variation: lowerVariation,
}

function valueFrom(body: Body): Value {
  const lowering = lowerings[body.kind] as (body: Body) => Value
  return lowering(body)
}
