import path from 'node:path'
import type { FeedReader } from '#ingest'
import { addDays, daysBetween, type OnProgress, type PlainDate, plainDate } from '#kernel'
import {
  commitPiece,
  ident,
  nextVersion,
  type Piece,
  pieceName,
  pieces,
  type Sql,
  sql,
  type Warehouse,
} from '#warehouse'
import { carry, type Making, type Way, writeRanges } from './carried.ts'
import type { FactorCatalogue } from './catalogue.ts'
import { type Kept, keptPartial, refresh } from './day-partials.ts'
import { rowsAbout } from './inputs.ts'
import { enterLedger } from './ledger.ts'
import {
  daysOfWindow,
  fingerprintOf,
  type Morning,
  planFor,
  type SubRange,
  spellingOf,
  within,
} from './morning.ts'
import type { OffFactor } from './off.ts'
import { foldPeers } from './peers.ts'
import { reachOf, type Table } from './plan.ts'
import { printTable } from './print-table.ts'
import { printWide } from './print-wide.ts'
import { dropSubscribersMade, withSubscribersMade } from './subscribers.ts'
import { writeOff } from './table.ts'

export interface FactorsRun {
  readonly asOf: PlainDate
  readonly rows: number
  /** False when the same inputs had already been computed: nothing was written. */
  readonly written: boolean
  readonly off: readonly OffFactor[]
  /** Days of raw events that were folded into partials; one on an ordinary night. */
  readonly daysFolded: number
  /** How each table that is kept between mornings came about. Tables of few rows are folded in passing. */
  readonly tables: Readonly<Record<string, Way>>
}

export interface FactorsOptions {
  readonly onProgress?: OnProgress
  /** False: fold all raw rows of every window again, keep nothing. The rows are the same. */
  readonly incremental?: boolean
  /** Subscribers worked on at once: bounds the memory whatever the base. */
  readonly batchMax?: number
  /** A table of fewer rows than this is folded in passing and not kept between mornings. */
  readonly rowsKeptMin?: number
  /** Compare what is brought forward with what all rows give; by itself this is done once a week. */
  readonly checks?: boolean
}

const batchMaxDefault = 1_000_000
/** Rows of all columns are wide: two row groups of them at once, so that a range reads few rows that are not its own. */
const wideRowsMax = 2 * 122_880
const rowsKeptMinDefault = 2_000_000
/** A Sunday: on Sundays tables that slide are checked. */
const firstCheck = plainDate('2000-01-02')

/**
 * Computes every factor of every subscriber for the morning of `asOf` and puts the wide table on the shelf. The same
 * inputs are not computed twice; a kill at any moment leaves whole pieces, and the next run goes on from there.
 */
export async function runFactors(
  warehouse: Warehouse,
  reader: FeedReader,
  catalogue: FactorCatalogue,
  asOf: PlainDate,
  options: FactorsOptions = {},
): Promise<FactorsRun> {
  const incremental = options.incremental ?? true
  const morning = await planFor(reader, catalogue, asOf, incremental)
  const { plan, off } = morning
  const fingerprint = fingerprintOf(morning)
  const before = (await pieces(reader.shelf, 'factor')).filter(p => p.span.from === asOf)
  const there = before.find(p => p.fingerprint === fingerprint)
  if (there !== undefined) return { asOf, rows: there.rows, written: false, off, daysFolded: 0, tables: {} }
  const span = { from: asOf, to: addDays(asOf, 1) }
  const stamp = { span, version: nextVersion(before, span), fingerprint, learnedOn: morning.learnedOn }
  const batchMax = options.batchMax ?? batchMaxDefault
  const last = await lastSub(warehouse, morning)
  const ranges = rangesTo(last, batchMax)
  const wideRanges = rangesTo(last, Math.min(batchMax, wideRowsMax))
  const total = plan.tables.length + wideRanges.length + 1
  const step = (done: number) => options.onProgress?.({ step: 'factors', done, total })
  step(0)
  await enterLedger(reader.shelf, plan.partials)
  const { kept, daysFolded } = await freshPartials(warehouse, morning)
  const checks = options.checks ?? daysBetween(firstCheck, asOf) % 7 === 0
  const making: Making = { warehouse, morning, kept, ranges, checks }
  const rowsKeptMin = incremental ? (options.rowsKeptMin ?? rowsKeptMinDefault) : Number.POSITIVE_INFINITY
  const { tables, ways } = await makeTables(making, rowsKeptMin, i => step(1 + i))
  const peers = await foldPeers(making, tables)
  const rows = await writeWide({ ...making, ranges: wideRanges }, { tables, peers }, stamp, i =>
    step(1 + plan.tables.length + i),
  )
  for (const relation of peers.values()) await warehouse.run(sql`DROP TABLE ${relation}`)
  for (const table of plan.tables) await warehouse.run(sql`DROP TABLE IF EXISTS ${temporary(table)}`)
  return { asOf, rows, written: true, off, daysFolded, tables: ways }
}

/** Every table of the plan: kept ones as files, small ones in passing. */
async function makeTables(
  making: Making,
  rowsKeptMin: number,
  onTable: (done: number) => void,
): Promise<{ readonly tables: ReadonlyMap<string, Sql>; readonly ways: Readonly<Record<string, Way>> }> {
  const tables = new Map<string, Sql>()
  const ways: Record<string, Way> = {}
  for (const [i, table] of making.morning.plan.tables.entries()) {
    onTable(i)
    if (rowsOf(making, table) < rowsKeptMin) {
      await foldInPassing(making, table)
      tables.set(table.name, temporary(table))
    } else {
      const { relation, way } = await carry(making, table)
      tables.set(table.name, relation)
      ways[table.name] = way
    }
  }
  return { tables, ways }
}

/** The greatest key of a subscriber; 0 when there is none. */
async function lastSub(warehouse: Warehouse, { keys }: Morning): Promise<number> {
  const [row] = await warehouse.rows<{ last: number | null }>(sql`SELECT max(sub) AS last FROM ${keys} AS k`)
  return row?.last ?? 0
}

/** Ranges of `batchMax` subscribers; one that is no range when all fit. */
function rangesTo(last: number, batchMax: number): readonly (SubRange | undefined)[] {
  const count = Math.ceil((1 + last) / batchMax)
  if (count <= 1) return [undefined]
  return Array.from({ length: count }, (_, i) => ({ from: i * batchMax, to: (i + 1) * batchMax }))
}

async function freshPartials(
  warehouse: Warehouse,
  morning: Morning,
): Promise<{ readonly kept: ReadonlyMap<string, Kept>; readonly daysFolded: number }> {
  const { plan, reader, deliveries } = morning
  const kept = new Map<string, Kept>()
  const days = new Set<number>()
  const folding = spellingOf(morning, kept, new Map())
  for (const partial of plan.partials) {
    const readers = plan.tables.filter(t => t.reads.from === 'partial' && t.reads.partial === partial.name)
    const [widest] = readers.toSorted((a, b) => reachOf(b.span) - reachOf(a.span))
    if (widest === undefined) continue
    const span = daysOfWindow(morning, partial.feed, widest.span)
    const found = await keptPartial(reader, deliveries, partial, span)
    days.add(await refresh(warehouse, reader, deliveries, found, folding))
    kept.set(
      partial.name,
      found.stale.length === 0 ? found : await keptPartial(reader, deliveries, partial, span),
    )
  }
  return { kept, daysFolded: Math.max(0, ...days) }
}

/** About how many rows are read to fold a table. */
function rowsOf({ morning, kept }: Making, table: Table): number {
  if (table.reads.from === 'rows')
    return rowsAbout(morning.deliveries, table.feed, daysOfWindow(morning, table.feed, table.span))
  const holding = kept.get(table.reads.partial)?.holding ?? []
  return holding.reduce((sum, h) => sum + h.piece.rows, 0)
}

function temporary(table: Table): Sql {
  return ident(`factor_${table.name}`)
}

async function foldInPassing({ warehouse, morning, kept }: Making, table: Table): Promise<void> {
  const spelling = spellingOf(morning, kept, new Map())
  await warehouse.run(sql`CREATE OR REPLACE TEMP TABLE ${temporary(table)} AS ${printTable(table, spelling)}`)
}

async function writeWide(
  making: Making,
  { tables, peers }: { readonly tables: ReadonlyMap<string, Sql>; readonly peers: ReadonlyMap<string, Sql> },
  stamp: Pick<Piece, 'span' | 'version' | 'fingerprint' | 'learnedOn'>,
  onRange: (done: number) => void,
): Promise<number> {
  const { warehouse, morning, kept } = making
  const { reader, off, plan } = morning
  await writeOff(warehouse, reader.shelf, stamp, off)
  const folder = path.join(reader.shelf.root, 'factor')
  const wide = async (range: SubRange | undefined) => {
    onRange(making.ranges.indexOf(range))
    const inRange = new Map([...tables].map(([name, relation]) => [name, within(relation, range)]))
    const spelling = spellingOf(morning, kept, inRange, range, peers)
    return printWide(plan, await withSubscribersMade(warehouse, spelling))
  }
  // Rows of all columns are dear to sort, and come nearly in order.
  const made = await warehouse.joinedAsWritten(() =>
    writeRanges(making, folder, pieceName(stamp.span, stamp.version), wide, []),
  )
  await dropSubscribersMade(warehouse)
  await commitPiece(reader.shelf, { dataset: 'factor', ...stamp, ...made })
  return made.rows
}
