import { addDays, type DaySpan, daysBetween, digest, type PlainDate, plainDate } from '#kernel'
import {
  type Coverage,
  coverage,
  dropPieces,
  ident,
  join,
  nextVersion,
  type Piece,
  parquet,
  pieceFiles,
  pieces,
  type Sql,
  shelve,
  sql,
  type Warehouse,
} from '#warehouse'
import type { Feed, FeedId } from './contract/feed.ts'
import { feedOf, feeds } from './contract/feeds.ts'
import { withoutErased } from './erased.ts'
import { coveredRows, type FeedReader } from './read.ts'
import { shelfColumns, shelfKey } from './shelf.ts'

const beginning = plainDate('0001-01-01')
/** Older folds only save time; two are enough to continue from after a late delivery for yesterday. */
const foldsKeptMax = 2
const foldDaysMax = 7
/** A quarter of the rows is much. */
const freshShareInverse = 4

/** One row per key of a state feed, as it stood on the morning of `asOf`. Undefined when never delivered. */
export async function feedState(reader: FeedReader, id: FeedId, asOf: PlainDate): Promise<Sql | undefined> {
  const rows = await stateRows(reader, id, asOf)
  if (rows === undefined) return undefined
  return withoutErased(
    reader.shelf,
    rows,
    shelfColumns(feedOf(id)).map(c => c.name),
  )
}

async function stateRows(reader: FeedReader, id: FeedId, asOf: PlainDate): Promise<Sql | undefined> {
  const feed = stateFeed(id)
  const delivered = await pieces(reader.shelf, `feed/${id}`, reader.learnedBy)
  if (delivered.length === 0) return undefined
  const base = newestFold(delivered, await pieces(reader.shelf, `state/${id}`), asOf)
  const since: DaySpan = { from: base?.span.from ?? beginning, to: asOf }
  const fresh = coverage(delivered, since)
  if (base === undefined) return lastOf(feed, coveredRows(reader.shelf, feed, fresh))
  const known = parquet(pieceFiles(reader.shelf, base))
  const columns = join(shelfColumns(feed).map(c => ident(c.name)))
  if (fresh.length === 0) return sql`(SELECT ${columns} FROM ${known})`
  return replaced(feed, known, lastOf(feed, coveredRows(reader.shelf, feed, fresh)))
}

/**
 * Writes each delivered state feed's fold for the morning of `asOf` where much came since the newest fold that still
 * holds, so that a night reads what is new and not the whole history. Changes no answer of `feedState`.
 */
export async function foldStates(warehouse: Warehouse, reader: FeedReader, asOf: PlainDate): Promise<void> {
  for (const feed of feeds.filter(f => f.kind === 'state')) await foldOne(warehouse, reader, feed, asOf)
}

async function foldOne(warehouse: Warehouse, reader: FeedReader, feed: Feed, asOf: PlainDate): Promise<void> {
  const delivered = await pieces(reader.shelf, `feed/${feed.id}`, reader.learnedBy)
  const inputs = coverage(delivered, { from: beginning, to: asOf })
  if (inputs.length === 0) return
  const dataset = `state/${feed.id}`
  const folds = await pieces(reader.shelf, dataset)
  const fingerprint = fingerprintOf(inputs)
  if (isWorthwhile(delivered, newestFold(delivered, folds, asOf), asOf)) {
    const rows = await feedState(reader, feed.id, asOf)
    if (rows === undefined) return
    const span = { from: asOf, to: addDays(asOf, 1) }
    const version = nextVersion(folds, span)
    const learnedOn = inputs.map(c => c.piece.learnedOn).reduce((a, b) => (a > b ? a : b))
    const stamp = { dataset, span, version, fingerprint, learnedOn }
    await shelve(warehouse, reader.shelf, stamp, sql`SELECT * FROM ${rows}`, shelfKey(feed).map(ident))
  }
  await dropSpent(reader, dataset)
}

/** A young fold with little on top is read as fast as a new one. */
function isWorthwhile(delivered: readonly Piece[], newest: Piece | undefined, asOf: PlainDate): boolean {
  if (newest === undefined) return true
  const age = daysBetween(newest.span.from, asOf)
  const since = coverage(delivered, { from: newest.span.from, to: asOf })
  const fresh = since.reduce((sum, c) => sum + c.piece.rows, 0)
  return age > 0 && (age >= foldDaysMax || fresh * freshShareInverse >= newest.rows)
}

/** Folds are only kept to save time; without them the next morning folds again, without whoever was erased since. */
export async function dropFolds(reader: FeedReader): Promise<void> {
  for (const feed of feeds.filter(f => f.kind === 'state')) {
    const dataset = `state/${feed.id}`
    await dropPieces(reader.shelf, dataset, await pieces(reader.shelf, dataset))
  }
}

async function dropSpent(reader: FeedReader, dataset: string): Promise<void> {
  const newestFirst = (await pieces(reader.shelf, dataset)).toSorted(
    (a, b) => (a.span.from < b.span.from ? 1 : -1) || b.version - a.version,
  )
  await dropPieces(reader.shelf, dataset, newestFirst.slice(foldsKeptMax))
}

/** The newest fold made of exactly what is known now: a late or replaced delivery changes the fingerprint. */
function newestFold(
  delivered: readonly Piece[],
  folds: readonly Piece[],
  asOf: PlainDate,
): Piece | undefined {
  return folds
    .filter(p => p.span.from <= asOf)
    .toSorted((a, b) => (a.span.from < b.span.from ? 1 : -1))
    .find(p => p.fingerprint === fingerprintOf(coverage(delivered, { from: beginning, to: p.span.from })))
}

function fingerprintOf(inputs: readonly Coverage[]): string {
  const parts = inputs.flatMap(c => c.spans.map(s => `${s.from} ${s.to} ${c.piece.fingerprint}`))
  return digest('fold', ...parts.toSorted())
}

function lastOf(feed: Feed, rows: Sql): Sql {
  const columns = join(shelfColumns(feed).map(c => ident(c.name)))
  const key = join(shelfKey(feed).map(ident))
  const ranked = sql`SELECT ${columns}, row_number() OVER (PARTITION BY ${key} ORDER BY day DESC) AS nth FROM ${rows}`
  return sql`(SELECT ${columns} FROM (${ranked}) WHERE nth = 1)`
}

function replaced(feed: Feed, known: Sql, fresh: Sql): Sql {
  const columns = join(shelfColumns(feed).map(c => ident(c.name)))
  const same = join(
    shelfKey(feed).map(k => sql`f.${ident(k)} = k.${ident(k)}`),
    ' AND ',
  )
  return sql`(WITH fresh AS MATERIALIZED (SELECT * FROM ${fresh})
    SELECT ${columns} FROM fresh UNION ALL
    SELECT ${columns} FROM ${known} AS k WHERE NOT EXISTS (SELECT 1 FROM fresh AS f WHERE ${same}))`
}

function stateFeed(id: FeedId): Feed {
  const feed = feedOf(id)
  if (feed.kind !== 'state') throw new TypeError(`${id} is not a state feed`)
  return feed
}
