import type { Warehouse } from './engine.ts'
import { ident, join, parquet, raw, type Sql, sql } from './sql.ts'

/** A column of somebody else's file, with the engine's name for its type. */
export interface SourceColumn {
  readonly name: string
  readonly type: string
}

async function parquetColumns(warehouse: Warehouse, file: string): Promise<readonly SourceColumn[]> {
  const rows = await warehouse.rows<{ column_name: string; column_type: string }>(
    sql`DESCRIBE SELECT * FROM ${parquet([file])}`,
  )
  return rows.map(r => ({ name: r.column_name, type: r.column_type }))
}

/** A Parquet file by position, whatever its columns are called: c0, c1, … and `line`, the row's number from 1. */
function numberedParquet(file: string, columnCount: number): Sql {
  const source = sql`read_parquet([${file}], file_row_number = true) AS source(${positions(columnCount)}, line0)`
  return sql`(SELECT *, line0 + 1 AS line FROM ${source})`
}

/** A CSV whose first field is the line number, all as text: `line`, c0, c1, … An unquoted `nullText` is missing. */
function numberedCsv(file: string, columnCount: number, delimiter: string, nullText: string): Sql {
  const columns = Array.from({ length: columnCount }, (_, i) => `'c${i}': 'VARCHAR'`)
  const shape = raw(`{'line': 'BIGINT', ${columns.join(', ')}}`)
  return sql`read_csv(${file}, columns = ${shape}, auto_detect = false, header = false, delim = ${delimiter}, quote = '"', escape = '"', nullstr = ${nullText}, allow_quoted_nulls = false, max_line_size = 4194304)`
}

/** The error of a read says that the file itself is cut off or damaged. A statement that is wrong fails otherwise. */
function isDamagedFile(error: unknown): boolean {
  return (
    error instanceof Error &&
    /^(Invalid Input Error|Invalid Error|Serialization Error|IO Error: .*(read|Parquet))/i.test(error.message)
  )
}

function positions(count: number): Sql {
  return join(Array.from({ length: count }, (_, i) => ident(`c${i}`)))
}

/** Reading files that somebody else wrote: as relations by position, with every row's number. */
export const foreignFile = { parquetColumns, numberedParquet, numberedCsv, isDamagedFile } as const
