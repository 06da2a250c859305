import { type FeedId, feedOf } from '#ingest'
import { type Base, baseOf, type Output, type Plan, type Table } from '../plan.ts'
import { hopsOf, pathsOf, pathText, type Test, testText, type Window } from '../rows.ts'
import { cutsOf, halvesOf } from './naive.ts'

/**
 * Feeds with many rows per subscriber and day: there a row costs more than a scan, so that one scan per predicate
 * (`kind = voice`) beats one scan that tests every row for every measure. The others are read once.
 */
export const dense: ReadonlySet<FeedId> = new Set(['usage'])

/** Tables that read the same rows become one: the tests they all make filter its rows, the rest stays with each base. */
export function cluster(plan: Plan): Plan {
  const chosen = new Map<FeedId, string | undefined>()
  for (const feed of new Set(plan.tables.map(t => t.feed))) {
    chosen.set(feed, dense.has(feed) ? discriminator(plan.tables.filter(t => t.feed === feed)) : undefined)
  }
  const key = (t: Table) => rowsKey(t, chosen.get(t.feed))
  const sameRows = Map.groupBy(plan.tables, key)
  const names = new Set<string>()
  const tables = [...Map.groupBy(plan.tables, t => `${t.shape} ${key(t)}`).values()].map(group =>
    merged(group, sharedBy(group, sameRows.get(group.map(key)[0] ?? '')), name => unique(names, name)),
  )
  return { ...plan, tables }
}

/** Tests that all of the tables make; of a dense feed all tables of the same rows, whose day partials are then one. */
function sharedBy(group: readonly Table[], sameRows: readonly Table[] = []): readonly Test[] {
  const alike = group.some(t => dense.has(t.feed)) ? sameRows : group
  const tests = group[0]?.where ?? []
  return tests.filter(t => alike.every(g => g.where.some(w => testText(w) === testText(t))))
}

/** Tables with equal keys read the same rows. */
function rowsKey(table: Table, column: string | undefined): string {
  if (table.grain !== undefined)
    return `${table.feed} by ${pathText(table.grain)} via ${viaOf(table).join(',')}`
  const via = feedOf(table.feed).kind === 'state' ? [] : viaOf(table)
  const value = column === undefined ? '' : (equalTo(table, column) ?? 'any')
  return `${table.feed} via ${via.join(',')} where ${value}`
}

/** What its rows are joined with: rows of an event feed are too many to be joined for those who do not need it. */
function viaOf(table: Table): readonly string[] {
  const hops = hopsOf([...pathsOf(table.where), ...table.bases.flatMap(b => b.column ?? [])])
  return hops.map(h => h.map(x => x.column).join('.')).toSorted()
}

/** The column that most measures fix to one value. */
function discriminator(tables: readonly Table[]): string | undefined {
  const fixed = tables
    .filter(t => t.grain === undefined)
    .flatMap(t => t.where.filter(isEqual).map(x => pathText(x.left)))
  const counts = [...Map.groupBy(fixed, name => name)].map(([name, all]) => ({ name, count: all.length }))
  const best = counts.toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))[0]
  return best === undefined || best.count < 2 ? undefined : best.name
}

function isEqual(test: Test): boolean {
  return test.op === '=' && test.right?.is === 'literal'
}

function equalTo(table: Table, column: string): string | undefined {
  const test = table.where.find(t => isEqual(t) && pathText(t.left) === column)
  return test?.right?.is === 'literal' ? String(test.right.value) : undefined
}

function merged(group: readonly Table[], shared: readonly Test[], named: (name: string) => string): Table {
  const [first] = group
  if (first === undefined) throw new TypeError('an empty cluster')
  const sharedTexts = new Set(shared.map(testText))
  const bases = new Map<string, Base>()
  const names = new Set<string>()
  const outputs = group.flatMap(table =>
    table.outputs.map<Output>(output => {
      const own = table.where.filter(t => !sharedTexts.has(testText(t)))
      const base = baseOf(table, output)
      const key = baseKey(base, own)
      const made = bases.get(key) ?? { ...base, name: unique(names, baseName(base, own)), tests: own }
      bases.set(key, made)
      return { ...output, base: made.name, name: outputName(made.name, output.window) }
    }),
  )
  const span = hull(group.map(t => t.span))
  return {
    ...first,
    name: named(tableName(first, shared)),
    where: shared,
    span,
    cuts: first.grain === undefined ? [] : cutsOf(group.flatMap(asked)),
    bases: [...bases.values()],
    outputs,
  }
}

function asked(table: Table): readonly Window[] {
  return table.outputs.flatMap(o =>
    table.bases.filter(b => b.name === o.base).flatMap(b => halvesOf(b.fold, o.window)),
  )
}

function baseKey(base: Base, own: readonly Test[]): string {
  const column = base.column === undefined ? '' : pathText(base.column)
  const fold = base.limit === undefined ? base.fold : `${base.fold} ${base.limit}`
  return `${fold} ${column} ${own.map(testText).toSorted().join(' and ')}`
}

/** sum_duration_s_out_rival_a_rival_b: the fold, its column, and the values its tests name. */
function baseName(base: Base, own: readonly Test[]): string {
  const column = base.column === undefined ? '' : pathText(base.column)
  return slug([base.fold, `${base.limit ?? ''}`, column, ...own.map(testWord)])
}

function testWord(test: Test): string {
  const right = test.right
  if (right?.is === 'literal') {
    const plainly = test.op === '=' && typeof right.value === 'string'
    return `${plainly ? '' : (test.left.part ?? test.left.column)}_${String(right.value)}`
  }
  if (right?.is === 'list') return right.values.join('_')
  return test.op === 'known' ? '' : `${test.left.column}_${test.op}`
}

function tableName(table: Table, shared: readonly Test[]): string {
  if (table.grain !== undefined) return slug([table.feed, table.grain.column])
  const days = table.shape === 'days' ? ['days'] : []
  return slug([table.feed, ...days, ...shared.filter(isEqual).map(testWord)])
}

function slug(parts: readonly string[]): string {
  const words = parts
    .join('_')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
  return words.replaceAll(/_+/g, '_').replaceAll(/^_|_$/g, '').slice(0, 60)
}

function outputName(base: string, window: Window): string {
  if (window.unit === 'all') return base
  return `${base}_${window.unit[0]}${window.from}${window.to === 0 ? '' : `_${window.to}`}`
}

function unique(names: Set<string>, wanted: string): string {
  let name = wanted
  for (let n = 2; names.has(name); n++) name = `${wanted}_${n}`
  names.add(name)
  return name
}

function hull(spans: readonly Window[]): Window {
  const bounded = spans.flatMap(s => (s.unit === 'all' ? [] : [s]))
  const [first] = bounded
  if (first === undefined) return { unit: 'all' }
  const from = Math.max(...bounded.map(s => s.from))
  return { unit: first.unit, from, to: Math.min(...bounded.map(s => s.to)) }
}
