import { mkdir, rm } from 'node:fs/promises'
import { type Fault, FaultError, type OnProgress, type PlainDate } from '#kernel'
import { foreignFile } from '#warehouse'
import { setAside, totalsOf } from './audit.ts'
import type { FeedId } from './contract/feed.ts'
import type { Control } from './control.ts'
import {
  diskFull,
  emptyDelivery,
  futureDays,
  halfWritten,
  tooManyBadRows,
  truncated,
  type Where,
} from './faults.ts'
import type { FeedMapping, Mapping } from './mapping.ts'
import { isNoSpace, type LoadTarget, type OpenSource, openSource, scratchOf, whereOf } from './open-source.ts'
import { type Delivery, pendingDeliveries } from './pending.ts'
import { type LoadReport, readReport } from './report.ts'
import { namesSubscriber } from './shelf.ts'
import { fingerprintOf, known, newestOf, shelve } from './shelve.ts'
import { type Known, staged } from './staged.ts'

/** What became of a delivery. Refused: nothing of it was loaded. */
export type LoadOutcome =
  | { readonly state: 'loaded' | 'unchanged'; readonly report: LoadReport }
  | {
      readonly state: 'refused'
      readonly feed: FeedId
      readonly span: Delivery['span']
      readonly fault: Fault
    }

/**
 * Loads one delivery whole or not at all, on the morning of `asOf`. Bad rows are kept aside; too many of them, or a source
 * that is not whole, refuse it. The same bytes again change nothing.
 */
export async function loadDelivery(
  target: LoadTarget,
  mapping: Mapping,
  delivery: Delivery,
  asOf: PlainDate,
): Promise<LoadOutcome> {
  const feed = mapping.feeds.find(f => f.feed.id === delivery.feed)
  if (feed === undefined) throw new TypeError(`the mapping has no feed ${delivery.feed}`)
  return wholeOrNot(target, delivery, async (scratch, at) => {
    if (delivery.span.to > asOf) throw new FaultError(futureDays(at, asOf))
    const source = await openSource(target, feed, delivery, scratch)
    const givesKeys =
      namesSubscriber(feed.feed) && (feed.feed.id === 'subscriber' || !hasSubscribers(mapping))
    return loadOpened(target, feed, source, mapping.timeZone, givesKeys, asOf, at)
  })
}

/** Loads everything that waits in `folder` on the morning of `asOf`, feed by feed in the contract's order. */
export async function loadFeeds(
  target: LoadTarget,
  mapping: Mapping,
  folder: string,
  asOf: PlainDate,
  onProgress: OnProgress = () => {},
): Promise<readonly LoadOutcome[]> {
  const waiting = await pendingDeliveries(mapping, folder, target.shelf, asOf)
  const outcomes: LoadOutcome[] = []
  for (const delivery of waiting) {
    onProgress({ step: delivery.feed, done: outcomes.length, total: waiting.length })
    outcomes.push(await loadDelivery(target, mapping, delivery, asOf))
  }
  return outcomes
}

/** Runs one load with scratch files of its own; a fault refuses the delivery, anything else is a bug. */
export async function wholeOrNot(
  target: LoadTarget,
  delivery: Delivery,
  work: (scratch: string, at: Where) => Promise<LoadOutcome>,
): Promise<LoadOutcome> {
  const at = whereOf(delivery)
  const scratch = scratchOf(target, delivery)
  try {
    await mkdir(target.workFolder, { recursive: true })
    return await work(scratch, at)
  } catch (error) {
    const fault = faultOf(error, at)
    if (fault === undefined) throw error
    return { state: 'refused', feed: delivery.feed, span: delivery.span, fault }
  } finally {
    const parts = ['source.csv', 'records.csv', 'malformed.csv']
    await Promise.all(parts.map(part => rm(`${scratch}.${part}`, { force: true })))
  }
}

function faultOf(error: unknown, at: Where): Fault | undefined {
  if (error instanceof FaultError) return error.faults[0]
  if (foreignFile.isDamagedFile(error)) return truncated(at)
  return isNoSpace(error) ? diskFull(at) : undefined
}

/** The part after the source is open: check every row, then put the good and the bad in their places. */
export async function loadOpened(
  target: LoadTarget,
  mapping: FeedMapping,
  source: OpenSource,
  timeZone: string,
  givesKeys: boolean,
  asOf: PlainDate,
  at: Where,
): Promise<LoadOutcome> {
  const { feed } = mapping
  const fingerprint = fingerprintOf(mapping, source)
  const newest = await newestOf(target.shelf, `feed/${feed.id}`, source.table.span)
  if (newest?.fingerprint === fingerprint) {
    const report = await readReport(target.shelf, newest)
    if (report !== undefined) return { state: 'unchanged', report }
  }
  const rowsKnowing = (what: Known) => staged(mapping, source.table, what, timeZone)
  const before = await known(target.shelf, feed, givesKeys)
  const rows = rowsKnowing(before)
  const found = await totalsOf(target.warehouse, feed, rows, Object.keys(source.control?.sums ?? {}))
  const malformed = source.malformed?.rows ?? 0
  const sourceRows = found.rows + malformed
  requireWhole(source, sourceRows, at)
  const aside = await setAside(target.warehouse, mapping, rows)
  try {
    requireFewBad(mapping, aside.rows + malformed, sourceRows, at)
    const examined = { rowsKnowing, before, found, aside, sourceRows, fingerprint, asOf }
    return { state: 'loaded', report: await shelve(target, mapping, source, examined) }
  } finally {
    await aside.drop()
  }
}

function requireFewBad(mapping: FeedMapping, bad: number, rows: number, at: Where): void {
  if (bad > mapping.badRowsMax * rows) throw new FaultError(tooManyBadRows(at, bad, rows, mapping.badRowsMax))
}

function requireWhole(source: OpenSource, rows: number, at: Where): void {
  const control: Control | undefined = source.control
  if (control !== undefined && control.rows !== rows) {
    throw new FaultError(halfWritten(at, 'rows', control.rows, rows))
  }
  if (control === undefined && rows === 0) throw new FaultError(emptyDelivery(at))
}

function hasSubscribers(mapping: Mapping): boolean {
  return mapping.feeds.some(f => f.feed.id === 'subscriber')
}
