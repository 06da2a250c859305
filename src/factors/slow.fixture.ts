import { Temporal } from 'temporal-polyfill'
import { type FeedId, feedOf } from '#ingest'
import { addDays, addMonths, daysBetween, homeZone, type PlainDate } from '#kernel'
import type { Cell, Row } from '#warehouse'
import type { FactorCatalogue } from './catalogue.ts'
import type { FactorType } from './factor.ts'
import { daysMaskMax, hopKey, type Operand, type Path, type Test, type Window } from './rows.ts'
import type { FeedRow } from './shelf.fixture.ts'
import type { Measure, Value } from './value.ts'

/** What is on the shelf on one morning: rows of event feeds of days before, state feeds one row per key. */
export interface SlowWorld {
  readonly asOf: PlainDate
  readonly monthEnd: PlainDate
  readonly feeds: ReadonlyMap<FeedId, readonly FeedRow[]>
}

/** Every factor of every subscriber, one row after another, without any plan: slow and obviously right. */
export function slowFactors(catalogue: FactorCatalogue, world: SlowWorld): Row[] {
  const here = (world.feeds.get('subscriber') ?? []).filter(
    s => s['status'] !== 'closed' && s['status'] !== 'ported_out',
  )
  return here
    .toSorted((a, b) => Number(a['sub']) - Number(b['sub']))
    .map(subscriber => {
      const row: Record<string, Cell> = {
        sub: subscriber['sub'] ?? null,
        subscriber_id: subscriber['subscriber_id'] ?? null,
      }
      for (const c of catalogue.columns) row[c.id] = asType(evaluate(c.value, world, row), c.type)
      return row
    })
}

function asType(value: Cell, type: FactorType): Cell {
  if (value === null) return null
  if (type === 'date') return String(value).slice(0, 10)
  return type === 'integer' || type === 'money' ? Math.round(Number(value)) : value
}

function evaluate(value: Value, world: SlowWorld, row: Row): Cell {
  switch (value.is) {
    case 'literal':
      return value.value
    case 'as-of':
      return world.asOf
    case 'factor':
      return row[value.id] ?? null
    case 'field': {
      const start = (world.feeds.get(value.feed) ?? []).find(r => r['sub'] === row['sub'])
      return start === undefined ? null : follow(start, value.path, world)
    }
    case 'lookup': {
      const key = row[value.key] ?? null
      const start = key === null ? undefined : stateRow(value.feed, key, world)
      return start === undefined ? null : follow(start, value.path, world)
    }
    case 'measure':
      return folded(value.measure, world, Number(row['sub']))
    case 'call':
      return apply(
        value.fn,
        value.of.map(v => evaluate(v, world, row)),
        world,
      )
  }
}

function stateRow(feed: FeedId, key: Cell, world: SlowWorld): FeedRow | undefined {
  return (world.feeds.get(feed) ?? []).find(r => r[hopKey(feed)] === key)
}

function follow(start: FeedRow, path: Path, world: SlowWorld): Cell {
  let row: FeedRow | undefined = start
  for (const hop of path.hops) {
    const key: Cell = row?.[hop.column] ?? null
    row = key === null ? undefined : stateRow(hop.feed, key, world)
  }
  return row?.[path.column] ?? null
}

function folded(m: Measure, world: SlowWorld, sub: number): Cell {
  const rows = (world.feeds.get(m.feed) ?? []).filter(
    r => r['sub'] === sub && inside(r, m.window, world) && m.where.every(t => holds(t, r, world)),
  )
  const column = m.column
  const values =
    column === undefined ? [] : rows.map(r => ({ r, v: follow(r, column, world) })).filter(x => x.v !== null)
  const numbers = values.map(x => x.v)
  switch (m.fold) {
    case 'count':
      return rows.length === 0 ? null : rows.length
    case 'sum':
      return numbers.length === 0 ? null : numbers.reduce((a, b) => Number(a) + Number(b))
    case 'min':
      return numbers.toSorted(order)[0] ?? null
    case 'max':
      return numbers.toSorted(order).at(-1) ?? null
    case 'last':
      return (
        values.toSorted((a, b) => order(a.r[m.order] ?? null, b.r[m.order] ?? null) || order(a.v, b.v)).at(-1)
          ?.v ?? null
      )
    case 'last-day':
      return (
        rows
          .map(r => r['day'] ?? null)
          .toSorted(order)
          .at(-1) ?? null
      )
    case 'mask':
      return rows.length === 0 ? null : [...new Set(rows.map(r => String(r['day'])))].toSorted().join(' ')
    case 'distinct':
      return rows.length === 0 ? null : new Set(numbers).size
    case 'most':
      return commonest(numbers.map(String))
    case 'slope':
      return slope(values.map(x => [monthNumber(String(x.r['month'])), Number(x.v)]))
  }
}

function inside(row: FeedRow, window: Window, world: SlowWorld): boolean {
  if (window.unit === 'all') return true
  const at = String(row[window.unit])
  if (window.unit === 'day')
    return at >= addDays(world.asOf, -window.from) && at < addDays(world.asOf, -window.to)
  return at >= addMonths(world.monthEnd, -window.from) && at < addMonths(world.monthEnd, -window.to)
}

function holds(test: Test, row: FeedRow, world: SlowWorld): boolean {
  const left = tested(row, test.left, world)
  if (test.op === 'missing') return left === null
  if (test.op === 'known') return left !== null
  if (left === null) return false
  const right = operand(test.right, row, world)
  if (test.op === 'in' || test.op === 'not in') return (right as Cell[]).includes(left) === (test.op === 'in')
  if (right === null) return false
  const by = order(left, right)
  const met = { '=': by === 0, '!=': by !== 0, '<': by < 0, '<=': by <= 0, '>': by > 0, '>=': by >= 0 }
  return met[test.op]
}

function tested(row: FeedRow, path: Path, world: SlowWorld): Cell {
  const value = follow(row, path, world)
  if (path.part === undefined || value === null) return value
  if (path.part === 'weekday') return Temporal.PlainDate.from(String(value).slice(0, 10)).dayOfWeek
  return Temporal.Instant.from(`${String(value).replace(' ', 'T')}Z`).toZonedDateTimeISO(homeZone).hour
}

function operand(right: Operand | undefined, row: FeedRow, world: SlowWorld): Cell {
  if (right?.is === 'literal') return right.value
  if (right?.is === 'list') return right.values as Cell
  if (right?.is === 'column') return tested(row, right.path, world)
  return addDays(world.asOf, -(right?.daysBefore ?? 0))
}

function order(a: Cell, b: Cell): number {
  if (a === b) return 0
  return (a ?? '') < (b ?? '') ? -1 : 1
}

function commonest(values: readonly string[]): Cell {
  const counted = [...Map.groupBy(values, v => v)].toSorted(
    (a, b) => a[1].length - b[1].length || order(a[0], b[0]),
  )
  return counted.at(-1)?.[0] ?? null
}

function slope(points: readonly (readonly [number, number])[]): Cell {
  const mean = (of: readonly number[]) => of.reduce((a, b) => a + b, 0) / of.length
  const [mx, my] = [mean(points.map(p => p[0])), mean(points.map(p => p[1]))]
  const below = points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0)
  return below === 0 ? null : points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / below
}

function monthNumber(day: string): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7))
}

function apply(fn: Fn, of: readonly Cell[], world: SlowWorld): Cell {
  const known = evenWhenMissing[fn]
  if (known !== undefined) return known(of)
  const [a = null, b = null, c = null] = of
  const met = compared[fn]
  if (met !== undefined) return a !== null && b !== null && met.includes(order(a, b))
  if (a === null || of.includes(null)) return null
  const work = plain[fn]
  if (work === undefined) throw new TypeError(`the slow way knows no ${fn}`)
  return work(a, b, c, world)
}

const evenWhenMissing: Partial<Record<Fn, (of: readonly Cell[]) => Cell>> = {
  if: ([a = null, b = null, c = null]) => (a === true ? b : c),
  coalesce: of => of.find(v => v !== null) ?? null,
  'is-missing': ([a]) => a === null,
  and: of => of.every(v => v === true),
  or: of => of.some(v => v === true),
  not: ([a]) => a !== true,
}

const compared: Partial<Record<Fn, readonly number[]>> = {
  equal: [0],
  unequal: [-1, 1],
  less: [-1],
  'less-equal': [-1, 0],
  greater: [1],
  'greater-equal': [0, 1],
}

type Fn = (Value & { is: 'call' })['fn']
type Plain = (a: Cell, b: Cell, c: Cell, world: SlowWorld) => Cell

const plain: Partial<Record<Fn, Plain>> = {
  add: (a, b) => Number(a) + Number(b),
  subtract: (a, b) => Number(a) - Number(b),
  multiply: (a, b) => Number(a) * Number(b),
  divide: (a, b) => (Number(b) === 0 ? null : Number(a) / Number(b)),
  negate: a => -Number(a),
  least: (a, b) => Math.min(Number(a), Number(b)),
  greatest: (a, b) => Math.max(Number(a), Number(b)),
  round: a => Math.sign(Number(a)) * Math.round(Math.abs(Number(a))),
  'days-between': (a, b) => daysBetween(String(a) as PlainDate, String(b) as PlainDate),
  'months-between': (a, b) => monthsBetween(String(a), String(b)),
  'next-anniversary': (a, b) => daysToAnniversary(String(a) as PlainDate, String(b) as PlainDate),
  'month-end': a => addDays(addMonths(`${String(a).slice(0, 7)}-01` as PlainDate, 1), -1),
  'count-days': a => String(a).split(' ').length,
  'longest-silence': (a, b, c, world) => longestSilence(String(a).split(' '), Number(b), Number(c), world),
  'newest-run': (a, to, _, world) => runOf(Number(to), world, day => String(a).includes(day)),
  'newest-silence': (a, to, _, world) => runOf(Number(to), world, day => !String(a).includes(day)),
}

function runOf(to: number, world: SlowWorld, is: (day: PlainDate) => boolean): number {
  let days = 0
  while (days < daysMaskMax && is(addDays(world.asOf, -to - 1 - days))) days++
  return days
}

function monthsBetween(from: string, to: string): number {
  return monthNumber(to) - monthNumber(from) - (from.slice(8) > to.slice(8) ? 1 : 0)
}

function daysToAnniversary(from: PlainDate, to: PlainDate): Cell {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4))
  const next = [years, years + 1].map(n => addMonths(from, 12 * n)).find(day => day >= to)
  return next === undefined ? null : daysBetween(to, next)
}

function longestSilence(days: readonly string[], from: number, to: number, world: SlowWorld): number {
  let [run, longest] = [0, 0]
  for (let n = from; n > to; n--) {
    run = days.includes(addDays(world.asOf, -n)) ? 0 : run + 1
    longest = Math.max(longest, run)
  }
  return longest
}

export function isState(id: FeedId): boolean {
  return feedOf(id).kind === 'state'
}
