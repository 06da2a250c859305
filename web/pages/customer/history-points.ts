import type { FactorHistory, FactorValue } from '#wire'

/** A factor's history as a picture wants it: every day from the first that has a value, empty where there is none. */
export interface HistoryDays {
  readonly at: readonly string[]
  readonly values: readonly (number | null)[]
}

export function historyDays({ points, unit, type }: FactorHistory): HistoryDays {
  const [first, last] = [points[0]?.day, points.at(-1)?.day]
  if (first === undefined || last === undefined) return { at: [], values: [] }
  const byDay = new Map(points.map(p => [p.day, p.value]))
  const at: string[] = []
  for (let day = first; day <= last; day = nextDay(day)) at.push(day)
  const scale = scaleOf(unit ?? (type === 'money' ? 'fen' : ''))
  return { at, values: at.map(day => height(byDay.get(day) ?? null, scale)) }
}

/** The mornings on which the value was another than the one before, newest first. */
export function changes({ points }: FactorHistory): FactorHistory['points'] {
  return points.filter((p, i) => i === 0 || said(p.value) !== said(points[i - 1]?.value)).toReversed()
}

export function isDrawn(type: FactorHistory['type']): boolean {
  return type === 'number' || type === 'integer' || type === 'money' || type === 'flag'
}

/** Shown in yuan, MB and per cent, as everywhere. */
function scaleOf(unit: string): number {
  const above = unit.split('/')[0]
  if (above === 'fen') return 1 / 100
  if (above === 'KiB') return 1 / 1024
  return above === 'share' ? 100 : 1
}

function height(value: FactorValue, scale: number): number | null {
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'number' ? Math.round(value * scale * 1000) / 1000 : null
}

function said(value: FactorValue | undefined): string {
  return JSON.stringify(value)
}

export function nextDay(day: string): string {
  return shifted(day, 1)
}

export function dayBefore(day: string): string {
  return shifted(day, -1)
}

function shifted(day: string, by: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10)
}
