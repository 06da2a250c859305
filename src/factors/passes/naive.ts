import { feedOf } from '#ingest'
import type { FactorColumn } from '../lower.ts'
import type { Base, Join, Output, Peers, Plan, PlanColumn, Table } from '../plan.ts'
import { hopsOf, type Path, pathText, type Test, testText, type Window } from '../rows.ts'
import { dailyFolds, foldsOver, type Measure, type Value } from '../value.ts'

/** Subscribers that have left have no factors: they cannot be warned, contacted or counted. */
const stillHere: readonly Test[] = [
  {
    left: {
      hops: [],
      column: 'status',
      of: {
        name: 'status',
        type: 'code',
        nullable: false,
        means: { en: 'state of the line', zh: '用户状态' },
      },
    },
    op: 'not in',
    right: { is: 'list', values: ['closed', 'ported_out'] },
  },
]

/** The plan without any cleverness: every measure its own table. */
export function naive(columns: readonly FactorColumn[], spineFeed: 'subscriber' | 'none'): Plan {
  const measures = new Map(columns.flatMap(c => measuresIn(c.value)).map(m => [measureKey(m), m]))
  const levels = levelsOf(columns)
  const planned = columns.map<PlanColumn>(c => ({ ...c, level: levels.get(c.id) ?? 0 }))
  return {
    spine: { feed: spineFeed, where: spineFeed === 'none' ? [] : stillHere },
    partials: [],
    tables: [...measures].map(([key, m], i) => tableOf(key, m, i)),
    joins: joinsOf(planned, spineFeed),
    peers: peersOf(planned),
    columns: planned,
  }
}

/** Equal measures have equal keys. */
export function measureKey(m: Measure): string {
  const tests = m.where.map(testText).toSorted().join(' and ')
  const window = m.window.unit === 'all' ? 'all' : `${m.window.unit} ${m.window.from} ${m.window.to}`
  const fold = m.limit === undefined ? m.fold : `${m.fold} ${m.limit}`
  const columns = [m.column, m.grain].map(c => (c === undefined ? '' : pathText(c))).join(' by ')
  return `${fold} ${m.feed} ${columns} [${window}] ${tests}`
}

export function measuresIn(value: Value): readonly Measure[] {
  if (value.is === 'measure') return [value.measure]
  return value.is === 'call' ? value.of.flatMap(measuresIn) : []
}

function tableOf(key: string, m: Measure, i: number): Table {
  const grained = shapeFor(m) === 'values'
  const grain = grained ? (m.grain ?? m.column) : undefined
  const asked = grain !== undefined && (grain.of.nullable || grain.hops.length > 0)
  const known: readonly Test[] = asked ? [{ left: grain, op: 'known' }] : []
  const base: Base = {
    name: m.fold.replaceAll('-', '_'),
    fold: m.fold,
    ...(m.column === undefined || m.column === grain ? {} : { column: m.column }),
    tests: [],
    order: m.order,
    tied: m.tied,
    ...(m.limit === undefined ? {} : { limit: m.limit }),
  }
  const output: Output = { name: base.name, key, base: base.name, window: m.window }
  return {
    name: `${m.feed}_${i}`,
    feed: m.feed,
    reads: { from: 'rows' },
    span: m.window,
    where: [...m.where, ...known],
    shape: shapeFor(m),
    ...(grain === undefined ? {} : { grain }),
    cuts: grained ? cutsOf(halvesOf(m.fold, m.window)) : [],
    bases: [base],
    outputs: [output],
  }
}

/** A feed with one row per subscriber and day (or month) has its totals in its rows. */
function shapeFor({ fold, feed }: Measure): Table['shape'] {
  const isTotal = feedOf(feed).key.every(k => ['subscriber_id', 'day', 'month'].includes(k))
  if (dailyFolds.has(fold) && !isTotal) return 'days'
  return foldsOver[fold] === 'value' ? 'values' : 'direct'
}

/** The windows in which a fold asks for values: the newer and the older half where it compares them. */
export function halvesOf(fold: Measure['fold'], window: Window): readonly Window[] {
  if (window.unit === 'all' || (fold !== 'new-values' && fold !== 'lost-values')) return [window]
  const middle = (window.from + window.to) / 2
  return [
    { ...window, from: middle },
    { ...window, to: middle },
  ]
}

/** Every edge of the windows, as the number of days before the as-of day at which a bucket ends. */
export function cutsOf(windows: readonly Window[]): readonly number[] {
  const edges = windows.flatMap(w => (w.unit === 'day' ? [w.from, w.to] : []))
  return [...new Set(edges)].filter(e => e > 0).toSorted((a, b) => a - b)
}

function levelsOf(columns: readonly FactorColumn[]): ReadonlyMap<string, number> {
  const levels = new Map<string, number>()
  for (const c of columns) {
    const below = factorsIn(c.value).map(id => levels.get(id) ?? 0)
    levels.set(c.id, below.length === 0 ? 0 : 1 + Math.max(...below))
  }
  return levels
}

export function factorsIn(value: Value): readonly string[] {
  if (value.is === 'factor') return [value.id]
  if (value.is === 'lookup') return [value.key]
  if (value.is === 'peers') return [value.of, ...value.by]
  return value.is === 'call' ? value.of.flatMap(factorsIn) : []
}

function peersOf(columns: readonly PlanColumn[]): readonly Peers[] {
  const found = new Map<string, Peers>()
  for (const { value, level } of columns) {
    for (const { of, by } of peersIn(value)) {
      const name = peersName(by, level)
      const before = found.get(name)?.of ?? []
      found.set(name, { name, by, level, of: [...new Set([...before, of])] })
    }
  }
  return [...found.values()].toSorted((a, b) => a.level - b.level)
}

export function peersName(by: readonly string[], level: number): string {
  return [...by, level].join('_')
}

export function peersIn(value: Value): readonly (Value & { is: 'peers' })[] {
  if (value.is === 'peers') return [value]
  return value.is === 'call' ? value.of.flatMap(peersIn) : []
}

export const spineAlias = 's'

/** The alias under which a field's or lookup's column is found. */
export function aliasOf(value: Value & { is: 'field' | 'lookup' }, spineFeed: Plan['spine']['feed']): string {
  return [rootAlias(value, spineFeed), ...value.path.hops.map(h => h.column)].join('_')
}

function rootAlias(value: Value & { is: 'field' | 'lookup' }, spineFeed: Plan['spine']['feed']): string {
  if (value.is === 'lookup') return `${value.key}_${value.feed}`
  return value.feed === spineFeed ? spineAlias : value.feed
}

function joinsOf(columns: readonly PlanColumn[], spineFeed: Plan['spine']['feed']): readonly Join[] {
  const joins = new Map<string, Join>()
  for (const { value, level } of columns) {
    for (const leaf of leavesIn(value)) {
      const root = rootAlias(leaf, spineFeed)
      const on: Join['on'] = leaf.is === 'lookup' ? { is: 'factor', id: leaf.key } : { is: 'sub' }
      const at = leaf.is === 'lookup' ? level : 0
      if (root !== spineAlias) joins.set(root, { alias: root, feed: leaf.feed, on, level: at })
      for (const hops of hopsOf([leaf.path])) addHop(joins, root, hops.at(-1), hops.length, leaf.path, at)
    }
  }
  return [...joins.values()]
}

function addHop(
  joins: Map<string, Join>,
  root: string,
  hop: Path['hops'][number] | undefined,
  depth: number,
  path: Path,
  level: number,
): void {
  if (hop === undefined) return
  const from = [root, ...path.hops.slice(0, depth - 1).map(h => h.column)].join('_')
  const alias = `${from}_${hop.column}`
  joins.set(alias, { alias, feed: hop.feed, on: { is: 'hop', alias: from, hop }, level })
}

export function leavesIn(value: Value): readonly (Value & { is: 'field' | 'lookup' })[] {
  if (value.is === 'field' || value.is === 'lookup') return [value]
  return value.is === 'call' ? value.of.flatMap(leavesIn) : []
}
