import path from 'node:path'
import { type FeedId, type FeedReader, feedOf, feedRows, feedState, subscriberKeys } from '#ingest'
import {
  addDays,
  addMonths,
  type DaySpan,
  digest,
  homeZone,
  monthStart,
  type OnProgress,
  type PlainDate,
} from '#kernel'
import {
  commitPiece,
  dateOf,
  ident,
  type Piece,
  pieceName,
  pieces,
  type Sql,
  sql,
  type Warehouse,
  writeParquet,
} from '#warehouse'
import type { FactorCatalogue } from './catalogue.ts'
import { type Kept, keptPartial, keptRows, refresh } from './day-partials.ts'
import { emptyFeed } from './empty-feed.ts'
import { fuse } from './fuse.ts'
import { type Deliveries, daysRead, deliveriesOf, learnedLast, segmentsOf, startsOf } from './inputs.ts'
import { type OffFactor, spanOf, switchOffShort, switchOffUndelivered } from './off.ts'
import type { Plan, Table } from './plan.ts'
import { printPlan } from './print-plan.ts'
import { printPartial, printTable } from './print-table.ts'
import { printWide } from './print-wide.ts'
import type { Window } from './rows.ts'
import { type Spelling, symbolic } from './spelling.ts'
import { writeOff } from './table.ts'

export interface FactorsRun {
  readonly asOf: PlainDate
  readonly rows: number
  /** False when the same inputs had already been computed: nothing was written. */
  readonly written: boolean
  readonly off: readonly OffFactor[]
  /** Days of raw events that were folded into partials; one on an ordinary night. */
  readonly daysFolded: number
}

export interface FactorsOptions {
  readonly onProgress?: OnProgress
  /** False: fold all raw rows of every window again, keep nothing. The rows are the same. */
  readonly incremental?: boolean
}

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
  const morning = await planFor(reader, catalogue, asOf, options.incremental ?? true)
  const { plan, off } = morning
  const fingerprint = fingerprintOf(morning)
  const before = (await pieces(reader.shelf, 'factor')).filter(p => p.span.from === asOf)
  const newest = before.at(-1)
  if (newest?.fingerprint === fingerprint) {
    return { asOf, rows: newest.rows, written: false, off, daysFolded: 0 }
  }
  const step = (done: number) =>
    options.onProgress?.({ step: 'factors', done, total: plan.tables.length + 2 })
  step(0)
  const { kept, daysFolded } = await freshPartials(warehouse, morning)
  const spelling = await spellingOf(morning, kept)
  for (const [i, table] of plan.tables.entries()) {
    step(1 + i)
    await warehouse.run(
      sql`CREATE OR REPLACE TEMP TABLE ${tableName(table.name)} AS ${printTable(table, spelling)}`,
    )
  }
  step(1 + plan.tables.length)
  const rows = await writeTable(warehouse, morning, printWide(plan, spelling), fingerprint, newest)
  for (const table of plan.tables) await warehouse.run(sql`DROP TABLE ${tableName(table.name)}`)
  return { asOf, rows, written: true, off, daysFolded }
}

interface Morning {
  readonly asOf: PlainDate
  readonly monthEnd: PlainDate
  readonly reader: FeedReader
  readonly deliveries: Deliveries
  readonly plan: Plan
  readonly off: readonly OffFactor[]
}

/** Bills of a month come with the first data day of the next: the last closed month ends before yesterday's month. */
export function monthEndOf(asOf: PlainDate): PlainDate {
  return monthStart(addDays(asOf, -1))
}

async function planFor(
  reader: FeedReader,
  catalogue: FactorCatalogue,
  asOf: PlainDate,
  incremental: boolean,
): Promise<Morning> {
  const deliveries = await deliveriesOf(reader)
  const starts = startsOf(deliveries, asOf)
  const monthEnd = monthEndOf(asOf)
  const undelivered = switchOffUndelivered(catalogue.columns, starts)
  const spineFeed = starts.has('subscriber') ? 'subscriber' : 'none'
  const whole = fuse(undelivered.columns, { spineFeed, incremental })
  // What reaches too far back is emptied after fusing, so that partials do not change on the day it no longer does.
  const short = switchOffShort(undelivered.columns, starts, asOf, monthEnd)
  const values = new Map(short.columns.map(c => [c.id, c.value]))
  const columns = whole.columns.map(c => ({ ...c, value: values.get(c.id) ?? c.value }))
  const off = [...undelivered.off, ...short.off.filter(o => !undelivered.off.some(u => u.id === o.id))]
  return { asOf, monthEnd, reader, deliveries, plan: { ...whole, columns }, off }
}

async function freshPartials(
  warehouse: Warehouse,
  morning: Morning,
): Promise<{ readonly kept: ReadonlyMap<string, Kept>; readonly daysFolded: number }> {
  const { plan, reader, deliveries } = morning
  const kept = new Map<string, Kept>()
  const days = new Set<number>()
  const folding = await spellingOf(morning, kept)
  for (const table of plan.tables) {
    const partial =
      table.reads.from === 'partial' ? plan.partials.find(p => p.name === table.name) : undefined
    if (partial === undefined) continue
    const span = windowSpan(table.span, morning)
    const found = await keptPartial(reader, deliveries, partial, span)
    days.add(await refresh(warehouse, reader, deliveries, found, folding))
    kept.set(
      partial.name,
      found.stale.length === 0 ? found : await keptPartial(reader, deliveries, partial, span),
    )
  }
  return { kept, daysFolded: Math.max(0, ...days) }
}

function windowSpan(window: Window, morning: Morning): DaySpan {
  return daysRead('usage', morning.asOf, spanOf(window, morning.asOf, morning.monthEnd))
}

/** What the plan's names stand for this morning. Relations are looked up once, before anything is printed. */
async function spellingOf(morning: Morning, kept: ReadonlyMap<string, Kept>): Promise<Spelling> {
  const { asOf, monthEnd, reader, plan } = morning
  const relations = new Map<string, Sql>()
  for (const { id, window } of readsOf(plan))
    relations.set(readKey(id, window), await relationOf(morning, id, window))
  return {
    day: n => dateOf(addDays(asOf, -n)),
    month: n => dateOf(addMonths(monthEnd, -n)),
    feed: (id, window) => relations.get(readKey(id, window)) ?? emptyFeed(id),
    partial(name) {
      const found = kept.get(name)
      if (found === undefined) throw new TypeError(`no partial ${name}`)
      if (found.holding.length > 0) return keptRows(reader, found)
      return sql`(${printPartial(found.partial, emptyFeed(found.partial.feed), symbolic)})`
    },
    table: tableName,
    keys: await subscriberKeys(reader),
    zone: reader.zone ?? homeZone,
  }
}

async function relationOf(morning: Morning, id: FeedId, window: Window): Promise<Sql> {
  const { reader, asOf, monthEnd } = morning
  const found =
    feedOf(id).kind === 'state'
      ? await feedState(reader, id, asOf)
      : await feedRows(reader, id, daysRead(id, asOf, spanOf(window, asOf, monthEnd)))
  return found ?? emptyFeed(id)
}

function readsOf(plan: Plan): readonly { readonly id: FeedId; readonly window: Window }[] {
  const state = (id: FeedId) => ({ id, window: { unit: 'all' } as const })
  const hops = plan.tables.flatMap(t => hopFeeds(t)).map(state)
  const rows = plan.tables.filter(t => t.reads.from === 'rows').map(t => ({ id: t.feed, window: t.span }))
  const spine = plan.spine.feed === 'none' ? [] : [state(plan.spine.feed)]
  return [...spine, ...plan.joins.map(j => state(j.feed)), ...hops, ...rows]
}

function hopFeeds(table: Table): readonly FeedId[] {
  const paths = [
    ...table.bases.flatMap(b => b.column ?? []),
    ...[...table.where, ...table.bases.flatMap(b => b.tests)].flatMap(t => [
      t.left,
      ...(t.right?.is === 'column' ? [t.right.path] : []),
    ]),
  ]
  return paths.flatMap(p => p.hops.map(h => h.feed))
}

function readKey(id: FeedId, window: Window): string {
  return window.unit === 'all' ? id : `${id} ${window.unit} ${window.from} ${window.to}`
}

function tableName(name: string): Sql {
  return ident(`factor_${name}`)
}

/** Everything the table is made from: the plan as text, and which delivery answers for every day that is read. */
function fingerprintOf(morning: Morning): string {
  const { plan, deliveries, asOf, monthEnd } = morning
  const partials = plan.tables
    .filter(t => t.reads.from === 'partial')
    .map(t => ({ id: t.feed, window: t.span }))
  const reads = [...readsOf(plan), ...partials].map(({ id, window }) => {
    const span = daysRead(id, asOf, spanOf(window, asOf, monthEnd))
    const segments = segmentsOf(deliveries, id, span).map(s => `${s.from} ${s.to} ${s.print}`)
    return [readKey(id, window), ...segments].join('\n')
  })
  return digest('factor 1', asOf, printPlan({ ...plan, partials: [] }), ...new Set(reads.toSorted()))
}

async function writeTable(
  warehouse: Warehouse,
  morning: Morning,
  wide: Sql,
  fingerprint: string,
  newest: Piece | undefined,
): Promise<number> {
  const { reader, asOf, off } = morning
  const span = { from: asOf, to: addDays(asOf, 1) }
  const version = (newest?.version ?? 0) + 1
  const file = `${pieceName(span, version)}.parquet`
  const learnedOn = learnedLast(morning.deliveries, asOf)
  await writeOff(warehouse, reader.shelf, { span, version, fingerprint, learnedOn }, off)
  const written = await writeParquet(warehouse, wide, path.join(reader.shelf.root, 'factor', file), [
    ident('sub'),
  ])
  await commitPiece(reader.shelf, {
    dataset: 'factor',
    span,
    version,
    fingerprint,
    learnedOn,
    files: [file],
    rows: written.rows,
  })
  return written.rows
}
