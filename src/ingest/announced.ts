import type { DaySpan } from '#kernel'
import { coverage, ident, type Piece, parquet, pieceFiles, pieces, sql, type Warehouse } from '#warehouse'
import type { FeedId } from './contract/feed.ts'
import { feedOf } from './contract/feeds.ts'
import { erasedOn, notErased } from './erased.ts'
import type { FeedReader } from './read.ts'
import { type LoadReport, readReport } from './report.ts'
import { shelfColumns } from './shelf.ts'

/** What the senders of some deliveries announced in their control files, beside how many rows were kept aside. */
export interface Announced {
  /** The data days of these deliveries. */
  readonly spans: readonly DaySpan[]
  readonly rows: number
  readonly quarantined: number
  /** By the contract's column names. Only of columns that every control file adds up, and only when no row was kept aside. */
  readonly sums: Readonly<Record<string, number>>
}

/**
 * The control totals of the deliveries with a control file that answer for whole days of `span`, from first day to last; less the
 * rows of the erased, which no reader finds. What these added up to nobody knows any more: then no sum is told.
 */
export async function announcedIn(
  reader: FeedReader,
  feed: FeedId,
  { span, engine }: { readonly span: DaySpan; readonly engine: Warehouse },
): Promise<Announced> {
  const all = await pieces(reader.shelf, `feed/${feed}`, reader.learnedBy)
  const whole = coverage(all, span).filter(
    c => c.spans.length === 1 && c.spans[0]?.from === c.piece.span.from && c.spans[0].to === c.piece.span.to,
  )
  const told = await Promise.all(
    whole.map(async ({ piece }) => ({ piece, report: await readReport(reader.shelf, piece) })),
  )
  const controlled = told.flatMap(({ piece, report }) =>
    report?.hasControl === true ? [{ piece, report }] : [],
  )
  const found = controlled.map(one => one.report)
  const erased = await erasedRows(reader, feed, { controlled, engine })
  const quarantined = found.reduce((sum, r) => sum + r.quarantined, 0)
  const columns = Object.keys(found[0]?.sums ?? {}).filter(
    c => quarantined === 0 && erased === 0 && found.every(r => r.sums[c] !== undefined),
  )
  return {
    spans: found.map(r => r.span).toSorted((a, b) => (a.from < b.from ? -1 : 1)),
    rows: found.reduce((sum, r) => sum + r.sourceRows, 0) - erased,
    quarantined,
    sums: Object.fromEntries(
      columns.map(c => [c, found.reduce((sum, r) => sum + (r.sums[c]?.expected ?? 0), 0)]),
    ),
  }
}

interface Controlled {
  readonly controlled: readonly { readonly piece: Piece; readonly report: LoadReport }[]
  readonly engine: Warehouse
}

/** Rows of the erased in these deliveries: left out when they were loaded, or lying there unread. */
async function erasedRows(
  { shelf }: FeedReader,
  feed: FeedId,
  { controlled, engine }: Controlled,
): Promise<number> {
  const columns = shelfColumns(feedOf(feed)).map(column => column.name)
  const has = (name: 'sub' | 'customer_id') => (columns.includes(name) ? { [name]: ident(name) } : {})
  const isThere = notErased(await erasedOn(shelf), { ...has('sub'), ...has('customer_id') })
  const files = controlled.flatMap(({ piece }) => pieceFiles(shelf, piece))
  if (isThere === undefined || files.length === 0) return 0
  const [unread] = await engine.rows<{ n: number }>(
    sql`SELECT CAST(count(*) AS DOUBLE) AS n FROM ${parquet(files)} AS r WHERE NOT ${isThere}`,
  )
  const leftOut = controlled.reduce(
    (sum, { piece, report }) => sum + report.sourceRows - report.quarantined - piece.rows,
    0,
  )
  return leftOut + (unread?.n ?? 0)
}
