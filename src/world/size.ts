import { addDays, type PlainDate } from '#kernel'
import { dayFacts, dayNumber } from './calendar.ts'

/** What a city is made from: the same plan gives the same city. */
export interface CityPlan {
  readonly seed: number
  /** Lines known by the end of the history, those who joined or left during it included. */
  readonly subscribers: number
  /** Days of history: [firstDay, firstDay + days). */
  readonly days: number
  readonly firstDay: PlainDate
  /** Usage events per line and day, on average. */
  readonly eventsPerDay: number
}

/** Sizes that follow from the plan. */
export interface CitySize {
  /** Lines on the first day: numbers 0 … founders − 1. Newcomers follow in order of joining. */
  readonly founders: number
  readonly cities: number
  readonly countiesPerCity: number
  readonly gridsPerCounty: number
  readonly grids: number
  readonly agents: number
  /** Account managers of the competitors who call our customers. */
  readonly rivalManagers: number
}

/** Share of the founders that joins per day. */
const joiningPerDay = 0.0009
export const cellsPerGrid = 6
/** Days simulated before the first day, so that balances and states are settled by then. */
export const settlingDays = 30
export const historyMonths = 24

export function sizeOf(plan: CityPlan): CitySize {
  const founders = Math.max(64, Math.round(plan.subscribers / (1 + joiningPerDay * plan.days)))
  const cities = plan.subscribers >= 200_000 ? 14 : 2
  const countiesPerCity = plan.subscribers >= 200_000 ? 8 : plan.subscribers >= 10_000 ? 3 : 2
  const gridsPerCounty = plan.subscribers >= 200_000 ? 6 : plan.subscribers >= 10_000 ? 4 : 2
  return {
    founders,
    cities,
    countiesPerCity,
    gridsPerCounty,
    grids: cities * countiesPerCity * gridsPerCounty,
    agents: Math.max(8, Math.round(plan.subscribers / 500)),
    rivalManagers: Math.max(4, Math.round(plan.subscribers / 1500)),
  }
}

/** How many lines joined on [firstDay, day): an exact running total, so that days add up. */
export function joinedBefore(plan: CityPlan, size: CitySize, day: PlainDate): number {
  const days = dayNumber(day) - dayNumber(plan.firstDay)
  return Math.max(0, Math.floor(days * joiningPerDay * size.founders))
}

/** The first day number that is lived and not history. */
export function lifeFrom(plan: CityPlan): number {
  return dayNumber(plan.firstDay) + plan.days
}

export interface Joining {
  readonly dn: number
  readonly first: number
  readonly count: number
}

/** The newcomers of each day of [from, to), numbered on from the founders. */
export function joiningOn(plan: CityPlan, size: CitySize, from: PlainDate, to: PlainDate): Joining[] {
  const joining: Joining[] = []
  for (let day = from; day < to; day = addDays(day, 1)) {
    const before = joinedBefore(plan, size, day)
    const count = joinedBefore(plan, size, addDays(day, 1)) - before
    if (count > 0) joining.push({ dn: dayFacts(day).dn, first: size.founders + before, count })
  }
  return joining
}
