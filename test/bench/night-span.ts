import { addDays, type DaySpan, type PlainDate, plainDate } from '#kernel'

/** The morning on which every window of the bench is full. */
export const firstMorning = plainDate('2026-11-22')
/** Days that the data go on after it, so that nights can follow each other. */
export const laterDays = 4
/** Days before the first morning of which there are usage events, and of which there are daily rows. */
export const usageDays = 61
export const dailyDays = 91

/** The first morning and those after it, each a night later. */
export function mornings(count: number): readonly PlainDate[] {
  if (count > laterDays + 1) throw new RangeError(`there are data for ${laterDays + 1} mornings`)
  return Array.from({ length: count }, (_, i) => addDays(firstMorning, i))
}

/** The days that usage windows of 60 days cover on a morning. */
export function usageWindow(morning: PlainDate): DaySpan {
  return { from: addDays(morning, -60), to: morning }
}
