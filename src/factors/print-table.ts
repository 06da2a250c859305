import { ident, join, type Sql, sql } from '#warehouse'
import { countThenText, exact, millionths, square, sumOfGreatest, textAfterCount } from './dialect.ts'
import { halvesOf } from './passes/naive.ts'
import { byDay } from './passes/partials.ts'
import { type Base, baseOf, type Output, type Partial, type Table } from './plan.ts'
import { foldBuckets, foldPartials, foldRows, isWhole } from './print-fold.ts'
import { all, column, condition, inSpan, source, within } from './print-rows.ts'
import { pathsOf, type Window } from './rows.ts'
import type { Spelling } from './spelling.ts'

/** A table of the plan as a SELECT: one row per subscriber. */
export function printTable(table: Table, spelling: Spelling): Sql {
  switch (table.shape) {
    case 'direct':
      return direct(table, spelling)
    case 'buckets':
      return bucketed(table, spelling)
    case 'values':
      return byValue(table, spelling)
    case 'days':
      return overDays(table, spelling)
  }
}

/** A day partial as a SELECT over some days' rows. */
export function printPartial(partial: Partial, rows: Sql, spelling: Spelling): Sql {
  const grain = partial.grain === undefined ? [] : [sql`${column(partial.grain)} AS grain`]
  const bases = partial.bases.map(b => sql`${foldRows(b, [], spelling)} AS ${ident(b.name)}`)
  const by = partial.grain === undefined ? sql`1, 2` : sql`1, 2, 3`
  return select(
    [sql`r."sub" AS sub`, sql`r."day" AS "day"`, ...grain, ...bases],
    fromOf(partial, rows, spelling),
    wheres(partial, spelling),
    by,
  )
}

/** A partial's rows in the order in which they are kept. */
export function partialOrder(partial: Partial): readonly Sql[] {
  return [sql`"day"`, sql`sub`, ...(partial.grain === undefined ? [] : [sql`grain`])]
}

function direct(table: Table, spelling: Spelling): Sql {
  const outputs = table.outputs.map(o => {
    const folded = fold(table)(baseOf(table, o), within(o.window, table.span, spelling), spelling)
    return sql`${folded} AS ${ident(o.name)}`
  })
  return select(
    [sql`r."sub" AS sub`, ...outputs],
    fromOf(table, relation(table, spelling), spelling),
    rowsWhere(table, spelling),
    sql`1`,
  )
}

/** Rows per day first, as a day partial would keep them, unless one did; then over the days. */
function overDays(table: Table, spelling: Spelling): Sql {
  if (table.reads.from === 'partial') return direct(table, spelling)
  const { table: told, partial } = byDay(table)
  const days = printPartial(partial, spelling.feed(table.feed, table.span), spelling)
  return direct(
    { ...told, reads: { from: 'partial', partial: partial.name } },
    { ...spelling, partial: () => sql`(${indented(days)})` },
  )
}

function bucketed(table: Table, spelling: Spelling): Sql {
  const bases = table.bases.map(b => sql`${fold(table)(b, [], spelling)} AS ${ident(b.name)}`)
  const head = [sql`r."sub" AS sub`, sql`${bucketOf(table.cuts, spelling)} AS bk`]
  const inner = select(
    [...head, ...bases],
    fromOf(table, relation(table, spelling), spelling),
    rowsWhere(table, spelling),
    sql`1, 2`,
  )
  const outputs = table.outputs.map(o => {
    const { first, last } = bucketsOf(o.window, table.cuts)
    return sql`${foldBuckets(baseOf(table, o), first, last, table.cuts.length - 1)} AS ${ident(o.name)}`
  })
  return select([sql`sub`, ...outputs], sql`(${indented(inner)})`, [], sql`1`)
}

/** Per value first, then how many values, or which one comes most often. */
function byValue(table: Table, spelling: Spelling): Sql {
  const fromPartial = table.reads.from === 'partial'
  const value = fromPartial ? sql`r."grain"` : column(table.grain ?? missingGrain())
  const seen = sightings(table).map(base => {
    const conditions = fromPartial
      ? base.stored === undefined
        ? []
        : [sql`r.${ident(base.stored)} > 0`]
      : base.tests.map(t => condition(t, spelling))
    const bit = bucketBit(table.cuts, spelling)
    const each = conditions.length === 0 ? bit : sql`CASE WHEN ${all(conditions)} THEN ${bit} END`
    return sql`bit_or(${each}) AS ${ident(seenName(base))}`
  })
  const counts = table.outputs
    .filter(o => weighed.has(baseOf(table, o).fold))
    .map(o => {
      const base = baseOf(table, o)
      const own = fromPartial ? [] : base.tests.map(t => condition(t, spelling))
      const inside = [...within(o.window, table.span, spelling), ...own]
      const one = weightOf(base)
      const each = inside.length === 0 ? one : sql`CASE WHEN ${all(inside)} THEN ${one} END`
      const sum = isWhole(base) ? sql`CAST(sum(${each}) AS BIGINT)` : sql`sum(${each})`
      // A day keeps zero for a value of which no row satisfies the tests: that value was not there.
      const known = base.column === undefined ? sql`nullif(${sum}, 0)` : sum
      return sql`${known} AS ${ident(`n_${o.name}`)}`
    })
  const inner = select(
    [sql`r."sub" AS sub`, sql`${value} AS grain`, ...seen, ...counts],
    fromOf(table, relation(table, spelling), spelling),
    rowsWhere(table, spelling),
    sql`1, 2`,
  )
  const outputs = table.outputs.map(o => sql`${overValues(table, o)} AS ${ident(o.name)}`)
  return select([sql`sub`, ...outputs], sql`(${indented(inner)})`, [], sql`1`)
}

function overValues(table: Table, output: Output): Sql {
  const base = baseOf(table, output)
  const n = ident(`n_${output.name}`)
  if (base.fold === 'most') return textAfterCount(sql`max(${countThenText(n, sql`grain`)})`)
  if (base.fold === 'top') return sumOfGreatest(n, base.limit ?? 1)
  if (base.fold === 'value-squares') return sql`sum(${square(isWhole(base) ? n : millionths(n))})`
  if (!isSeen(table, base)) return sql`count(*)`
  const seen = ident(seenName(base))
  const [now = 0, before] = halvesOf(base.fold, output.window).map(w => bitsOf(w, table.cuts))
  if (before === undefined) return sql`count(CASE WHEN ${seen} & ${now} <> 0 THEN 1 END)`
  const [has, lacks] = base.fold === 'new-values' ? [now, before] : [before, now]
  return sql`count(CASE WHEN ${seen} & ${has} <> 0 AND ${seen} & ${lacks} = 0 THEN 1 END)`
}

/** One base for each set of rows of which it must be known in which buckets they were seen. */
function sightings(table: Table): readonly Base[] {
  const asking = table.bases.filter(b => !weighed.has(b.fold) && isSeen(table, b))
  return [...new Map(asking.map(b => [seenName(b), b])).values()]
}

/** With one bucket and no tests of its own, that a value is there says it all. */
function isSeen(table: Table, base: Base): boolean {
  return table.cuts.length > 1 || base.tests.length > 0
}

function seenName(base: Base): string {
  return base.stored === undefined && base.tests.length === 0 ? 'seen' : `seen_${base.stored ?? base.name}`
}

/** The buckets of a window as bits of a `seen`. */
function bitsOf(window: Window, cuts: readonly number[]): number {
  const { first, last } = bucketsOf(window, cuts)
  return 2 ** (last + 1) - 2 ** first
}

/** Folds for which rows, or a column of them, add up for each value. */
const weighed: ReadonlySet<Base['fold']> = new Set(['most', 'top', 'value-squares'])

function weightOf(base: Base): Sql {
  if (base.stored !== undefined) return sql`r.${ident(base.stored)}`
  if (base.column === undefined) return sql`1`
  return isWhole(base) ? column(base.column) : exact(column(base.column))
}

function missingGrain(): never {
  throw new TypeError('a table by value has no value')
}

function fold(table: Table): (base: Base, also: readonly Sql[], spelling: Spelling) => Sql {
  return table.reads.from === 'rows' ? foldRows : foldPartials
}

function relation(table: Table, spelling: Spelling): Sql {
  return table.reads.from === 'partial'
    ? spelling.partial(table.reads.partial, table.span)
    : spelling.feed(table.feed, table.span)
}

function fromOf(of: Table | Partial, rows: Sql, spelling: Spelling): Sql {
  if ('reads' in of && of.reads.from === 'partial') return sql`${rows} AS r`
  const columns = of.bases.flatMap(b => b.column ?? [])
  const tested = [...of.where, ...of.bases.flatMap(b => b.tests)]
  return source(
    of.feed,
    rows,
    [...columns, ...(of.grain === undefined ? [] : [of.grain]), ...pathsOf(tested)],
    spelling,
  )
}

function wheres(of: Table | Partial, spelling: Spelling): readonly Sql[] {
  return of.where.map(t => condition(t, spelling))
}

function rowsWhere(table: Table, spelling: Spelling): readonly Sql[] {
  const own = table.reads.from === 'partial' ? [] : wheres(table, spelling)
  return [...inSpan(table.span, spelling), ...own]
}

function bucketOf(cuts: readonly number[], spelling: Spelling): Sql {
  const steps = cuts.slice(0, -1).map((cut, i) => sql`WHEN r."day" >= ${spelling.day(cut)} THEN ${i}`)
  const bucket = steps.length === 0 ? sql`0` : sql`CASE ${join(steps, ' ')} ELSE ${cuts.length - 1} END`
  return sql`CAST(${bucket} AS TINYINT)`
}

function bucketBit(cuts: readonly number[], spelling: Spelling): Sql {
  const steps = cuts.slice(0, -1).map((cut, i) => sql`WHEN r."day" >= ${spelling.day(cut)} THEN ${2 ** i}`)
  return steps.length === 0 ? sql`1` : sql`CASE ${join(steps, ' ')} ELSE ${2 ** (cuts.length - 1)} END`
}

/** Bucket i ends cuts[i] days before the as-of day. */
function bucketsOf(
  window: Window,
  cuts: readonly number[],
): { readonly first: number; readonly last: number } {
  if (window.unit === 'all') throw new TypeError('no window to find buckets for')
  return { first: window.to === 0 ? 0 : cuts.indexOf(window.to) + 1, last: cuts.indexOf(window.from) }
}

function select(columns: readonly Sql[], from: Sql, where: readonly Sql[], groupBy: Sql): Sql {
  const tail = where.length === 0 ? sql`` : sql`\nWHERE ${join(where, '\n  AND ')}`
  return sql`SELECT ${join(columns, ',\n  ')}\nFROM ${from}${tail}\nGROUP BY ${groupBy}`
}

function indented(inner: Sql): Sql {
  return sql`\n${inner}\n`
}
