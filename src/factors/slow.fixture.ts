import { Temporal } from 'temporal-polyfill'
import { type FeedId, feedOf } from '#ingest'
import { addDays, addMonths, homeZone } from '#kernel'
import type { Cell, Row } from '#warehouse'
import type { FactorCatalogue } from './catalogue.ts'
import type { FactorType } from './factor.ts'
import { hopKey, type Operand, type Path, type Test, type Window } from './rows.ts'
import type { FeedRow } from './shelf.fixture.ts'
import { apply, monthNumber, order, type SlowDay } from './slow-call.fixture.ts'
import type { Measure, Value } from './value.ts'

/** What is on the shelf on one morning: rows of event feeds of days before, state feeds one row per key. */
export interface SlowWorld extends SlowDay {
  readonly feeds: ReadonlyMap<FeedId, readonly FeedRow[]>
  /** Every subscriber's factors as far as they are known: those of earlier columns. */
  readonly everybody?: readonly Row[]
}

/** Every factor of every subscriber, one row after another, without any plan: slow and obviously right. */
export function slowFactors(catalogue: FactorCatalogue, world: SlowWorld): Row[] {
  const here = (world.feeds.get('subscriber') ?? []).filter(
    s => s['status'] !== 'closed' && s['status'] !== 'ported_out',
  )
  const rows = here
    .toSorted((a, b) => Number(a['sub']) - Number(b['sub']))
    .map(subscriber => {
      const row: Record<string, Cell> = {
        sub: subscriber['sub'] ?? null,
        subscriber_id: subscriber['subscriber_id'] ?? null,
      }
      return row
    })
  // Column by column: a mean over those alike needs everybody's values.
  for (const c of catalogue.columns)
    for (const row of rows) row[c.id] = asType(evaluate(c.value, { ...world, everybody: rows }, row), c.type)
  return rows
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
    case 'peers': {
      const alike = (world.everybody ?? []).filter(other =>
        value.by.every(id => row[id] !== null && other[id] === row[id]),
      )
      const known = alike.map(other => other[value.of] ?? null).filter(v => v !== null)
      return known.length < 20 ? null : known.map(Number).reduce((a, b) => a + b) / known.length
    }
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
  const days = rows.map(r => r['day'] ?? null).toSorted(order)
  switch (m.fold) {
    case 'count':
      return rows.length === 0 ? null : rows.length
    case 'first-day':
      return days[0] ?? null
    case 'last-day':
      return days.at(-1) ?? null
    case 'mask':
      return days.length === 0 ? null : [...new Set(days.map(String))].join(' ')
    case 'days':
    case 'squares':
    case 'peak':
    case 'days-over':
      return ofTotals(m, dayTotals(m, rows, world))
    case 'top':
    case 'value-squares':
      return ofWeights(m, weightsOf(m, rows, world))
    case 'new-values':
    case 'lost-values':
      return turnover(m, rows, world)
    case 'sum':
    case 'min':
    case 'max':
    case 'last':
    case 'distinct':
    case 'most':
    case 'slope':
      return ofValues(m, rows, world)
  }
}

/** What is folded from the known values of the column. */
function ofValues(m: Measure, rows: readonly FeedRow[], world: SlowWorld): Cell {
  const { column } = m
  if (column === undefined) throw new TypeError(`${m.fold} of no column`)
  const values = rows.map(r => ({ r, v: follow(r, column, world) })).filter(x => x.v !== null)
  const numbers = values.map(x => x.v)
  const sorted = numbers.toSorted(order)
  const at = (x: (typeof values)[number]) => x.r[m.order] ?? null
  if (m.fold === 'min') return sorted[0] ?? null
  if (m.fold === 'max') return sorted.at(-1) ?? null
  if (m.fold === 'distinct') return rows.length === 0 ? null : new Set(numbers).size
  if (m.fold === 'most') return commonest(numbers.map(String))
  if (m.fold === 'slope') return slope(values.map(x => [monthNumber(String(x.r['month'])), Number(x.v)]))
  if (m.fold === 'last')
    return values.toSorted((a, b) => order(at(a), at(b)) || order(a.v, b.v)).at(-1)?.v ?? null
  return numbers.length === 0 ? null : numbers.reduce((a, b) => Number(a) + Number(b))
}

/** What falls to each known value of the grain: rows, or the sum of the column over those that have it. */
function weightsOf(m: Measure, rows: readonly FeedRow[], world: SlowWorld): readonly number[] {
  const { column, grain } = m
  if (grain === undefined) throw new TypeError(`${m.fold} by no column`)
  const told = rows.filter(r => follow(r, grain, world) !== null)
  return [...Map.groupBy(told, r => follow(r, grain, world)).values()].flatMap(some => {
    if (column === undefined) return [some.length]
    const known = some.map(r => follow(r, column, world)).filter(v => v !== null)
    return known.length === 0 ? [] : [known.map(Number).reduce((a, b) => a + b)]
  })
}

function ofWeights(m: Measure, weights: readonly number[]): Cell {
  if (weights.length === 0) return null
  const unit = m.column?.of.type === 'number' ? 1e6 : 1
  const parts =
    m.fold === 'top' ? weights.toSorted((a, b) => b - a).slice(0, m.limit) : weights.map(w => (w * unit) ** 2)
  return parts.reduce((a, b) => a + b)
}

/** Values of the newer half of the window that the older lacks, or the other way round. */
function turnover(m: Measure, rows: readonly FeedRow[], world: SlowWorld): Cell {
  const { column, window } = m
  if (column === undefined || window.unit === 'all') throw new TypeError(`${m.fold} of no column or window`)
  const middle = (window.from + window.to) / 2
  const values = (half: Window) =>
    new Set(
      rows
        .filter(r => inside(r, half, world))
        .map(r => follow(r, column, world))
        .filter(v => v !== null),
    )
  const [newer, older] = [values({ ...window, from: middle }), values({ ...window, to: middle })]
  const [has, lacks] = m.fold === 'new-values' ? [newer, older] : [older, newer]
  return [...has].filter(v => !lacks.has(v)).length
}

/** The total of each day that has one. */
function dayTotals(m: Measure, rows: readonly FeedRow[], world: SlowWorld): readonly number[] {
  const days = [...Map.groupBy(rows, r => String(r['day'])).values()]
  const { column } = m
  if (column === undefined) return days.map(day => day.length)
  const known = days.map(day => day.map(r => follow(r, column, world)).filter(v => v !== null))
  return known.filter(day => day.length > 0).map(day => day.map(Number).reduce((a, b) => a + b))
}

function ofTotals(m: Measure, totals: readonly number[]): Cell {
  if (totals.length === 0) return null
  if (m.fold === 'peak') return Math.max(...totals)
  if (m.fold === 'days') return totals.length
  if (m.fold === 'days-over') return totals.filter(t => t > (m.limit ?? 0)).length
  const unit = m.column?.of.type === 'number' ? 1e6 : 1
  return totals.map(t => (t * unit) ** 2).reduce((a, b) => a + b)
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

export function isState(id: FeedId): boolean {
  return feedOf(id).kind === 'state'
}
