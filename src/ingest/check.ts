import type { DeskDb } from '#desk'
import { addDays, type DaySpan, daysBetween, daysOf, type Fault, monthStart, type PlainDate } from '#kernel'
import { coverage, type Piece, pieces, type Shelf } from '#warehouse'
import { keepChecks, refusedIn } from './book.ts'
import { findingsOfDay } from './check-day.ts'
import type { Feed } from './contract/feed.ts'
import { feeds } from './contract/feeds.ts'
import {
  type CheckedFeed,
  type Finding,
  fresh,
  late,
  newerRefused,
  refused,
  type Verdict,
  worst,
} from './finding.ts'
import { type LoadReport, readReport } from './report.ts'

/** Days after which a feed that brings only what changed is thought to have stopped. */
const quietDaysMax = 7
/** Days a carrier takes to close a month. */
const closingDaysMax = 5

/**
 * How each feed of the contract stands on the morning of `asOf`, from what lies on the shelf and what was refused; kept in
 * the desk in place of an earlier check of the same morning. Nothing is read but reports that loads left behind.
 */
export async function checkFeeds(db: DeskDb, shelf: Shelf, asOf: PlainDate): Promise<readonly CheckedFeed[]> {
  const refusals = await refusedIn(db, { from: addDays(asOf, -quietDaysMax), to: asOf })
  const carriers = feeds.filter(f => f.source === 'carrier')
  const checked = await Promise.all(carriers.map(f => checkFeed(shelf, f, asOf, refusals.get(f.id))))
  await keepChecks(db, asOf, checked)
  return checked
}

async function checkFeed(
  shelf: Shelf,
  feed: Feed,
  asOf: PlainDate,
  fault: Fault | undefined,
): Promise<CheckedFeed> {
  const delivered = (await pieces(shelf, `feed/${feed.id}`)).filter(p => p.span.from < asOf)
  if (delivered.length === 0) {
    if (fault === undefined) return { feed: feed.id, verdict: 'off', findings: [] }
    return { feed: feed.id, verdict: 'hold', findings: [refused(fault)] }
  }
  const wanted = wantedDay(feed, asOf)
  const freshness = freshnessOf(feed, delivered, wanted, asOf, fault)
  const day = newestDay(feed, delivered, asOf)
  const answering = coverage(delivered, { from: day, to: addDays(day, 1) })[0]
  const report = answering && (await readReport(shelf, answering.piece))
  const rest =
    report === undefined ? [] : findingsOfDay(feed, day, report, await historyOf(shelf, feed, delivered, day))
  const findings = [...freshness, ...rest]
  return { feed: feed.id, verdict: worst(findings), findings }
}

/** The data day that must be there: yesterday, or the day after the last closed month. */
function wantedDay(feed: Feed, asOf: PlainDate): PlainDate {
  const yesterday = addDays(asOf, -1)
  return feed.kind === 'month' ? monthStart(yesterday) : yesterday
}

function freshnessOf(
  feed: Feed,
  delivered: readonly Piece[],
  wanted: PlainDate,
  asOf: PlainDate,
  fault: Fault | undefined,
): Finding[] {
  const isThere = coverage(delivered, { from: wanted, to: addDays(wanted, 1) }).length > 0
  if (isThere) return fault === undefined ? [fresh(wanted)] : [newerRefused(fault)]
  if (fault !== undefined) return [refused(fault)]
  return [late(lateness(feed, delivered, wanted, asOf), wanted, lastDay(delivered))]
}

function lateness(feed: Feed, delivered: readonly Piece[], wanted: PlainDate, asOf: PlainDate): Verdict {
  if (feed.kind === 'month') return daysBetween(wanted, asOf) <= closingDaysMax ? 'warn' : 'hold'
  if (feed.kind !== 'state') return 'hold'
  const last = lastDay(delivered)
  return last !== undefined && daysBetween(last, asOf) <= quietDaysMax ? 'warn' : 'hold'
}

function lastDay(delivered: readonly Piece[]): PlainDate | undefined {
  const ends = delivered.map(p => p.span.to)
  const last = ends.length === 0 ? undefined : ends.reduce((a, b) => (a > b ? a : b))
  return last && addDays(last, -1)
}

/** The newest data day before `asOf` that was delivered. */
function newestDay(feed: Feed, delivered: readonly Piece[], asOf: PlainDate): PlainDate {
  const last = lastDay(delivered) ?? asOf
  const day = last < asOf ? last : addDays(asOf, -1)
  return feed.kind === 'month' ? monthStart(day) : day
}

const historyDays = 28
const historyOfMonthsDays = 190

/** What earlier days brought: for each day the report of its newest delivery. */
async function historyOf(
  shelf: Shelf,
  feed: Feed,
  delivered: readonly Piece[],
  day: PlainDate,
): Promise<ReadonlyMap<PlainDate, LoadReport>> {
  const length = feed.kind === 'month' ? historyOfMonthsDays : historyDays
  const days = new Map<PlainDate, LoadReport>()
  for (const { piece, spans } of coverage(delivered, { from: addDays(day, -length), to: day })) {
    const report = await readReport(shelf, piece)
    if (report === undefined) continue
    for (const d of spans.flatMap(s => daysWithRows(feed, s, piece))) days.set(d, report)
  }
  return days
}

/** Days on which a delivery ought to bring rows: a delivery of state brings them all on its last day. */
function daysWithRows(feed: Feed, span: DaySpan, piece: Piece): readonly PlainDate[] {
  const days = daysOf(span)
  if (feed.kind === 'month') return days.filter(d => d === monthStart(d))
  return feed.kind === 'state' ? days.filter(d => d === addDays(piece.span.to, -1)) : days
}
