import { readdir } from 'node:fs/promises'
import path from 'node:path'
import type { DaySpan, PlainDate } from '#kernel'
import {
  type Coverage,
  coverage,
  dateOf,
  ident,
  join,
  parquet,
  pieceFiles,
  pieces,
  raw,
  type Shelf,
  type Sql,
  sql,
  uncovered,
} from '#warehouse'
import type { Feed, FeedId } from './contract/feed.ts'
import { feedOf, feeds } from './contract/feeds.ts'
import { withoutErased } from './erased.ts'
import { keyDataset, keyRows, shelfColumns } from './shelf.ts'

/** What was delivered, seen as of now, or as it was known on the day `learnedBy`. */
export interface FeedReader {
  readonly shelf: Shelf
  readonly learnedBy?: PlainDate
  /** The carrier's time zone, in which its moments have hours; Asia/Shanghai unless said. */
  readonly zone?: string
}

/**
 * The rows of a feed whose data day lies in `span`, each day from its newest delivery: a relation in parentheses with
 * `sub`, `day` and the contract's columns. Undefined when the feed was never delivered; empty when it has no such rows.
 */
export async function feedRows(reader: FeedReader, id: FeedId, span: DaySpan): Promise<Sql | undefined> {
  const all = await pieces(reader.shelf, `feed/${id}`, reader.learnedBy)
  if (all.length === 0) return undefined
  const feed = feedOf(id)
  return withoutErased(
    reader.shelf,
    coveredRows(reader.shelf, feed, coverage(all, span)),
    shelfColumns(feed).map(c => c.name),
  )
}

/** The days of `span` for which the feed ought to have rows and nothing was delivered. */
export async function missingDays(
  reader: FeedReader,
  id: FeedId,
  span: DaySpan,
): Promise<readonly DaySpan[]> {
  const open = uncovered(await pieces(reader.shelf, `feed/${id}`, reader.learnedBy), span)
  return feedOf(id).kind === 'month' ? open.filter(holdsMonthStart) : open
}

/** Feeds of which anything was ever delivered, in the contract's order. */
export async function feedsDelivered(reader: FeedReader): Promise<readonly FeedId[]> {
  const folders = new Set(await readdir(path.join(reader.shelf.root, 'feed')).catch(() => []))
  const found = await Promise.all(
    feeds
      .filter(f => folders.has(f.id))
      .map(async f =>
        (await pieces(reader.shelf, `feed/${f.id}`, reader.learnedBy)).length > 0 ? [f.id] : [],
      ),
  )
  return found.flat()
}

/** Every subscriber ever named and not erased since: a relation (sub, subscriber_id). */
export async function subscriberKeys(reader: FeedReader): Promise<Sql> {
  const all = await pieces(reader.shelf, keyDataset, reader.learnedBy)
  const keys = keyRows(all.flatMap(p => pieceFiles(reader.shelf, p)))
  return withoutErased(reader.shelf, keys, ['sub'])
}

/** The rows that a coverage answers for: whole files are read together, parts of files with their days. */
export function coveredRows(shelf: Shelf, feed: Feed, covered: readonly Coverage[]): Sql {
  const columns = join(shelfColumns(feed).map(c => ident(c.name)))
  const parts: Sql[] = []
  const whole = covered.filter(isWhole).flatMap(c => pieceFiles(shelf, c.piece))
  if (whole.length > 0) parts.push(sql`SELECT ${columns} FROM ${parquet(whole.toSorted())}`)
  for (const c of covered.filter(c => !isWhole(c))) {
    const days = c.spans.map(s => sql`(day >= ${dateOf(s.from)} AND day < ${dateOf(s.to)})`)
    parts.push(sql`SELECT ${columns} FROM ${parquet(pieceFiles(shelf, c.piece))} WHERE ${join(days, ' OR ')}`)
  }
  return parts.length === 0 ? noRows(feed) : sql`(${join(parts, ' UNION ALL ')})`
}

function isWhole(covered: Coverage): boolean {
  const [span] = covered.spans
  return span !== undefined && span.from === covered.piece.span.from && span.to === covered.piece.span.to
}

/** A feed without rows, as it would lie on the shelf: our own feeds before the first of their kind was written. */
export function noRows(feed: Feed): Sql {
  const columns = shelfColumns(feed).map(c => sql`CAST(NULL AS ${raw(c.type)}) AS ${ident(c.name)}`)
  return sql`(SELECT ${join(columns)} WHERE FALSE)`
}

function holdsMonthStart(span: DaySpan): boolean {
  return (
    span.from.endsWith('-01') || (span.from.slice(0, 7) !== span.to.slice(0, 7) && !span.to.endsWith('-01'))
  )
}
