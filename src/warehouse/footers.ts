import type { Warehouse } from './engine.ts'
import { join, sql } from './sql.ts'

/** One column of one block of rows, as the file's footer tells it: exact, and no row is read. */
export interface ColumnBlock {
  readonly column: string
  readonly rows: number
  readonly missing: number
  /** The least and the greatest value as the engine writes such a value; null when there is none. */
  readonly min: string | null
  readonly max: string | null
}

/** What the footers of Parquet files that we wrote say of every column, block by block. */
export async function columnBlocks(
  warehouse: Warehouse,
  files: readonly string[],
): Promise<readonly ColumnBlock[]> {
  const list = join(files.map(file => sql`${file}`))
  return warehouse.rows<ColumnBlock>(
    sql`SELECT path_in_schema AS "column", num_values AS "rows", stats_null_count AS "missing",
      stats_min_value AS "min", stats_max_value AS "max" FROM parquet_metadata([${list}])`,
  )
}
