import path from 'node:path'
import { type DaySpan, digest, type PlainDate } from '#kernel'
import {
  commitPiece,
  ident,
  join,
  nextVersion,
  type Piece,
  parquet,
  pieceFiles,
  pieceName,
  pieces,
  type Shelf,
  type Sql,
  shelve as shelvePiece,
  sql,
  writeParquet,
} from '#warehouse'
import type { Aside, Totals } from './audit.ts'
import type { Feed, FeedId } from './contract/feed.ts'
import { feedOf } from './contract/feeds.ts'
import { erasedOn, notErased } from './erased.ts'
import type { FeedMapping } from './mapping.ts'
import type { LoadTarget, OpenSource } from './open-source.ts'
import { quarantineRows } from './quarantine.ts'
import { type LoadReport, writeReport } from './report.ts'
import { shapesOf } from './shape.ts'
import { keyDataset, keyRows, namesSubscriber, shelfColumns } from './shelf.ts'
import type { Known, Staged } from './staged.ts'

/** Everything found out about a delivery before anything is written. */
interface Examined {
  readonly rowsKnowing: (known: Known) => Staged
  readonly before: Known
  readonly found: Totals
  readonly aside: Aside
  readonly sourceRows: number
  readonly fingerprint: string
  readonly asOf: PlainDate
}

/** Equal fingerprints: the same content under the same mapping, for the same days. */
export function fingerprintOf(mapping: FeedMapping, source: OpenSource): string {
  const { from, to } = source.table.span
  return digest('feed', mapping.feed.id, from, to, mapping.digest, source.contentDigest)
}

export async function newestOf(shelf: Shelf, dataset: string, span: DaySpan): Promise<Piece | undefined> {
  return (await pieces(shelf, dataset)).findLast(p => p.span.from === span.from && p.span.to === span.to)
}

/** The keys and names that rows of a feed are held against. */
export async function known(shelf: Shelf, feed: Feed, givesKeys: boolean): Promise<Known> {
  const keys = namesSubscriber(feed) ? await pieces(shelf, keyDataset) : []
  const referred = [...new Set(feed.columns.flatMap(c => c.references ?? []))].filter(
    id => id !== 'subscriber',
  )
  const named = new Map<FeedId, Sql>()
  for (const id of referred) {
    const all = await pieces(shelf, `feed/${id}`)
    if (all.length === 0) continue
    const key = ident(feedOf(id).key[0] ?? '')
    named.set(
      id,
      sql`(SELECT DISTINCT ${key} AS key FROM ${parquet(all.flatMap(p => pieceFiles(shelf, p)))})`,
    )
  }
  return { keys: keyRows(keys.flatMap(p => pieceFiles(shelf, p))), givesKeys, named }
}

/** Keys first, then what is kept aside, then the rows; the last entry makes them visible. */
export async function shelve(
  target: LoadTarget,
  mapping: FeedMapping,
  source: OpenSource,
  examined: Examined,
): Promise<LoadReport> {
  const { feed } = mapping
  const { span } = source.table
  const { found, aside, fingerprint, asOf } = examined
  const dataset = `feed/${feed.id}`
  const version = nextVersion(await pieces(target.shelf, dataset), span)
  let knowing = examined.before
  if (knowing.givesKeys && (await giveKeys(target, feed, examined, knowing.keys, span))) {
    knowing = await known(target.shelf, feed, true)
  }
  const rows = examined.rowsKnowing(knowing)
  const malformed = source.malformed?.rows ?? 0
  const quarantined = aside.rows + malformed
  const stamp = { span, version, fingerprint, learnedOn: asOf }
  const bad = `quarantine/${feed.id}`
  if (quarantined > 0 || (await pieces(target.shelf, bad)).some(p => overlaps(p.span, span))) {
    const query = quarantineRows(feed.id, aside.relation, source.malformed?.relation)
    await shelvePiece(target.warehouse, target.shelf, { dataset: bad, ...stamp }, query, [])
  }
  const kept = notErased(await erasedOn(target.shelf), keysOf(feed))
  const piece = await written(target, { dataset, ...stamp }, goodRows(feed, rows.keyed, aside, kept))
  const shelved = parquet(pieceFiles(target.shelf, piece))
  const report: LoadReport = {
    feed: feed.id,
    ...stamp,
    mappingDigest: mapping.digest,
    sourceRows: examined.sourceRows,
    rows: piece.rows,
    quarantined,
    reasons: reasonsOf(aside, malformed),
    strangers: found.strangers,
    sums: sumsOf(source, found),
    hasControl: source.control !== undefined,
    ...(await shapesOf(target.warehouse, feed, { relation: shelved, count: piece.rows }, span)),
  }
  await writeReport(target.shelf, piece, report)
  await commitPiece(target.shelf, piece)
  return report
}

/** Writes a piece's rows; the piece is not visible yet. */
async function written(target: LoadTarget, stamp: Omit<Piece, 'files' | 'rows'>, query: Sql): Promise<Piece> {
  const file = `${pieceName(stamp.span, stamp.version)}.parquet`
  const to = path.join(target.shelf.root, stamp.dataset, file)
  const { rows } = await writeParquet(target.warehouse, query, to, [])
  return { ...stamp, files: [file], rows }
}

/** `sub` in sorted order of the new ids, after the greatest there is. False when there are no new ids. */
async function giveKeys(
  target: LoadTarget,
  feed: Feed,
  examined: Examined,
  keys: Sql,
  span: DaySpan,
): Promise<boolean> {
  const rows = examined.rowsKnowing(examined.before).keyed
  const kept = notErased(await erasedOn(target.shelf), keysOf(feed))
  const fresh = sql`(SELECT DISTINCT v_subscriber_id AS subscriber_id FROM ${rows} AS r
    WHERE sub IS NULL AND ${isGood(examined.aside)} AND ${kept ?? sql`TRUE`})`
  const [some] = await target.warehouse.rows<{ n: number }>(sql`SELECT count(*) AS n FROM ${fresh}`)
  if (some === undefined || some.n === 0) return false
  const query = sql`SELECT (SELECT coalesce(max(sub), 0) FROM ${keys}) + row_number() OVER (ORDER BY subscriber_id) AS sub,
    subscriber_id FROM ${fresh} ORDER BY sub`
  const stamp = {
    dataset: keyDataset,
    span,
    version: nextVersion(await pieces(target.shelf, keyDataset), span),
    fingerprint: digest('key', feed.id, examined.fingerprint),
    learnedOn: examined.asOf,
  }
  await shelvePiece(target.warehouse, target.shelf, stamp, query, [])
  return true
}

function isGood(aside: Aside): Sql {
  return aside.rows === 0
    ? sql`TRUE`
    : sql`NOT EXISTS (SELECT 1 FROM ${aside.relation} AS a WHERE a.line = r.line)`
}

/** Sorted by day, then subscriber, so that a day and a range of subscribers are each read without the rest. */
function goodRows(feed: Feed, rows: Sql, aside: Aside, kept: Sql | undefined): Sql {
  const columns = shelfColumns(feed).map(c => {
    if (c.name === 'sub' || c.name === 'day') return ident(c.name)
    const value = ident(`v_${c.name}`)
    const codes = feed.columns.find(column => column.name === c.name)?.values
    return sql`${codes === undefined ? value : numbered(value, Object.keys(codes))} AS ${ident(c.name)}`
  })
  const first = namesSubscriber(feed) ? sql`sub` : ident(`v_${feed.key[0] ?? ''}`)
  return sql`SELECT ${join(columns)} FROM ${rows} AS r WHERE ${isGood(aside)} AND ${kept ?? sql`TRUE`} ORDER BY day, ${first}, line`
}

/** The keys of a subscriber and a customer in a row that is not shelved yet. */
function keysOf(feed: Feed) {
  const has = (name: 'subscriber_id' | 'customer_id') =>
    feed.columns.some(c => c.name === name) ? { [name]: ident(`v_${name}`) } : {}
  return { ...has('subscriber_id'), ...has('customer_id') }
}

/** A code as its number in the list: a byte on its way through the sort, and text again in the file. */
function numbered(value: Sql, codes: readonly string[]): Sql {
  return sql`CAST(${value} AS ENUM(${join(codes.map(code => sql`${code}`))}))`
}

function reasonsOf(aside: Aside, malformed: number): Record<string, number> {
  return malformed === 0 ? { ...aside.reasons } : { ':columns': malformed, ...aside.reasons }
}

function sumsOf(source: OpenSource, found: Totals): LoadReport['sums'] {
  const expected = Object.entries(source.control?.sums ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(
    expected.flatMap(([name, total]) => {
      const ours = found.sums[name]
      return ours === undefined ? [] : [[name, { expected: total, found: ours }]]
    }),
  )
}

function overlaps(a: DaySpan, b: DaySpan): boolean {
  return a.from < b.to && b.from < a.to
}
