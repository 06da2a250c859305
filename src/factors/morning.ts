import { type FeedId, type FeedReader, feedOf, feedRows, feedState, noRows, subscriberKeys } from '#ingest'
import { addDays, addMonths, type DaySpan, digest, homeZone, monthStart, type PlainDate } from '#kernel'
import { dateOf, ident, type Sql, sql } from '#warehouse'
import type { FactorCatalogue } from './catalogue.ts'
import { type Kept, keptRows } from './day-partials.ts'
import { fuse } from './fuse.ts'
import { type Deliveries, daysRead, deliveriesOf, learnedLast, segmentsOf, startsOf } from './inputs.ts'
import { readLedger } from './ledger.ts'
import { type OffFactor, spanOf, switchOffShort, switchOffUndelivered } from './off.ts'
import type { Plan, Table } from './plan.ts'
import { printPlan } from './print-plan.ts'
import { printPartial } from './print-table.ts'
import { printSubscribers } from './print-wide.ts'
import { pathsOf, type Window } from './rows.ts'
import { type Spelling, symbolic } from './spelling.ts'

/** What is computed on one morning, and from which deliveries. */
export interface Morning {
  readonly asOf: PlainDate
  readonly monthEnd: PlainDate
  readonly reader: FeedReader
  readonly deliveries: Deliveries
  /** The newest day on which anything of it was learned. */
  readonly learnedOn: PlainDate
  readonly plan: Plan
  readonly off: readonly OffFactor[]
  /** What the plan reads of the feeds, and the subscribers: looked up once, before anything is printed. */
  readonly relations: ReadonlyMap<string, Sql>
  readonly keys: Sql
}

/** Subscribers whose `sub` lies in [from, to). */
export interface SubRange {
  readonly from: number
  readonly to: number
}

/** Bills of a month come with the first data day of the next: the last closed month ends before yesterday's month. */
export function monthEndOf(asOf: PlainDate): PlainDate {
  return monthStart(addDays(asOf, -1))
}

export async function planFor(
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
  const kept = incremental ? await readLedger(reader.shelf) : []
  const whole = fuse(undelivered.columns, { spineFeed, incremental, kept })
  // What reaches too far back is emptied after fusing, so that partials do not change on the day it no longer does.
  const short = switchOffShort(undelivered.columns, starts, asOf, monthEnd)
  const values = new Map(short.columns.map(c => [c.id, c.value]))
  const columns = whole.columns.map(c => ({ ...c, value: values.get(c.id) ?? c.value }))
  const off = [...undelivered.off, ...short.off.filter(o => !undelivered.off.some(u => u.id === o.id))]
  const learnedOn = learnedLast(deliveries, asOf)
  const plan = { ...whole, columns }
  const relations = await relationsOf({ reader, asOf, monthEnd }, plan)
  const keys = await subscriberKeys(reader)
  return { asOf, monthEnd, reader, deliveries, learnedOn, plan, off, relations, keys }
}

type When = Pick<Morning, 'asOf' | 'monthEnd'>

async function relationsOf(
  when: When & Pick<Morning, 'reader'>,
  plan: Plan,
): Promise<ReadonlyMap<string, Sql>> {
  const relations = new Map<string, Sql>()
  for (const { id, window } of readsOf(plan)) {
    const key = readKey(id, window)
    if (!relations.has(key)) relations.set(key, await relationOf(when, id, window))
  }
  return relations
}

/** The days of a feed that a window looks at this morning. */
export function daysOfWindow({ asOf, monthEnd }: When, id: FeedId, window: Window): DaySpan {
  return daysRead(id, asOf, spanOf(window, asOf, monthEnd))
}

/** What the plan's names stand for this morning: rows of all subscribers, or of those of a range. */
export function spellingOf(
  morning: Morning,
  kept: ReadonlyMap<string, Kept>,
  tables: ReadonlyMap<string, Sql>,
  range?: SubRange,
  peers: ReadonlyMap<string, Sql> = new Map(),
): Spelling {
  const { asOf, monthEnd, plan, reader, relations } = morning
  const spelling: Spelling = {
    day: n => dateOf(addDays(asOf, -n)),
    month: n => dateOf(addMonths(monthEnd, -n)),
    feed(id, window) {
      const found = relations.get(readKey(id, window))
      return found === undefined ? noRows(feedOf(id)) : inRange(found, id, range)
    },
    partial(name) {
      const found = kept.get(name)
      if (found === undefined) throw new TypeError(`no partial ${name}`)
      if (found.holding.length > 0) return within(keptRows(reader, found), range)
      return sql`(${printPartial(found.partial, noRows(feedOf(found.partial.feed)), symbolic)})`
    },
    table: name => tables.get(name) ?? ident(`t_${name}`),
    peers: name => peers.get(name) ?? ident(`peers_${name}`),
    keys: within(morning.keys, range),
    subscribers: symbolic.subscribers,
    zone: reader.zone ?? homeZone,
  }
  return { ...spelling, subscribers: sql`(${printSubscribers(plan, spelling)})` }
}

/** The rows of a relation that belong to subscribers of the range. */
export function within(relation: Sql, range: SubRange | undefined): Sql {
  if (range === undefined) return relation
  return sql`(SELECT * FROM ${relation} AS w WHERE w.sub >= ${range.from} AND w.sub < ${range.to})`
}

function inRange(relation: Sql, id: FeedId, range: SubRange | undefined): Sql {
  const names = feedOf(id).columns.some(c => c.name === 'subscriber_id')
  return names ? within(relation, range) : relation
}

async function relationOf(when: When & Pick<Morning, 'reader'>, id: FeedId, window: Window): Promise<Sql> {
  const found =
    feedOf(id).kind === 'state'
      ? await feedState(when.reader, id, when.asOf)
      : await feedRows(when.reader, id, daysOfWindow(when, id, window))
  return found ?? noRows(feedOf(id))
}

function readsOf(plan: Plan): readonly { readonly id: FeedId; readonly window: Window }[] {
  const state = (id: FeedId) => ({ id, window: { unit: 'all' } as const })
  const hops = plan.tables.flatMap(t => hopFeeds(t)).map(state)
  const rows = plan.tables.filter(t => t.reads.from === 'rows').map(t => ({ id: t.feed, window: t.span }))
  const spine = plan.spine.feed === 'none' ? [] : [state(plan.spine.feed)]
  return [...spine, ...plan.joins.map(j => state(j.feed)), ...hops, ...rows]
}

/** The feeds that a table's rows lead to. */
export function hopFeeds(table: Table): readonly FeedId[] {
  const paths = [
    ...(table.grain === undefined ? [] : [table.grain]),
    ...table.bases.flatMap(b => b.column ?? []),
    ...pathsOf([...table.where, ...table.bases.flatMap(b => b.tests)]),
  ]
  return [...new Set(paths.flatMap(p => p.hops.map(h => h.feed)))]
}

function readKey(id: FeedId, window: Window): string {
  return window.unit === 'all' ? id : `${id} ${window.unit} ${window.from} ${window.to}`
}

/** Which delivery answers for every day of a feed that a window looks at, as text. */
export function readPrint(morning: Morning, id: FeedId, window: Window): string {
  const segments = segmentsOf(morning.deliveries, id, daysOfWindow(morning, id, window))
  return [readKey(id, window), ...segments.map(s => `${s.from} ${s.to} ${s.print}`)].join('\n')
}

/** Everything the factor table is made from: the plan as text, and which delivery answers for every day that is read. */
export function fingerprintOf(morning: Morning): string {
  const { plan, asOf } = morning
  const partials = plan.tables.filter(t => t.reads.from === 'partial')
  const reads = [...readsOf(plan), ...partials.map(t => ({ id: t.feed, window: t.span }))]
  const prints = reads.map(({ id, window }) => readPrint(morning, id, window))
  return digest('factor 2', asOf, printPlan({ ...plan, partials: [] }), ...new Set(prints.toSorted()))
}
