/** Days in rows of a week, Monday first; undefined before the first day and behind the last. */
export function weeksOf<T extends { readonly day: string }>(
  days: readonly T[],
): readonly (readonly (T | undefined)[])[] {
  const first = days[0]
  if (first === undefined) return []
  const cells: (T | undefined)[] = [...Array<undefined>(weekdayOf(first.day)), ...days]
  while (cells.length % 7 !== 0) cells.push(undefined)
  return Array.from({ length: cells.length / 7 }, (_, i) => cells.slice(i * 7, i * 7 + 7))
}

/** 0 is Monday. */
function weekdayOf(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
}

/** So many days after a day, or before it. */
export function daysFrom(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}
