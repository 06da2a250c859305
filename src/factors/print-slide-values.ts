import { daysBetween } from '#kernel'
import { ident, join, type Sql, sql } from '#warehouse'
import { type Cell, cellsOf } from './cells.ts'
import {
  bothDays,
  countThenText,
  dayBit,
  dayBits,
  eitherDays,
  square,
  sumOfGreatest,
  textAfterCount,
} from './dialect.ts'
import { halvesOf } from './passes/naive.ts'
import { baseOf, type Output, type Table } from './plan.ts'
import { type Change, type DaySource, keptDays, type Slide, signOf } from './print-slide.ts'
import type { Window } from './rows.ts'
import type { Spelling } from './spelling.ts'

/**
 * Tables by value slide like any other, with a row of cells for each value a subscriber met in the span: on which days,
 * and how often in each window. The days that come and go are few beside what was kept: they are folded first, and what
 * was kept only looks them up.
 */
export function printValueSlide(
  table: Table,
  slide: Slide,
  sources: readonly DaySource[],
  relations: { readonly cells: Sql; readonly sources: readonly Sql[] },
): Sql {
  const cells = cellsOf(table)
  if (sources.length === 0) {
    const kept = cells.map(c => sql`${ofKept(c, slide, sources)} AS ${ident(c.name)}`)
    return remembered(sql`SELECT s.sub AS sub, s.grain AS grain, ${join(kept)} FROM ${relations.cells} AS s`)
  }
  const rows = sources.map((source, i) => {
    const values = cells.map(c => sql`${ofSource(c, slide, source)} AS ${ident(c.name)}`)
    return sql`SELECT d.sub AS sub, d.grain AS grain, ${join(values)} FROM (${relations.sources[i] ?? sql``}) AS d`
  })
  const changes = folded(cells, sql`(\n${join(rows, '\nUNION ALL\n')}\n)`)
  const merged = cells.map(c => sql`${ofBoth(c, slide, sources)} AS ${ident(c.name)}`)
  return remembered(
    sql`SELECT coalesce(s.sub, d.sub) AS sub, coalesce(s.grain, d.grain) AS grain, ${join(merged)}
FROM ${relations.cells} AS s FULL JOIN (${changes}) AS d ON s.sub = d.sub AND s.grain = d.grain`,
  )
}

/** The same cells from every day's rows: how they begin, and what they are checked against. */
export function printValueCells(table: Table, spelling: Spelling): Sql {
  if (table.reads.from !== 'partial' || table.span.unit !== 'day')
    throw new TypeError(`${table.name} is not kept by day`)
  const cells = cellsOf(table)
  const columns = cells.map(c => {
    const stored = storedOf(c, 'r')
    const value =
      c.is === 'days'
        ? sql`CASE WHEN ${stored} > 0 THEN ${dayBit(spelling.day(0), sql`r."day"`)} ELSE ${dayBits(0, 0)} END`
        : sql`CASE WHEN r."day" >= ${spelling.day(c.window.from)} AND r."day" < ${spelling.day(c.window.to)} THEN ${stored} ELSE 0 END`
    return sql`${value} AS ${ident(c.name)}`
  })
  const { from, to } = table.span
  const inSpan = sql`r."day" >= ${spelling.day(from)} AND r."day" < ${spelling.day(to)}`
  const rows = sql`SELECT r.sub AS sub, r.grain AS grain, ${join(columns)} FROM ${spelling.partial(table.reads.partial, table.span)} AS r WHERE ${inSpan}`
  return remembered(folded(cells, sql`(${rows})`))
}

/** A value whose last day left the span is forgotten. */
function remembered(rows: Sql): Sql {
  return sql`SELECT * FROM (\n${rows}\n) AS u WHERE u.seen <> 0`
}

function folded(cells: readonly Cell[], rows: Sql): Sql {
  const folds = cells.map(c =>
    c.is === 'days'
      ? sql`bit_or(${ident(c.name)}) AS ${ident(c.name)}`
      : sql`CAST(sum(${ident(c.name)}) AS BIGINT) AS ${ident(c.name)}`,
  )
  return sql`SELECT sub, grain, ${join(folds)} FROM ${rows} AS f GROUP BY sub, grain`
}

function ofKept(cell: Cell, slide: Slide, sources: readonly DaySource[]): Sql {
  if (cell.is !== 'days') return sql`s.${ident(cell.name)}`
  const gone = sources.filter(s => signOf(cell, s, slide) === 'goes').map(s => s.day)
  return keptDays(cell, slide, gone)
}

function ofBoth(cell: Cell, slide: Slide, sources: readonly DaySource[]): Sql {
  const came = sql`d.${ident(cell.name)}`
  if (cell.is === 'days')
    return eitherDays(ofKept(cell, slide, sources), sql`coalesce(${came}, ${dayBits(0, 0)})`)
  return sql`coalesce(${ofKept(cell, slide, sources)}, 0) + coalesce(${came}, 0)`
}

function ofSource(cell: Cell, slide: Slide, source: DaySource): Sql {
  const sign: Change | undefined = signOf(cell, source, slide)
  const stored = storedOf(cell, 'd')
  if (cell.is === 'days') {
    const bit = daysBetween(source.day, slide.to) - 1
    if (sign !== 'comes') return dayBits(0, 0)
    return sql`CASE WHEN ${stored} > 0 THEN ${dayBits(bit, bit + 1)} ELSE ${dayBits(0, 0)} END`
  }
  if (sign === undefined) return sql`0`
  return sign === 'comes' ? stored : sql`-${stored}`
}

/** How many of its rows a day keeps, or what they add up to; that the value is there at all counts as one. */
function storedOf(cell: Cell, alias: string): Sql {
  if (cell.base.stored === undefined) return sql`1`
  const kept = sql`${ident(alias)}.${ident(cell.base.stored)}`
  return cell.base.column === undefined ? kept : sql`coalesce(${kept}, 0)`
}

/** The table's outputs, read off its cells: one row per subscriber. */
export function printOverValues(table: Table, cells: Sql): Sql {
  const outputs = table.outputs.map(o => sql`${overCells(table, o)} AS ${ident(o.name)}`)
  return sql`SELECT c.sub AS sub, ${join(outputs)} FROM ${cells} AS c GROUP BY c.sub`
}

function overCells(table: Table, output: Output): Sql {
  const base = baseOf(table, output)
  const n = sql`nullif(c.${ident(`n_${output.name}`)}, 0)`
  if (base.fold === 'most') return textAfterCount(sql`max(${countThenText(n, sql`c.grain`)})`)
  if (base.fold === 'top') return sumOfGreatest(n, base.limit ?? 1)
  if (base.fold === 'value-squares') return sql`sum(${square(n)})`
  const days = sql`c.${ident(base.stored === undefined ? 'seen' : `seen_${base.stored}`)}`
  const [now = sql`FALSE`, before] = halvesOf(base.fold, output.window).map(w => metIn(days, w))
  if (before === undefined) return sql`count(CASE WHEN ${now} THEN 1 END)`
  const [has, lacks] = base.fold === 'new-values' ? [now, before] : [before, now]
  return sql`count(CASE WHEN ${has} AND NOT ${lacks} THEN 1 END)`
}

function metIn(days: Sql, window: Window): Sql {
  if (window.unit !== 'day') throw new TypeError('values are met on days')
  return sql`(${bothDays(days, dayBits(window.to, window.from))} <> 0)`
}

/** For how many values of subscribers two makings of the cells differ. */
export function printValueDifferences(table: Table, one: Sql, other: Sql): Sql {
  const differ = cellsOf(table).map(
    c => sql`coalesce(a.${ident(c.name)}, 0) <> coalesce(b.${ident(c.name)}, 0)`,
  )
  return sql`SELECT count(CASE WHEN ${join(differ, ' OR ')} THEN 1 END) AS differ
FROM (${one}) AS a FULL JOIN ${other} AS b ON a.sub = b.sub AND a.grain = b.grain`
}
