import { type FeedId, feedOf } from '#ingest'
import type { Fault, PlainDate } from '#kernel'
import { addDays, addMonths } from '#kernel'
import { feedOff, feedShort } from './faults.ts'
import type { FactorColumn } from './lower.ts'
import { factorsIn, leavesIn, measuresIn } from './passes/naive.ts'
import { pathsOf, type Window } from './rows.ts'
import { call, type Fn, literal, type Measure, type Value } from './value.ts'

/** A factor that cannot be computed today, and why. Its column is there and empty. */
export interface OffFactor {
  readonly id: string
  readonly fault: Fault
}

/** From which day on a feed has been delivered; feeds that never were are absent. */
export type FeedStarts = ReadonlyMap<FeedId, PlainDate>

export interface Switched {
  readonly columns: readonly FactorColumn[]
  readonly off: readonly OffFactor[]
}

/** Empties what needs a feed that was never delivered. */
export function switchOffUndelivered(columns: readonly FactorColumn[], starts: FeedStarts): Switched {
  return switchOff(columns, value => {
    const lacking = feedsIn(value).filter(id => !starts.has(id) && feedOf(id).source === 'carrier')
    return lacking.length === 0 ? undefined : feedOff(lacking)
  })
}

/** Empties what looks further back than its feed was ever delivered: a sum over half a window would be a lie. */
export function switchOffShort(
  columns: readonly FactorColumn[],
  starts: FeedStarts,
  asOf: PlainDate,
  monthEnd: PlainDate,
): Switched {
  return switchOff(columns, value => {
    for (const m of measuresIn(value)) {
      const start = starts.get(m.feed)
      const needed = firstDayOf(m, asOf, monthEnd)
      if (start !== undefined && needed !== undefined && needed < start)
        return feedShort(m.feed, start, needed)
    }
    return undefined
  })
}

/** Newest rows may be looked for as far back as there are any. */
const anyReach: ReadonlySet<Measure['fold']> = new Set(['last', 'last-day', 'most'])

function firstDayOf(m: Measure, asOf: PlainDate, monthEnd: PlainDate): PlainDate | undefined {
  if (m.window.unit === 'all' || anyReach.has(m.fold) || feedOf(m.feed).source === 'internal')
    return undefined
  return spanOf(m.window, asOf, monthEnd)?.from
}

/** The data days that a window covers; the rows of a month belong to the day after it closed. */
export function spanOf(
  window: Window,
  asOf: PlainDate,
  monthEnd: PlainDate,
): { from: PlainDate; to: PlainDate } | undefined {
  if (window.unit === 'all') return undefined
  if (window.unit === 'day') return { from: addDays(asOf, -window.from), to: addDays(asOf, -window.to) }
  return {
    from: addMonths(monthEnd, 1 - window.from),
    to: window.to === 0 ? asOf : addMonths(monthEnd, 1 - window.to),
  }
}

function switchOff(columns: readonly FactorColumn[], why: (value: Value) => Fault | undefined): Switched {
  const off = new Map<string, Fault>()
  const kept = columns.map(column => {
    const fault = why(column.value) ?? faultBelow(column.value, off)
    const value =
      why(column.value) === undefined ? simplified(column.value, new Set(off.keys())) : literal(null)
    if (isNothing(value) && fault !== undefined) off.set(column.id, fault)
    return { ...column, value }
  })
  return { columns: kept, off: [...off].map(([id, fault]) => ({ id, fault })) }
}

function faultBelow(value: Value, off: ReadonlyMap<string, Fault>): Fault | undefined {
  if (value.is !== 'call')
    return namesOf(value)
      .map(id => off.get(id))
      .find(fault => fault !== undefined)
  for (const part of value.of) {
    const found = faultBelow(part, off)
    if (found !== undefined) return found
  }
  return undefined
}

/** The factors that a leaf stands on. */
function namesOf(leaf: Value): readonly string[] {
  return leaf.is === 'call' ? [] : factorsIn(leaf)
}

/** A value in which some factors are known to be missing. */
function simplified(value: Value, off: ReadonlySet<string>): Value {
  if (value.is !== 'call') return namesOf(value).some(id => off.has(id)) ? literal(null) : value
  const of = value.of.map(v => simplified(v, off))
  if (value.fn === 'coalesce') return firstKnown(of)
  if (value.fn === 'if') return chosen(of)
  if (value.fn === 'is-missing') return of.every(isNothing) ? literal(true) : call('is-missing', ...of)
  if (twoValued.has(value.fn) || !of.some(isNothing)) return call(value.fn, ...of)
  return literal(compares.has(value.fn) ? false : null)
}

const twoValued: ReadonlySet<Fn> = new Set(['not', 'and', 'or'])
/** A comparison with nothing is false, everything else is nothing. */
const compares: ReadonlySet<Fn> = new Set([
  'equal',
  'unequal',
  'less',
  'less-equal',
  'greater',
  'greater-equal',
])

function firstKnown(of: readonly Value[]): Value {
  const left = of.filter(v => !isNothing(v))
  return left.length > 1 ? call('coalesce', ...left) : (left[0] ?? literal(null))
}

function chosen(of: readonly Value[]): Value {
  const [condition, yes, no] = of
  if (condition === undefined || yes === undefined || no === undefined)
    throw new TypeError('an if of three parts')
  if (isFalse(condition)) return no
  if (condition.is === 'literal' && condition.value === true) return yes
  return isNothing(yes) && isNothing(no) ? yes : call('if', condition, yes, no)
}

function isNothing(value: Value): boolean {
  return value.is === 'literal' && value.value === null
}

function isFalse(value: Value): boolean {
  return value.is === 'literal' && (value.value === false || value.value === null)
}

/** Every feed a value reads itself, not through other factors. */
export function feedsIn(value: Value): readonly FeedId[] {
  const leaves = leavesIn(value).flatMap(l => [l.feed, ...l.path.hops.map(h => h.feed)])
  const measured = measuresIn(value).flatMap(m => {
    const paths = [...(m.column === undefined ? [] : [m.column]), ...pathsOf(m.where)]
    return [m.feed, ...paths.flatMap(p => p.hops.map(h => h.feed))]
  })
  return [...new Set([...leaves, ...measured])]
}
