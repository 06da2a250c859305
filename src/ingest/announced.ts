import type { DaySpan } from '#kernel'
import { coverage, pieces } from '#warehouse'
import type { FeedId } from './contract/feed.ts'
import type { FeedReader } from './read.ts'
import { readReport } from './report.ts'

/** What the senders of some deliveries announced in their control files, beside how many rows were kept aside. */
export interface Announced {
  /** The data days of these deliveries. */
  readonly spans: readonly DaySpan[]
  readonly rows: number
  readonly quarantined: number
  /** By the contract's column names. Only of columns that every control file adds up, and only when no row was kept aside. */
  readonly sums: Readonly<Record<string, number>>
}

/** The control totals of the deliveries with a control file that answer for whole days of `span`, from first day to last. */
export async function announcedIn(reader: FeedReader, feed: FeedId, span: DaySpan): Promise<Announced> {
  const all = await pieces(reader.shelf, `feed/${feed}`, reader.learnedBy)
  const whole = coverage(all, span).filter(
    c => c.spans.length === 1 && c.spans[0]?.from === c.piece.span.from && c.spans[0].to === c.piece.span.to,
  )
  const reports = (await Promise.all(whole.map(c => readReport(reader.shelf, c.piece)))).filter(
    r => r?.hasControl === true,
  )
  const found = reports.flatMap(r => (r === undefined ? [] : [r]))
  const quarantined = found.reduce((sum, r) => sum + r.quarantined, 0)
  const columns = Object.keys(found[0]?.sums ?? {}).filter(
    c => quarantined === 0 && found.every(r => r.sums[c] !== undefined),
  )
  return {
    spans: found.map(r => r.span).toSorted((a, b) => (a.from < b.from ? -1 : 1)),
    rows: found.reduce((sum, r) => sum + r.sourceRows, 0),
    quarantined,
    sums: Object.fromEntries(
      columns.map(c => [c, found.reduce((sum, r) => sum + (r.sums[c]?.expected ?? 0), 0)]),
    ),
  }
}
