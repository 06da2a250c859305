import { type FeedId, type FeedReader, feedOf } from '#ingest'
import { addDays, addMonths, type PlainDate } from '#kernel'
import { type Piece, pieceFiles, pieces, type Shelf, type Warehouse } from '#warehouse'
import type { FactorCatalogue } from './catalogue.ts'
import type { Factor, Words } from './factor.ts'
import { keepOnce, pieceOf, type QualityDataset, readKept } from './quality-pieces.ts'
import { howManyOn, type Reconciliation, reconcileFactors } from './quality-reconcile.ts'
import { type FactorStatistics, isOrdered, measureFactors } from './quality-statistics.ts'
import { type FactorVerdict, feedHeld, judge, referenceDays } from './quality-verdict.ts'
import { feedNotReconciled, needsSuspect, notReconciled } from './quality-words.ts'
import { factorsOff } from './table.ts'

/** Feeds whose data cannot be trusted this morning, and why. */
export type HeldFeeds = ReadonlyMap<FeedId, Words>

/**
 * Measures every factor of a morning, judges it against the mornings before, and holds totals of some against their
 * feeds (on Mondays of all that can be); kept on the shelf. The same inputs are not measured twice. Undefined when the morning has no factor table.
 */
export async function assessFactors(
  warehouse: Warehouse,
  reader: FeedReader,
  catalogue: FactorCatalogue,
  asOf: PlainDate,
  heldFeeds: HeldFeeds,
): Promise<readonly FactorVerdict[] | undefined> {
  const { shelf } = reader
  const table = await pieceOf(shelf, 'factor', asOf)
  if (table === undefined) return undefined
  const measured = await measuredPiece(warehouse, shelf, catalogue, table)
  const before = await newestPieces(shelf, 'factor_quality', morningsBefore(asOf))
  const monthly = await newestPieces(shelf, 'factor_verdict', aboutMonthsAgo(asOf))
  const held = [...heldFeeds].map(([feed, why]) => `${feed} ${why.en}`)
  const piece = await keepOnce<FactorVerdict>(warehouse, shelf, {
    dataset: 'factor_verdict',
    asOf,
    learnedOn: table.learnedOn,
    madeFrom: [
      ...[...before, ...monthly, measured].map(p => `${p.span.from} ${p.fingerprint}`),
      ...catalogue.factors.map(f => `${f.id} ${f.needs.join()} ${f.feeds.join()}`),
      ...held,
    ],
    rows: async () => {
      const all = await readKept<FactorStatistics>(warehouse, shelf, [...before, measured])
      const monthsAgo = await readKept<FactorVerdict>(warehouse, shelf, monthly)
      const reconciled = await reconcileFactors(warehouse, reader, catalogue, asOf, howManyOn(asOf))
      const earlier = { before: all.slice(0, -1).flat(), monthsAgo: monthsAgo.flat() }
      return verdictsOf(catalogue, all.at(-1) ?? [], earlier, {
        heldFeeds,
        ...(reconciled === undefined ? {} : { reconciled }),
      })
    },
  })
  return (await readKept<FactorVerdict>(warehouse, shelf, [piece]))[0]
}

async function measuredPiece(
  warehouse: Warehouse,
  shelf: Shelf,
  { factors }: FactorCatalogue,
  table: Piece,
): Promise<Piece> {
  const asOf = table.span.from
  return keepOnce<FactorStatistics>(warehouse, shelf, {
    dataset: 'factor_quality',
    asOf,
    learnedOn: table.learnedOn,
    madeFrom: [
      table.fingerprint,
      ...factors.map(f => `${f.id} ${f.version} ${f.type} ${f.range?.join() ?? ''}`),
    ],
    rows: async () =>
      measureFactors(warehouse, {
        asOf,
        factors,
        files: pieceFiles(shelf, table),
        rows: table.rows,
        off: new Set((await factorsOff(warehouse, shelf, asOf)).map(o => o.id)),
      }),
  })
}

function morningsBefore(asOf: PlainDate): readonly PlainDate[] {
  return Array.from({ length: referenceDays }, (_, i) => addDays(asOf, -1 - i))
}

/** The same day of the last three months, and its neighbours: months differ in length. */
function aboutMonthsAgo(asOf: PlainDate): readonly PlainDate[] {
  return [1, 2, 3].flatMap(n => [-1, 0, 1].map(d => addDays(addMonths(asOf, -n), d)))
}

async function newestPieces(
  shelf: Shelf,
  dataset: QualityDataset,
  mornings: readonly PlainDate[],
): Promise<readonly Piece[]> {
  const newest = new Map((await pieces(shelf, dataset)).map(p => [p.span.from, p]))
  return mornings.toSorted().flatMap(day => newest.get(day) ?? [])
}

/** What is known against some factors before they are looked at. */
interface Doubts {
  readonly heldFeeds: HeldFeeds
  readonly reconciled?: Reconciliation
}

interface Earlier {
  readonly before: readonly FactorStatistics[]
  readonly monthsAgo: readonly FactorVerdict[]
}

/** Every factor's verdict. The catalogue has each factor after those it needs, so suspicion spreads in one go. */
export function verdictsOf(
  catalogue: FactorCatalogue,
  today: readonly FactorStatistics[],
  earlier: Earlier,
  { heldFeeds, reconciled }: Doubts,
): readonly FactorVerdict[] {
  const now = new Map(today.map(s => [s.id, s]))
  const before = Map.groupBy(earlier.before, s => s.id)
  const monthsAgo = Map.groupBy(earlier.monthsAgo, v => v.id)
  const found = new Map<string, FactorVerdict>()
  for (const factor of catalogue.factors) {
    const statistics = now.get(factor.id)
    if (statistics === undefined) continue
    const own = judge(statistics, {
      mornings: before.get(factor.id) ?? [],
      monthsAgo: (monthsAgo.get(factor.id) ?? []).flatMap(v => v.index ?? []),
      isText: !isOrdered(factor),
      isMonthly: factor.feeds.some(id => feedOf(id).kind === 'month'),
    })
    const doubted = fromFeed(factor, heldFeeds) ?? fromTotals(factor, reconciled)
    const verdict = statistics.off ? own : (doubted ?? fromNeeds(factor, own, catalogue, found))
    found.set(factor.id, { ...verdict, id: factor.id })
  }
  return [...found.values()]
}

function fromFeed(factor: Factor, heldFeeds: HeldFeeds): Omit<FactorVerdict, 'id'> | undefined {
  const feed = factor.feeds.find(id => heldFeeds.has(id))
  const why = feed === undefined ? undefined : heldFeeds.get(feed)
  return feed === undefined || why === undefined ? undefined : feedHeld(feed, why)
}

function fromTotals(
  factor: Factor,
  found: Reconciliation | undefined,
): Omit<FactorVerdict, 'id'> | undefined {
  const code = 'not-reconciled'
  const own = found?.factors.find(r => r.id === factor.id)
  if (own?.agrees === false) return { verdict: 'suspect', code, reason: notReconciled(own) }
  const feed = found?.feeds.find(f => !f.agrees && factor.feeds.includes(f.feed))
  if (feed === undefined) return undefined
  const reason = feedNotReconciled(feedOf(feed.feed).title, feed)
  return { verdict: 'suspect', code, reason, origin: feed.feed }
}

/** What is wrong with a factor itself says more than what is wrong with those it is computed from. */
function fromNeeds(
  factor: Factor,
  own: Omit<FactorVerdict, 'id'>,
  { byId }: FactorCatalogue,
  found: ReadonlyMap<string, FactorVerdict>,
): Omit<FactorVerdict, 'id'> {
  if (own.verdict === 'suspect') return own
  const need = factor.needs.map(id => found.get(id)).find(v => v?.verdict === 'suspect')
  if (need === undefined) return own
  const origin = need.origin ?? need.id
  const title = byId.get(need.code === 'needs-suspect' ? origin : need.id)?.title ?? {
    en: origin,
    zh: origin,
  }
  const reason = need.code === 'needs-suspect' ? need.reason : needsSuspect(title, need.reason)
  const { index, usualIndex } = own
  return {
    verdict: 'suspect',
    code: 'needs-suspect',
    reason,
    origin,
    ...(index === undefined ? {} : { index }),
    ...(usualIndex === undefined ? {} : { usualIndex }),
  }
}

/** The verdicts of a morning as they were given; empty when it was not assessed. */
export async function factorVerdicts(
  warehouse: Warehouse,
  shelf: Shelf,
  asOf: PlainDate,
): Promise<readonly FactorVerdict[]> {
  const piece = await pieceOf(shelf, 'factor_verdict', asOf)
  return piece === undefined ? [] : ((await readKept<FactorVerdict>(warehouse, shelf, [piece]))[0] ?? [])
}

/** The statistics of a morning; empty when it was not assessed. */
export async function factorStatistics(
  warehouse: Warehouse,
  shelf: Shelf,
  asOf: PlainDate,
): Promise<readonly FactorStatistics[]> {
  const piece = await pieceOf(shelf, 'factor_quality', asOf)
  return piece === undefined ? [] : ((await readKept<FactorStatistics>(warehouse, shelf, [piece]))[0] ?? [])
}
