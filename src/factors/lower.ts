import type { FactorType } from './factor.ts'
import { type ActiveDays, lowerActiveDays } from './kinds/active-days.ts'
import { type Attribute, lowerAttribute } from './kinds/attribute.ts'
import { type Avg, lowerAvg } from './kinds/avg.ts'
import { type Band, lowerBand } from './kinds/band.ts'
import { type Calendar, lowerCalendar } from './kinds/calendar.ts'
import { type Change, lowerChange } from './kinds/change.ts'
import { type Count, lowerCount } from './kinds/count.ts'
import { type Distance, lowerDistance } from './kinds/distance.ts'
import { type Distinct, lowerDistinct } from './kinds/distinct.ts'
import { type Expression, lowerExpression } from './kinds/expression.ts'
import { type Last, lowerLast } from './kinds/last.ts'
import { type LastDay, lowerLastDay } from './kinds/last-day.ts'
import { type Lookup, lowerLookup } from './kinds/lookup.ts'
import { lowerMax, type Max } from './kinds/max.ts'
import { lowerMin, type Min } from './kinds/min.ts'
import { lowerMost, type Most } from './kinds/most.ts'
import { lowerPace, type Pace } from './kinds/pace.ts'
import { lowerRatio, type Ratio } from './kinds/ratio.ts'
import { lowerScore, type Score } from './kinds/score.ts'
import { lowerSeasonal, type Seasonal } from './kinds/seasonal.ts'
import { lowerShare, type Share } from './kinds/share.ts'
import { lowerSilentDays, type SilentDays } from './kinds/silent-days.ts'
import { lowerStreak, type Streak } from './kinds/streak.ts'
import { lowerSum, type Sum } from './kinds/sum.ts'
import { lowerTrend, type Trend } from './kinds/trend.ts'
import { call, type Value } from './value.ts'

/** A resolved definition of any kind. */
export type Body =
  | ActiveDays
  | Attribute
  | Avg
  | Band
  | Calendar
  | Change
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
  | Pace
  | Ratio
  | Score
  | Seasonal
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

function valueFrom(body: Body): Value {
  switch (body.kind) {
    case 'active_days':
      return lowerActiveDays(body)
    case 'attribute':
      return lowerAttribute(body)
    case 'avg':
      return lowerAvg(body)
    case 'band':
      return lowerBand(body)
    case 'calendar':
      return lowerCalendar()
    case 'change':
      return lowerChange(body)
    case 'count':
      return lowerCount(body)
    case 'days_since':
    case 'days_until':
    case 'months_since':
    case 'days_to_anniversary':
      return lowerDistance(body)
    case 'distinct':
      return lowerDistinct(body)
    case 'expression':
      return lowerExpression(body)
    case 'last':
      return lowerLast(body)
    case 'last_day':
      return lowerLastDay(body)
    case 'lookup':
      return lowerLookup(body)
    case 'max':
      return lowerMax(body)
    case 'min':
      return lowerMin(body)
    case 'most':
      return lowerMost(body)
    case 'pace':
      return lowerPace(body)
    case 'ratio':
      return lowerRatio(body)
    case 'score':
      return lowerScore(body)
    case 'seasonal':
      return lowerSeasonal(body)
    case 'share':
      return lowerShare(body)
    case 'silent_days':
      return lowerSilentDays(body)
    case 'streak':
      return lowerStreak(body)
    case 'sum':
      return lowerSum(body)
    case 'trend':
      return lowerTrend(body)
  }
}
