import { Temporal } from 'temporal-polyfill'
import { FaultError } from './result.ts'

/**
 * A calendar day in the carrier's time zone, as its ISO text (2026-11-22): it sorts, prints, travels in JSON and
 * binds to SQL as it is. Intervals of days are `[from, to)` everywhere in the product.
 */
export type PlainDate = string & { readonly brand: 'PlainDate' }

/** `[from, to)`: `from` is in, `to` is not. */
export interface DaySpan {
  readonly from: PlainDate
  readonly to: PlainDate
}

export function isPlainDate(text: string): text is PlainDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text
  } catch {
    return false
  }
}

/** Parses `2026-11-22`. Fault day.malformed for anything else, also for days that do not exist. */
export function plainDate(text: string): PlainDate {
  if (isPlainDate(text)) return text
  throw new FaultError({
    code: 'day.malformed',
    en: `"${text}" is not a day like 2026-11-22`,
    zh: `“${text}”不是形如 2026-11-22 的日期`,
  })
}

export function addDays(day: PlainDate, days: number): PlainDate {
  return Temporal.PlainDate.from(day).add({ days }).toString() as PlainDate
}

/** Adds calendar months; a day the month lacks becomes its last day (31 January + 1 month = 28 February). */
export function addMonths(day: PlainDate, months: number): PlainDate {
  return Temporal.PlainDate.from(day).add({ months }).toString() as PlainDate
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days
}

export function monthStart(day: PlainDate): PlainDate {
  return `${day.slice(0, 7)}-01` as PlainDate
}

export function daysOf(span: DaySpan): readonly PlainDate[] {
  return Array.from({ length: Math.max(0, daysBetween(span.from, span.to)) }, (_, i) => addDays(span.from, i))
}
