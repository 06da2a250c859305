import type { FeedId } from '#ingest'
import type { Words } from './factor.ts'
import { type Bins, groupsOf, pooled, stabilityIndex } from './quality-bins.ts'
import type { FactorStatistics } from './quality-statistics.ts'
import * as say from './quality-words.ts'

export type FactorVerdictCode =
  | 'ok'
  | 'off'
  | 'history-short'
  | 'feed-held'
  | 'needs-suspect'
  | 'not-reconciled'
  | 'outside-range'
  | 'missing-jumped'
  | 'constant'
  | 'drifted'

/** How far a factor can be trusted on one morning, and why. Whatever depends on a suspect one is held. */
export interface FactorVerdict {
  readonly id: string
  readonly verdict: 'pass' | 'warn' | 'suspect'
  readonly code: FactorVerdictCode
  readonly reason: Words
  /** The stability index against the mornings before; absent with too few of them. */
  readonly index?: number
  /** The largest such index that the mornings before had: some factors move by nature. */
  readonly usualIndex?: number
  /** The factor or feed that the suspicion comes from, when not the factor itself. */
  readonly origin?: string
}

export type Finding = Pick<FactorVerdict, 'verdict' | 'code' | 'reason'>

/** Mornings before that a factor is compared with, and how many say nothing yet. */
export const referenceDays = 28
export const referenceDaysMin = 7

const outsideSuspect = 0.001
const missingWarn = 0.05
const missingSuspect = 0.1
/** Deviations of a share by chance that are still thought chance. */
const chanceMax = 5
const commonMax = 0.98
export const indexWarn = 0.1
export const indexSuspect = 0.25
/** What moves by nature is only noticed when it moves this much more than it did. */
const usualTimes = 2

/** What a factor's statistics are held against. */
export interface Reference {
  /** The mornings before, at most `referenceDays` of them. */
  readonly mornings: readonly FactorStatistics[]
  /** Stability indexes that it had about this day of earlier months: what comes monthly is no surprise. */
  readonly monthsAgo: readonly number[]
  readonly isText: boolean
  /** It reads closed months, which come all at once. */
  readonly isMonthly: boolean
}

/** A factor's own statistics beside those of the mornings before. Pure: the same numbers, the same verdict. */
export function judge(today: FactorStatistics, reference: Reference): Omit<FactorVerdict, 'id'> {
  if (today.off) return { verdict: 'pass', code: 'off', reason: say.off }
  const known = reference.mornings.filter(r => !r.off && r.version === today.version && r.rows > 0)
  const outside = outsideRange(today)
  if (known.length < referenceDaysMin || today.rows === 0)
    return outside ?? { verdict: 'pass', code: 'history-short', reason: say.historyShort(known.length) }
  const drift = driftOf(today, known, reference)
  const findings = [outside, missingJumped(today, known), constant(today, known), drift.finding]
  const worst = (verdict: FactorVerdict['verdict']) => findings.find(f => f?.verdict === verdict)
  const { index, usualIndex } = drift
  const found =
    worst('suspect') ?? worst('warn') ?? ({ verdict: 'pass', code: 'ok', reason: say.ok } as const)
  return { ...found, index, usualIndex }
}

function outsideRange(today: FactorStatistics): Finding | undefined {
  const known = today.rows - today.missing
  if (today.outside === 0) return undefined
  const verdict = today.outside > outsideSuspect * known ? 'suspect' : 'warn'
  return { verdict, code: 'outside-range', reason: say.outsideRange(today.outside, known) }
}

function missingJumped(today: FactorStatistics, known: readonly FactorStatistics[]): Finding | undefined {
  const most = Math.max(...known.map(r => r.missing / r.rows))
  const now = today.missing / today.rows
  const byChance = chanceMax * Math.sqrt((most * (1 - most) + 1 / today.rows) / today.rows)
  const rise = now - most - byChance
  if (rise <= missingWarn) return undefined
  const verdict = rise > missingSuspect ? 'suspect' : 'warn'
  return { verdict, code: 'missing-jumped', reason: say.missingJumped(now, most, known.length) }
}

/** One value for everybody, where no morning before had one that nearly everybody shared. */
function constant(today: FactorStatistics, known: readonly FactorStatistics[]): Finding | undefined {
  if (today.missing === today.rows || !isOneValue(today)) return undefined
  if (known.some(r => isOneValue(r) || commonest(r.bins) > commonMax * r.sampled)) return undefined
  return { verdict: 'suspect', code: 'constant', reason: say.constant(known.length) }
}

function isOneValue(s: FactorStatistics): boolean {
  return s.min === null ? s.distinct <= 1 : s.min === s.max
}

function commonest(bins: Bins): number {
  return Math.max(0, ...Object.values(bins))
}

function driftOf(
  today: FactorStatistics,
  known: readonly FactorStatistics[],
  { isText, isMonthly, monthsAgo }: Reference,
): { readonly index: number; readonly usualIndex: number; readonly finding: Finding | undefined } {
  const all = pooled(known.map(r => r.bins))
  const grouping = groupsOf(all, isText)
  const index = rounded(stabilityIndex(all, today.bins, grouping))
  const among = known.map(r => rounded(stabilityIndex(all, r.bins, grouping)))
  const usualIndex = Math.max(...among, ...monthsAgo)
  const isOver = (limit: number) => index > Math.max(limit, usualTimes * usualIndex)
  // The first new month there is: nobody can say yet how much a month moves it.
  const isFirstMonth = isMonthly && monthsAgo.length === 0
  const verdict = isOver(indexSuspect) && !isFirstMonth ? 'suspect' : 'warn'
  if (!isOver(indexWarn)) return { index, usualIndex, finding: undefined }
  const reason = say.drifted(index, usualIndex, known.length)
  return { index, usualIndex, finding: { verdict, code: 'drifted', reason } }
}

function rounded(index: number): number {
  return Math.round(index * 10_000) / 10_000
}

/** Factors whose data is held, whatever they look like. */
export function feedHeld(feed: FeedId, reason: Words): Omit<FactorVerdict, 'id'> {
  return { verdict: 'suspect', code: 'feed-held', reason, origin: feed }
}
