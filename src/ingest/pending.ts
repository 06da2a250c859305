import { stat } from 'node:fs/promises'
import { addDays, type DaySpan, daysOf, type PlainDate } from '#kernel'
import { besidePiece, type Piece, pieces, type Shelf } from '#warehouse'
import type { FeedId } from './contract/feed.ts'
import type { FeedMapping, Mapping } from './mapping.ts'
import { findFiles } from './path-pattern.ts'
import { readReport } from './report.ts'

/** One feed for some data days, waiting to be loaded. `file` is absent when the rows come from a database. */
export interface Delivery {
  readonly feed: FeedId
  readonly span: DaySpan
  readonly file?: string
}

/**
 * What can be loaded on the morning of `asOf` and is not on the shelf in this form: new files, files written again since,
 * files whose mapping changed, and the days not yet asked of a database; in loading order.
 */
export async function pendingDeliveries(
  mapping: Mapping,
  folder: string,
  shelf: Shelf,
  asOf: PlainDate,
): Promise<readonly Delivery[]> {
  const found: Delivery[] = []
  for (const feed of mapping.feeds) {
    const loaded = await pieces(shelf, `feed/${feed.feed.id}`)
    if (feed.source.kind === 'postgres') found.push(...pendingQueries(feed, loaded, asOf))
    else found.push(...(await pendingFiles(feed, folder, shelf, loaded, asOf)))
  }
  return found
}

async function pendingFiles(
  mapping: FeedMapping,
  folder: string,
  shelf: Shelf,
  loaded: readonly Piece[],
  asOf: PlainDate,
): Promise<readonly Delivery[]> {
  const { source, feed } = mapping
  if (source.kind === 'postgres') return []
  const files = await findFiles(folder, source.path, feed.kind, source.span)
  const due = files.filter(f => f.span.from < asOf)
  const isKnown = await Promise.all(
    due.map(f =>
      isLoaded(
        shelf,
        loaded.findLast(p => sameSpan(p.span, f.span)),
        f.file,
        mapping.digest,
      ),
    ),
  )
  return due.filter((_, i) => !isKnown[i]).map(f => ({ feed: feed.id, span: f.span, file: f.file }))
}

/** A file written after it was loaded may hold something else; its digest then decides. */
async function isLoaded(
  shelf: Shelf,
  piece: Piece | undefined,
  file: string,
  mappingDigest: string,
): Promise<boolean> {
  if (piece === undefined) return false
  const entry = besidePiece(shelf, piece, '.json')
  const [ours, theirs] = await Promise.all([stat(entry), stat(file)])
  // A restated file may be moved in with its old date: the change of the directory entry counts too.
  if (Math.max(theirs.mtimeMs, theirs.ctimeMs) > ours.mtimeMs) return false
  return (await readReport(shelf, piece))?.mappingDigest === mappingDigest
}

function pendingQueries(
  mapping: FeedMapping,
  loaded: readonly Piece[],
  asOf: PlainDate,
): readonly Delivery[] {
  if (mapping.source.kind !== 'postgres') return []
  const { since } = mapping.source
  const from = loaded.map(p => p.span.to).reduce((a, b) => (a > b ? a : b), since)
  if (from >= asOf) return []
  const feed = mapping.feed.id
  if (mapping.feed.kind !== 'month') return [{ feed, span: { from, to: asOf } }]
  return daysOf({ from, to: asOf })
    .filter(day => day.endsWith('-01'))
    .map(day => ({ feed, span: { from: day, to: addDays(day, 1) } }))
}

function sameSpan(a: DaySpan, b: DaySpan): boolean {
  return a.from === b.from && a.to === b.to
}
