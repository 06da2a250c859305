import { daysBetween, type PlainDate, plainDate } from '#kernel'

/** A day as the simulation counts it. */
export interface DayFacts {
  readonly day: PlainDate
  /** Days since 1970-01-01. */
  readonly dn: number
  readonly dayOfMonth: number
  readonly monthStart: PlainDate
  /** Months since year 0. */
  readonly monthNo: number
  /** 1 Monday … 7 Sunday. */
  readonly weekday: number
  readonly rest: boolean
  readonly holiday: boolean
  /** How much people use their phones compared with a plain working day. */
  readonly rhythm: number
  /** Share of days away from home, compared with a plain day. */
  readonly travel: number
}

const epoch = plainDate('1970-01-01')

/** `[from, to)` of the public holidays that change how people call and travel. */
const holidays: readonly (readonly [string, string])[] = [
  ['2024-02-10', '2024-02-18'],
  ['2024-04-04', '2024-04-07'],
  ['2024-05-01', '2024-05-06'],
  ['2024-06-08', '2024-06-11'],
  ['2024-09-15', '2024-09-18'],
  ['2024-10-01', '2024-10-08'],
  ['2025-01-28', '2025-02-05'],
  ['2025-04-04', '2025-04-07'],
  ['2025-05-01', '2025-05-06'],
  ['2025-05-31', '2025-06-03'],
  ['2025-10-01', '2025-10-09'],
  ['2026-01-01', '2026-01-04'],
  ['2026-02-15', '2026-02-24'],
  ['2026-04-04', '2026-04-07'],
  ['2026-05-01', '2026-05-06'],
  ['2026-06-19', '2026-06-22'],
  ['2026-09-25', '2026-09-28'],
  ['2026-10-01', '2026-10-08'],
  ['2027-01-01', '2027-01-04'],
  ['2027-02-05', '2027-02-12'],
  ['2027-04-03', '2027-04-06'],
  ['2027-05-01', '2027-05-06'],
  ['2027-06-09', '2027-06-12'],
  ['2027-10-01', '2027-10-08'],
]

/** January … December: quiet after the Spring Festival, busy in summer and before the year's end. */
const season = [1.02, 0.93, 0.97, 0.98, 1, 1.01, 1.04, 1.03, 1, 1.02, 1, 1.03]

export function dayNumber(day: PlainDate): number {
  return daysBetween(epoch, day)
}

export function dayFacts(day: PlainDate): DayFacts {
  const dn = dayNumber(day)
  const weekday = ((dn + 3) % 7) + 1
  const holiday = holidays.some(([from, to]) => from <= day && day < to)
  const rest = holiday || weekday >= 6
  const month = Number(day.slice(5, 7))
  return {
    day,
    dn,
    dayOfMonth: Number(day.slice(8, 10)),
    monthStart: `${day.slice(0, 7)}-01` as PlainDate,
    monthNo: Number(day.slice(0, 4)) * 12 + month - 1,
    weekday,
    rest,
    holiday,
    rhythm: (season[month - 1] ?? 1) * (holiday ? 1.18 : rest ? 0.92 : 1),
    travel: holiday ? 4 : rest ? 1.5 : 1,
  }
}
