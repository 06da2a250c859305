import { addDays, daysBetween, type PlainDate } from '#kernel'
import { dateOf, ident, join, type Sql, sql } from '#warehouse'
import { type Cell, cellsOf, type DayWindow, dayOf } from './cells.ts'
import { bothDays, dayBits, daysLater, eitherDays } from './dialect.ts'
import { type Base, baseOf, type Output, type Table } from './plan.ts'
import { ofDay } from './print-fold.ts'

/** One day's rows from one delivery, folded per subscriber. */
export interface DaySource {
  readonly day: PlainDate
  readonly print: string
}

/** From which morning to which, and which delivery answered then and answers now for each day. */
export interface Slide {
  readonly from: PlainDate
  readonly to: PlainDate
  readonly before: ReadonlyMap<PlainDate, string>
  readonly after: ReadonlyMap<PlainDate, string>
}

export type Change = 'comes' | 'goes'

/** The days whose rows a table must see to be brought forward; undefined when it cannot be. */
export function sourcesOf(table: Table, slide: Slide): readonly DaySource[] | undefined {
  const cells = cellsOf(table)
  const sources = [...paired(slide.before), ...paired(slide.after)]
  const different = [...new Map(sources.map(s => [`${s.day} ${s.print}`, s])).values()]
  const needed = different.filter(s => cells.some(c => change(c, s, slide) !== 0))
  const forgets = cells.some(
    c => (c.is === 'day' || c.is === 'value') && needed.some(s => isTaken(c, s, slide)),
  )
  return forgets ? undefined : needed.toSorted((a, b) => (a.day < b.day ? -1 : 1))
}

function paired(days: ReadonlyMap<PlainDate, string>): readonly DaySource[] {
  return [...days].map(([day, print]) => ({ day, print }))
}

/** +1: these rows come into the cell; −1: they go; 0: they stay in or out. */
function change(cell: Cell, source: DaySource, slide: Slide): -1 | 0 | 1 {
  const was = slide.before.get(source.day) === source.print && isIn(cell.window, source.day, slide.from)
  const is = slide.after.get(source.day) === source.print && isIn(cell.window, source.day, slide.to)
  // What is remembered by day forgets by itself; only a day that was corrected must be taken back.
  if (cell.is !== 'sum' && was && !is && !isIn(cell.window, source.day, slide.to)) return 0
  if (was === is) return 0
  return is ? 1 : -1
}

/** Whether a day's rows come into a cell or go from it. */
export function signOf(cell: Cell, source: DaySource, slide: Slide): Change | undefined {
  const sign = change(cell, source, slide)
  return sign === 0 ? undefined : sign === 1 ? 'comes' : 'goes'
}

/** A newest day or value cannot say which was the newest before it. */
function isTaken(cell: Cell, source: DaySource, slide: Slide): boolean {
  return change(cell, source, slide) === -1
}

function isIn(window: DayWindow, day: PlainDate, asOf: PlainDate): boolean {
  return day >= addDays(asOf, -window.from) && day < addDays(asOf, -window.to)
}

/** Yesterday's cells and the days between → today's cells. `relations` are the sources', in the same order. */
export function printSlide(
  table: Table,
  slide: Slide,
  sources: readonly DaySource[],
  relations: { readonly keys: Sql; readonly cells: Sql; readonly sources: readonly Sql[] },
): Sql {
  const cells = cellsOf(table).map(c => sql`${moved(c, slide, sources)} AS ${ident(c.name)}`)
  const joins = relations.sources.map(
    (rows, i) => sql`LEFT JOIN (${rows}) AS ${alias(i)} ON ${alias(i)}.sub = k.sub`,
  )
  const seen = [sql`s.sub IS NOT NULL`, ...sources.map((_, i) => sql`${alias(i)}.sub IS NOT NULL`)]
  const from = join(
    [sql`${relations.keys} AS k`, sql`LEFT JOIN ${relations.cells} AS s ON s.sub = k.sub`, ...joins],
    '\n  ',
  )
  return sql`SELECT ${join([sql`k.sub AS sub`, ...cells], ',\n  ')}\nFROM ${from}\nWHERE ${join(seen, ' OR ')}`
}

function alias(i: number): Sql {
  return ident(`d${i}`)
}

function moved(cell: Cell, slide: Slide, sources: readonly DaySource[]): Sql {
  const changes = sources.flatMap((s, i) => {
    const sign = signOf(cell, s, slide)
    return sign === undefined ? [] : [{ ...s, is: sign, column: stored(cell.base, i) }]
  })
  switch (cell.is) {
    case 'sum':
      return movedSum(cell, changes)
    case 'days':
      return movedDays(cell, slide, changes)
    case 'day':
      return newest(cell, slide, changes, s => dateOf(s.day))
    case 'value':
      return newest(cell, slide, changes, s => s.column)
  }
}

interface Changed extends DaySource {
  readonly is: Change
  readonly column: Sql
}

function stored(base: Base, i: number): Sql {
  return ofDay(base, sql`${alias(i)}.${ident(base.stored ?? base.name)}`)
}

function movedSum(cell: Cell, changes: readonly Changed[]): Sql {
  const terms = changes.map(c => sql`${c.is === 'comes' ? sql`+` : sql`-`} coalesce(${c.column}, 0)`)
  return join([sql`coalesce(s.${ident(cell.name)}, 0)`, ...terms], ' ')
}

/** The bits that were kept, moved on by a day each; those of a corrected day are cleared. */
export function keptDays(cell: Cell, slide: Slide, gone: readonly PlainDate[]): Sql {
  const back = daysBetween(slide.from, slide.to)
  const kept = sql`coalesce(s.${ident(cell.name)}, ${dayBits(0, 0)})`
  const stays = bothDays(kept, dayBits(0, Math.max(0, cell.window.from - back)))
  const start = back >= cell.window.from ? dayBits(0, 0) : daysLater(stays, back)
  return gone.reduce((mask, day) => {
    const bit = daysBetween(day, slide.to) - 1
    return bothDays(mask, eitherDays(dayBits(0, bit), dayBits(bit + 1, 63)))
  }, start)
}

function movedDays(cell: Cell, slide: Slide, changes: readonly Changed[]): Sql {
  const gone = changes.filter(c => c.is === 'goes').map(c => c.day)
  return changes
    .filter(c => c.is === 'comes')
    .reduce(
      (mask, c) => {
        const bit = daysBetween(c.day, slide.to) - 1
        return eitherDays(
          mask,
          sql`CASE WHEN ${c.column} > 0 THEN ${dayBits(bit, bit + 1)} ELSE ${dayBits(0, 0)} END`,
        )
      },
      keptDays(cell, slide, gone),
    )
}

/** The day (or value) of the newest of what was kept and of the days that come, oldest first. */
function newest(cell: Cell, slide: Slide, changes: readonly Changed[], what: (change: Changed) => Sql): Sql {
  const dayCell = cell.is === 'value' ? dayOf(cell.base) : cell.name
  const oldest = dateOf(addDays(slide.to, -cell.window.from))
  const keptDay = sql`s.${ident(dayCell)}`
  const kept = sql`CASE WHEN ${keptDay} >= ${oldest} THEN s.${ident(cell.name)} END`
  const has = (c: Changed) =>
    cell.base.fold === 'last' ? sql`${c.column} IS NOT NULL` : sql`${c.column} > 0`
  // A day that came late may be older than the newest that was kept.
  return changes.reduce(
    (found, c) =>
      sql`CASE WHEN ${has(c)} AND coalesce(${keptDay} <= ${dateOf(c.day)}, TRUE) THEN ${what(c)} ELSE ${found} END`,
    kept,
  )
}

/** The table's outputs, read off its cells. */
export function printCells(table: Table, cells: Sql, asOf: PlainDate): Sql {
  const outputs = table.outputs.map(o => sql`${readOff(table, o, asOf)} AS ${ident(o.name)}`)
  return sql`SELECT ${join([sql`c.sub AS sub`, ...outputs], ', ')} FROM ${cells} AS c`
}

function readOff(table: Table, output: Output, asOf: PlainDate): Sql {
  const base = baseOf(table, output)
  const { window } = output
  if (window.unit !== 'day') throw new TypeError(`${output.name} does not slide`)
  const cell = sql`c.${ident(base.name)}`
  const oldest = dateOf(addDays(asOf, -window.from))
  if (base.fold === 'mask') return sql`nullif(${bothDays(cell, dayBits(window.to, window.from))}, 0)`
  if (base.fold === 'last-day') return sql`CASE WHEN ${cell} >= ${oldest} THEN ${cell} END`
  if (base.fold === 'last') return sql`CASE WHEN c.${ident(dayOf(base))} >= ${oldest} THEN ${cell} END`
  return sql`c.${ident(output.name)}`
}

/** In how many subscribers two makings of a table's cells differ. A sum of nothing and no row at all are the same. */
export function printDifferences(table: Table, one: Sql, other: Sql): Sql {
  const differ = cellsOf(table).map(c => {
    const [a, b] = [sql`a.${ident(c.name)}`, sql`b.${ident(c.name)}`]
    const isNumber = c.is === 'sum' || c.is === 'days'
    return isNumber
      ? sql`coalesce(${a}, 0) <> coalesce(${b}, 0)`
      : sql`(${a} <> ${b} OR (${a} IS NULL) <> (${b} IS NULL))`
  })
  return sql`SELECT count(CASE WHEN ${join(differ, ' OR ')} THEN 1 END) AS differ FROM (${one}) AS a FULL JOIN ${other} AS b ON a.sub = b.sub`
}
