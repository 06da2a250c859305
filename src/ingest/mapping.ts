import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { TSchema } from 'typebox'
import { type DaySpan, digest, type Fault, isPlainDate, type PlainDate } from '#kernel'
import type { Feed } from './contract/feed.ts'
import { feeds } from './contract/feeds.ts'
import { mappingUnreadable, mappingWrong } from './faults.ts'
import { type ColumnFrom, readColumns } from './mapping-column.ts'
import { CsvFile, MappingFile, ParquetFile, PostgresQuery } from './mapping-schema.ts'
import { patternFault } from './path-pattern.ts'
import { misfits, type Place, type Placed, parseYaml } from './yaml-place.ts'
import { isTimeZone } from './zone.ts'

interface FileSource {
  /** Relative to the folder given when the mapping is used; with {day}, {month} or {from} and {to}. */
  readonly path: string
  /** The data days of a file whose path names none. */
  readonly span?: DaySpan
}

export interface CsvSource extends FileSource {
  readonly kind: 'csv'
  readonly delimiter: string
  readonly header: true | readonly string[]
  readonly encoding: 'utf-8' | 'gb18030'
  readonly nulls: readonly string[]
}

export interface ParquetSource extends FileSource {
  readonly kind: 'parquet'
}

export interface PostgresSource {
  readonly kind: 'postgres'
  /** Name of the environment variable that holds the connection string. */
  readonly connection: string
  readonly query: string
  readonly since: PlainDate
}

export type Source = CsvSource | ParquetSource | PostgresSource

/** Where one feed comes from. */
export interface FeedMapping {
  readonly feed: Feed
  readonly source: Source
  readonly columns: ReadonlyMap<string, ColumnFrom>
  readonly hasControl: boolean
  readonly badRowsMax: number
  /** Changes when anything in the mapping changes what rows mean. */
  readonly digest: string
}

/** How one carrier's sources become feeds; feeds in the contract's order. */
export interface Mapping {
  readonly carrier: string
  readonly timeZone: string
  readonly feeds: readonly FeedMapping[]
}

export type MappingRead =
  | { readonly ok: true; readonly value: Mapping }
  | { readonly ok: false; readonly faults: readonly Fault[] }

/** Reads a mapping file; every fault of the file at once, with its line. */
export async function readMapping(file: string): Promise<MappingRead> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return { ok: false, faults: [mappingUnreadable(path.basename(file))] }
  return parseMapping(text)
}

export function parseMapping(text: string): MappingRead {
  const placed = parseYaml(text)
  const faults = [...placed.faults]
  if (faults.length === 0) faults.push(...misfits(MappingFile, placed.value, placed, []))
  if (faults.length > 0) return { ok: false, faults }
  const file = placed.value as MappingFile
  if (!isTimeZone(file.time_zone)) {
    faults.push(
      wrong(placed, ['time_zone'], 'is not a time zone like Asia/Shanghai', '不是形如 Asia/Shanghai 的时区'),
    )
  }
  const found = Object.keys(file.feeds).map(id => readFeed(file, id, placed, faults))
  if (faults.length > 0) return { ok: false, faults }
  const inOrder = feeds.flatMap(feed => found.filter(f => f !== undefined && f.feed.id === feed.id))
  return {
    ok: true,
    value: { carrier: file.carrier, timeZone: file.time_zone, feeds: inOrder as FeedMapping[] },
  }
}

const shapes: Readonly<Record<string, TSchema>> = {
  csv: CsvFile,
  parquet: ParquetFile,
  postgres: PostgresQuery,
}

function readFeed(file: MappingFile, id: string, placed: Placed, faults: Fault[]): FeedMapping | undefined {
  const at: Place = ['feeds', id]
  const feed = feeds.find(f => f.id === id)
  if (feed === undefined || feed.source !== 'carrier') {
    faults.push(wrong(placed, at, 'is not a feed that a carrier delivers', '不是可由运营商交付的数据源'))
    return undefined
  }
  const given = file.feeds[id] as { source?: unknown } | null
  const shape = shapes[String(given?.source)]
  if (shape === undefined) {
    faults.push(
      wrong(placed, [...at, 'source'], 'must be csv, parquet or postgres', '必须为 csv、parquet 或 postgres'),
    )
    return undefined
  }
  const bad = misfits(shape, given, placed, at)
  faults.push(...bad)
  if (bad.length > 0) return undefined
  const said = given as CsvFile | ParquetFile | PostgresQuery
  const source = readSource(said, feed, placed, at, faults)
  const columns = readColumns(feed, said.columns, headerOf(source), placed, [...at, 'columns'], faults)
  return {
    feed,
    source,
    columns,
    hasControl: source.kind !== 'postgres' && (said.control ?? file.control ?? 'none') === 'required',
    badRowsMax: said.bad_rows_max ?? file.bad_rows_max ?? 0.05,
    digest: digest(file.time_zone, JSON.stringify(source), JSON.stringify([...columns])),
  }
}

function readSource(
  said: CsvFile | ParquetFile | PostgresQuery,
  feed: Feed,
  placed: Placed,
  at: Place,
  faults: Fault[],
): Source {
  if (said.source === 'postgres') {
    if (!isPlainDate(said.since)) faults.push(notADay(placed, [...at, 'since']))
    return {
      kind: 'postgres',
      connection: said.connection,
      query: said.query,
      since: said.since as PlainDate,
    }
  }
  const span = readSpan(said.span, placed, [...at, 'span'], faults)
  const problem = patternFault(said.path, span !== undefined, feed.kind)
  if (problem !== undefined) faults.push(wrong(placed, [...at, 'path'], problem.en, problem.zh))
  const fileSource = { path: said.path, ...(span === undefined ? {} : { span }) }
  if (said.source === 'parquet') return { kind: 'parquet', ...fileSource }
  return {
    kind: 'csv',
    ...fileSource,
    delimiter: said.delimiter ?? ',',
    header: said.header ?? true,
    encoding: said.encoding ?? 'utf-8',
    nulls: said.nulls ?? [''],
  }
}

function headerOf(source: Source): readonly string[] | undefined {
  return source.kind === 'csv' && source.header !== true ? source.header : undefined
}

function readSpan(
  said: { from: string; to: string } | undefined,
  placed: Placed,
  at: Place,
  faults: Fault[],
): DaySpan | undefined {
  if (said === undefined) return undefined
  for (const end of ['from', 'to'] as const) {
    if (!isPlainDate(said[end])) faults.push(notADay(placed, [...at, end]))
  }
  if (said.from >= said.to) faults.push(wrong(placed, at, 'must hold at least one day', '至少应包含一天'))
  return said as DaySpan
}

function notADay(placed: Placed, at: Place): Fault {
  return wrong(placed, at, 'is not a day like 2026-03-01', '不是形如 2026-03-01 的日期')
}

function wrong(placed: Placed, at: Place, en: string, zh: string): Fault {
  return mappingWrong(placed.lineOf(at), at.join('.'), en, zh)
}
