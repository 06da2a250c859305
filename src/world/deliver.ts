import path from 'node:path'
import type { DaySpan } from '#kernel'
import { ident, join, parquet, type Sql, sql, type Warehouse, writeParquet, writeWhole } from '#warehouse'

/** One file of one feed for the data days of `span`. */
export interface Delivery {
  readonly feed: string
  readonly span: DaySpan
  readonly rows: Sql
  /** Columns whose totals the control file states. */
  readonly sums: readonly string[]
}

/** Writes `<root>/<feed>/<from>_<to>.parquet`, and its control file last. The query brings its own order. */
export async function deliverParquet(warehouse: Warehouse, root: string, delivery: Delivery): Promise<void> {
  const file = fileOf(root, delivery, 'parquet')
  const written = await writeParquet(warehouse, delivery.rows, file, [])
  const sums = delivery.sums.length === 0 ? {} : await sumsOf(warehouse, parquet([file]), delivery.sums)
  await writeControl(file, delivery, written.rows, sums, written.bytes)
}

/** The same as CSV in UTF-8. `isSpoilt` says of which lines only the first half arrived. */
export async function deliverText(
  warehouse: Warehouse,
  root: string,
  delivery: Delivery,
  isSpoilt: (line: number, lines: number) => boolean = () => false,
): Promise<void> {
  const file = fileOf(root, delivery, 'csv')
  const rows = await warehouse.rows<Record<string, string | null>>(
    sql`SELECT columns(*)::VARCHAR FROM (${delivery.rows})`,
  )
  const [first] = rows
  const names = first === undefined ? await columnNames(warehouse, delivery.rows) : Object.keys(first)
  const lines = rows.map((row, i) => {
    const line = names.map(n => row[n] ?? '').join(',')
    return isSpoilt(i, rows.length) ? line.slice(0, Math.ceil(line.length / 2)) : line
  })
  const text = `${[names.join(','), ...lines].join('\n')}\n`
  await writeWhole(file, text)
  await writeControl(file, delivery, lines.length, {}, Buffer.byteLength(text))
}

async function columnNames(warehouse: Warehouse, rows: Sql): Promise<string[]> {
  const described = await warehouse.rows<{ column_name: string }>(sql`DESCRIBE ${rows}`)
  return described.map(d => d.column_name)
}

async function sumsOf(
  warehouse: Warehouse,
  rows: Sql,
  columns: readonly string[],
): Promise<Record<string, number>> {
  const sums = columns.map(c => sql`coalesce(sum(${ident(c)}), 0)::BIGINT AS ${ident(c)}`)
  const [row] = await warehouse.rows<Record<string, number>>(sql`SELECT ${join(sums)} FROM ${rows}`)
  return row ?? {}
}

function fileOf(root: string, delivery: Delivery, extension: string): string {
  return path.join(root, delivery.feed, `${delivery.span.from}_${delivery.span.to}.${extension}`)
}

async function writeControl(
  file: string,
  delivery: Delivery,
  rows: number,
  sums: Readonly<Record<string, number>>,
  bytes: number,
): Promise<void> {
  const control = { feed: delivery.feed, from: delivery.span.from, to: delivery.span.to, rows, sums, bytes }
  await writeWhole(`${file}.control.json`, `${JSON.stringify(control)}\n`)
}
