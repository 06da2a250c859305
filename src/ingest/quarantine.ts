import type { PlainDate } from '#kernel'
import { coverage, join, parquet, pieceFiles, pieces, type Sql, sql, type Warehouse } from '#warehouse'
import type { FeedId } from './contract/feed.ts'
import type { FeedReader } from './read.ts'

const rawCharsMax = 200

/** Bad rows: (feed, line, col, reason, raw). Raw values stay on the shelf; nothing else ever quotes them. */
export function quarantineRows(feed: FeedId, aside: Sql, malformed: Sql | undefined): Sql {
  const parts = [sql`SELECT line, col, reason, raw FROM ${aside}`]
  if (malformed !== undefined)
    parts.push(sql`SELECT line, '' AS col, 'columns' AS reason, raw FROM ${malformed}`)
  return sql`SELECT ${feed} AS feed, line, col, reason, left(raw, ${rawCharsMax}) AS raw
    FROM (${join(parts, ' UNION ALL ')}) ORDER BY line, col, reason`
}

/** Where bad rows stand in their source and why; the raw values are not handed out. */
export interface QuarantinedRow {
  readonly line: number
  readonly column: string
  readonly reason: string
}

/** The first bad rows of a feed's deliveries that touch `span`. */
export async function quarantined(
  warehouse: Warehouse,
  reader: FeedReader,
  feed: FeedId,
  span: { readonly from: PlainDate; readonly to: PlainDate },
  rowsMax: number,
): Promise<readonly QuarantinedRow[]> {
  const all = await pieces(reader.shelf, `quarantine/${feed}`, reader.learnedBy)
  const files = coverage(all, span).flatMap(c => pieceFiles(reader.shelf, c.piece))
  if (files.length === 0) return []
  return warehouse.rows<QuarantinedRow & { readonly [name: string]: string | number }>(
    sql`SELECT line, col AS "column", reason FROM ${parquet([...new Set(files)].toSorted())} ORDER BY line, col LIMIT ${rowsMax}`,
  )
}
