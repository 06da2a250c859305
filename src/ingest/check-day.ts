import { addDays, daysBetween, type PlainDate, plainDate } from '#kernel'
import type { Feed } from './contract/feed.ts'
import { pooled, shift, surprise } from './drift.ts'
import {
  announcedRows,
  complete,
  type Finding,
  noControl,
  repeated,
  share,
  shifted,
  steady,
  tooLittleHistory,
  type Verdict,
  volume,
} from './finding.ts'
import type { LoadReport } from './report.ts'

type ByDay = ReadonlyMap<PlainDate, LoadReport>

/** Everything but freshness: what the report of the day's delivery says, by itself and beside earlier days. */
export function findingsOfDay(feed: Feed, day: PlainDate, report: LoadReport, history: ByDay): Finding[] {
  const findings = [...completeness(report), volumeOf(feed, day, report, history)]
  if (feed.kind !== 'state') findings.push(...distribution(day, report, history))
  if (feed.kind === 'event' || feed.kind === 'day') findings.push(...repeats(day, report, history))
  return [...findings, ...shares(report)]
}

const sumOffWarn = 0.0005
const sumOffHold = 0.01

function completeness(report: LoadReport): Finding[] {
  if (!report.hasControl) return [noControl()]
  const sums = Object.entries(report.sums).map(([column, { expected, found }]) => {
    const off = Math.abs(found - expected) / Math.max(1, Math.abs(expected))
    return complete(off > sumOffHold ? 'hold' : off > sumOffWarn ? 'warn' : 'pass', column, expected, found)
  })
  return [announcedRows(report.sourceRows), ...sums]
}

const surpriseWarn = 4
const surpriseHold = 6
const doubledMin = 1.7
const historyDaysMin = 7
const historyMonthsMin = 3

function volumeOf(feed: Feed, day: PlainDate, report: LoadReport, history: ByDay): Finding {
  const isMonthly = feed.kind === 'month'
  const hasWeek = feed.kind === 'event' || feed.kind === 'day'
  const count = (d: PlainDate, of: LoadReport) => ({
    weekday: hasWeek ? weekday(d) : 0,
    rows: of.days[d] ?? 0,
  })
  const today = count(day, report)
  const earlier = [...history].map(([d, of]) => count(d, of))
  const found = surprise(earlier, today, isMonthly ? historyMonthsMin : historyDaysMin)
  if (found === undefined) return tooLittleHistory(today.rows)
  const verdict = volumeVerdict(found.z, found.ratio)
  // A delivery of state may hold everything or only what changed: fewer rows lose nothing, more repeat nothing.
  const isWrong = verdict === 'hold' && feed.kind !== 'state'
  return volume(isWrong ? 'hold' : verdict === 'pass' ? 'pass' : 'warn', today.rows, found.expected)
}

/** Far too few rows, or about twice as many (repeated keys are caught elsewhere, these came under new ones), hold what depends on them. */
function volumeVerdict(z: number, ratio: number): Verdict {
  if (z < -surpriseHold && ratio < 0.5) return 'hold'
  if (z > surpriseHold && ratio > doubledMin) return 'hold'
  const isFar = Math.abs(z) > surpriseWarn && (ratio < 0.8 || ratio > 1.25)
  return isFar ? 'warn' : 'pass'
}

const shiftWarn = 0.25
const shiftHold = 1
const shapeRowsMin = 500

function distribution(day: PlainDate, report: LoadReport, history: ByDay): Finding[] {
  const usual = Map.groupBy(
    [...history].flatMap(([d, of]) => of.shapes.filter(s => s.day === d)),
    s => s.column,
  )
  const findings = report.shapes
    .filter(s => s.day === day)
    .flatMap(({ column, buckets }) => {
      const before = pooled((usual.get(column) ?? []).map(s => s.buckets))
      const index = shift(before, buckets, shapeRowsMin)
      if (index === undefined) return []
      return [
        { column, index, verdict: index > shiftHold ? 'hold' : index > shiftWarn ? 'warn' : 'pass' } as const,
      ]
    })
  const far = findings.filter(f => f.verdict !== 'pass').map(f => shifted(f.verdict, f.column, f.index))
  return far.length > 0 || findings.length === 0 ? far : [steady()]
}

const repeatRowsMin = 200

/** Yesterday's rows under today's date: as many, and every column distributed the same to the row. */
function repeats(day: PlainDate, report: LoadReport, history: ByDay): Finding[] {
  const before = addDays(day, -1)
  const earlier = history.get(before)
  const rows = report.days[day] ?? 0
  if (earlier === undefined || rows < repeatRowsMin || earlier.days[before] !== rows) return []
  const shapeOf = (of: LoadReport, d: PlainDate) =>
    JSON.stringify(of.shapes.filter(s => s.day === d).map(s => [s.column, s.buckets]))
  const today = shapeOf(report, day)
  return today !== '[]' && today === shapeOf(earlier, before) ? [repeated(rows, before)] : []
}

/** Shares of a delivery's rows from which people should look, and from which lists should wait. */
const limits = {
  duplicates: { warn: 0.005, hold: 0.03 },
  references: { warn: 0.01, hold: 0.1 },
  quarantine: { warn: 0.01, hold: 0.04 },
} as const
/** A handful of rows is no share. */
const rowsToWarnMin = 5

function shares(report: LoadReport): Finding[] {
  const because = (reasons: readonly string[]) =>
    Object.entries(report.reasons)
      .filter(([name]) => reasons.includes(name.split(':')[1] ?? ''))
      .reduce((sum, [, n]) => sum + n, 0)
  const judged = (check: keyof typeof limits, some: number, held: number) => {
    const isOver = (n: number, limit: number) => n >= rowsToWarnMin && n > limit * report.sourceRows
    const { warn, hold } = limits[check]
    const verdict = isOver(held, hold) ? 'hold' : isOver(some, warn) ? 'warn' : 'pass'
    return share(check, verdict, some, report.sourceRows)
  }
  const repeated = because(['duplicate'])
  const unknown = because(['unknown-subscriber', 'unknown-reference'])
  return [
    judged('duplicates', repeated, repeated),
    judged('references', unknown + report.strangers, unknown), // rows with strangers are kept: they only warn
    judged('quarantine', report.quarantined, report.quarantined),
  ]
}

const someMonday = plainDate('2024-01-01')

function weekday(day: PlainDate): number {
  return ((daysBetween(someMonday, day) % 7) + 7) % 7
}
