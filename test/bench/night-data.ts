import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { type Feed, type FeedId, feeds } from '#ingest'
import { addDays, addMonths, type DaySpan, daysOf, digest, monthStart } from '#kernel'
import {
  commitPiece,
  ident,
  pieceName,
  raw,
  type Shelf,
  type Warehouse,
  writeParquet,
  writeWhole,
} from '#warehouse'
import { queryOf, type Size } from './night-feeds.ts'
import { dailyDays, firstMorning, laterDays, usageDays } from './night-span.ts'

/**
 * A shelf with every feed of the contract as a load leaves it, made by SQL from hashes: the same size gives the same
 * rows. Not a carrier (that is `world`): only the right shapes, spreads, gaps and empty values. A feed is made once, and
 * again when its recipe is no longer the one it was made by.
 */
export async function makeShelf(
  warehouse: Warehouse,
  root: string,
  size: Size,
  say: (what: string) => void,
  only: readonly FeedId[] = feeds.map(feed => feed.id),
): Promise<Shelf> {
  await shelveOnce(warehouse, root, 'key/subscriber', keyPieces(size), say)
  for (const feed of feeds.filter(({ id }) => only.includes(id)))
    await shelveOnce(warehouse, root, `feed/${feed.id}`, feedPieces(feed, size), say)
  return { root }
}

interface PieceToMake {
  readonly span: DaySpan
  readonly query: string
  readonly order: readonly string[]
}

async function shelveOnce(
  warehouse: Warehouse,
  root: string,
  dataset: string,
  pieces: readonly PieceToMake[],
  say: (what: string) => void,
): Promise<void> {
  const folder = path.join(root, dataset)
  const recipe = digest(...pieces.map(p => `${p.span.from} ${p.span.to} ${p.query}`))
  if ((await readFile(path.join(folder, 'recipe'), 'utf8').catch(() => '')) === recipe) return
  const making = `${root}.making`
  await rm(path.join(making, dataset), { recursive: true, force: true })
  say(`making ${dataset}`)
  for (const piece of pieces) await shelve(warehouse, { root: making }, dataset, piece)
  await writeWhole(path.join(making, dataset, 'recipe'), recipe)
  await rm(folder, { recursive: true, force: true })
  await mkdir(path.dirname(folder), { recursive: true })
  await rename(path.join(making, dataset), folder)
}

async function shelve(
  warehouse: Warehouse,
  shelf: Shelf,
  dataset: string,
  { span, query, order }: PieceToMake,
): Promise<void> {
  const file = `${pieceName(span, 1)}.parquet`
  const to = path.join(shelf.root, dataset, file)
  const { rows } = await writeParquet(warehouse, raw(query), to, order.map(ident))
  const fingerprint = digest(query)
  await commitPiece(shelf, {
    dataset,
    span,
    version: 1,
    fingerprint,
    learnedOn: span.to,
    files: [file],
    rows,
  })
}

/** New subscribers every day: as many as the feed of subscribers has. */
function keyPieces({ subscribers }: Size): readonly PieceToMake[] {
  const newDaily = Math.ceil(subscribers / 1000)
  const keys = (from: number, to: number) =>
    `SELECT range AS sub, 'u' || lpad(CAST(range AS VARCHAR), 9, '0') AS subscriber_id FROM range(${from}, ${to})`
  const first = {
    span: { from: addDays(firstMorning, -1), to: firstMorning },
    query: keys(0, subscribers),
    order: ['sub'],
  }
  const later = daysOf(lived).map((day, i) => ({
    span: { from: day, to: addDays(day, 1) },
    query: keys(subscribers + i * newDaily, subscribers + (i + 1) * newDaily),
    order: ['sub'],
  }))
  return [first, ...later]
}

const lived: DaySpan = { from: firstMorning, to: addDays(firstMorning, laterDays) }

/** The history in one piece, or in one a day where it is dense; then a piece for each day lived. */
function feedPieces(feed: Feed, size: Size): readonly PieceToMake[] {
  const first = historyFrom(feed)
  const history = { from: first, to: firstMorning }
  const each = (span: DaySpan) => daysOf(span).map(from => ({ from, to: addDays(from, 1) }))
  const dense = feed.id === 'usage' || feed.kind === 'day'
  const spans = [...(dense ? each(history) : [history]), ...(feed.kind === 'month' ? [] : each(lived))]
  return spans.map(span => ({ span, query: queryOf(feed.id, size, span), order: orderOf(feed) }))
}

function historyFrom(feed: Feed) {
  if (feed.kind === 'state') return addDays(firstMorning, -1)
  if (feed.kind === 'month') return addMonths(monthStart(firstMorning), -13)
  if (feed.kind === 'day') return addDays(firstMorning, -dailyDays)
  return addDays(firstMorning, feed.id === 'usage' ? -usageDays : -400)
}

function orderOf(feed: Feed): readonly string[] {
  const named = feed.columns.some(c => c.name === 'subscriber_id')
  const key = feed.key.map(name => (name === 'subscriber_id' ? 'sub' : name)).filter(name => name !== 'day')
  return [...new Set(['day', ...(named ? ['sub'] : []), ...key])]
}
