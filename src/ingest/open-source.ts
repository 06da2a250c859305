import { createReadStream } from 'node:fs'
import path from 'node:path'
import { digest, FaultError } from '#kernel'
import { fileDigest, foreignFile, type Shelf, type Sql, sql, type Warehouse } from '#warehouse'
import { type Control, readControl, sizeOf } from './control.ts'
import { numberLines } from './csv-lines.ts'
import {
  columnsMissing,
  emptyDelivery,
  fileMissing,
  halfWritten,
  truncated,
  type Where,
  wrongColumnCount,
} from './faults.ts'
import type { CsvSource, FeedMapping } from './mapping.ts'
import { sourceNames } from './mapping-column.ts'
import type { Delivery } from './pending.ts'
import { streamQuery } from './postgres.ts'
import type { SourceTable } from './source-table.ts'

/** Where deliveries are loaded to, and what a load may use. Connections are read from the environment given here. */
export interface LoadTarget {
  readonly warehouse: Warehouse
  readonly shelf: Shelf
  readonly workFolder: string
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** An opened delivery: what it is called, what it holds, and what its sender says. */
export interface OpenSource {
  readonly table: SourceTable
  readonly contentDigest: string
  readonly control?: Control
  /** Known before the rows are looked at, where the format tells. */
  readonly rows?: number
  /** Lines that are no record: a relation (line, raw), and how many. */
  readonly malformed?: { readonly relation: Sql; readonly rows: number }
}

/** The CSV that we write ourselves: what is missing is an unquoted \N, everything else is quoted. */
export const ownCsv: CsvSource = {
  kind: 'csv',
  path: '',
  delimiter: ',',
  header: true,
  encoding: 'utf-8',
  nulls: [],
}
export const ownNull = String.raw`\N`

export function whereOf(delivery: Delivery): Where {
  return { feed: delivery.feed, from: delivery.span.from, to: delivery.span.to }
}

/** Opens what a delivery holds; faults when it is not whole. Files it makes are named after `scratch`. */
export async function openSource(
  target: LoadTarget,
  mapping: FeedMapping,
  delivery: Delivery,
  scratch: string,
): Promise<OpenSource> {
  const at = whereOf(delivery)
  const { source } = mapping
  if (source.kind === 'postgres') {
    const file = `${scratch}.source.csv`
    await streamQuery(source, delivery.span, target.environment, file, at)
    const csv: CsvSource = {
      kind: 'csv',
      path: '',
      delimiter: ',',
      header: true,
      encoding: 'utf-8',
      nulls: [],
    }
    return openCsv(csv, mapping, { ...delivery, file }, scratch, at, undefined, String.raw`\N`)
  }
  const file = delivery.file ?? ''
  const control = mapping.hasControl ? await readControl(file, at) : undefined
  const bytes = await sizeOf(file, at)
  if (bytes === 0) throw new FaultError(emptyDelivery(at))
  if (source.kind === 'parquet')
    return openParquet(target.warehouse, mapping, { ...delivery, file }, at, control)
  return openCsv(source, mapping, { ...delivery, file }, scratch, at, control, '\u0001')
}

async function openParquet(
  warehouse: Warehouse,
  mapping: FeedMapping,
  delivery: Delivery & { readonly file: string },
  at: Where,
  control: Control | undefined,
): Promise<OpenSource> {
  const file = path.resolve(delivery.file)
  const columns = await foreignFile.parquetColumns(warehouse, file).catch((error: unknown) => {
    throw foreignFile.isDamagedFile(error) ? new FaultError(truncated(at)) : error
  })
  requireColumns(
    mapping,
    columns.map(c => c.name),
    at,
  )
  const table = {
    relation: foreignFile.numberedParquet(file, columns.length),
    columns,
    nulls: [],
    span: delivery.span,
  }
  const contentDigest = await fileDigest(file)
  return { table, contentDigest, ...(control === undefined ? {} : { control }) }
}

export async function openCsv(
  source: CsvSource,
  mapping: FeedMapping,
  delivery: Delivery & { readonly file: string },
  scratch: string,
  at: Where,
  control: Control | undefined,
  nullText: string,
): Promise<OpenSource> {
  const out = { records: `${scratch}.records.csv`, malformed: `${scratch}.malformed.csv` }
  const input = createReadStream(delivery.file, { highWaterMark: 1 << 20 })
  const found = await numberLines(input, source, out, at).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'EACCES') throw new FaultError(fileMissing(at))
    throw error
  })
  const rows = found.records + found.malformed
  if (found.header.length === 0) throw new FaultError(emptyDelivery(at))
  if (control !== undefined && control.rows !== rows)
    throw new FaultError(halfWritten(at, 'rows', control.rows, rows))
  requireColumns(mapping, found.header, at)
  if (found.records === 0 && found.malformed > 0) {
    throw new FaultError(wrongColumnCount(at, found.header.length, found.malformedFields))
  }
  const columns = found.header.map(name => ({ name, type: 'VARCHAR' }))
  const relation = foreignFile.numberedCsv(out.records, columns.length, source.delimiter, nullText)
  const malformed = {
    relation: sql`(SELECT line, c0 AS raw FROM ${foreignFile.numberedCsv(out.malformed, 1, ',', '\u0001')})`,
    rows: found.malformed,
  }
  return {
    table: { relation: sql`(SELECT * FROM ${relation})`, columns, nulls: source.nulls, span: delivery.span },
    contentDigest: await fileDigest(delivery.file),
    rows,
    ...(found.malformed === 0 ? {} : { malformed }),
    ...(control === undefined ? {} : { control }),
  }
}

/** Every source column that the mapping names must be there, once. */
function requireColumns(mapping: FeedMapping, present: readonly string[], at: Where): void {
  const counts = Map.groupBy(present, name => name)
  const wanted = [...mapping.columns.values()].flatMap(from =>
    sourceNames(from).filter(name => (counts.get(name)?.length ?? (from.isOptional ? 1 : 0)) !== 1),
  )
  if (wanted.length > 0) throw new FaultError(columnsMissing(at, [...new Set(wanted)]))
}

/** The name under which a delivery's scratch files stand: the same again after a kill, so that nothing gathers. */
export function scratchOf(target: LoadTarget, delivery: Delivery): string {
  return path.join(
    target.workFolder,
    `load-${digest(delivery.feed, delivery.span.from, delivery.span.to).slice(0, 16)}`,
  )
}

export function isNoSpace(error: unknown): boolean {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
  return code === 'ENOSPC' || code === 'EFBIG' || code === 'EDQUOT'
}
