import { addDays, addMonths, daysBetween, type PlainDate } from '#kernel'
import type { Cell } from '#warehouse'
import { daysMaskMax } from './rows.ts'
import type { Value } from './value.ts'

export interface SlowDay {
  readonly asOf: PlainDate
  readonly monthEnd: PlainDate
}

/** A function of already known values, the plain way. */
export function apply(fn: Fn, of: readonly Cell[], world: SlowDay): Cell {
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
type Plain = (a: Cell, b: Cell, c: Cell, world: SlowDay) => Cell

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
  millionths: a => Number(a) * 1e6,
  deviation(squares, sum, count) {
    const n = Number(count)
    return n === 0 ? null : Math.sqrt(Math.max(0, n * Number(squares) - Number(sum) ** 2)) / n
  },
  'newest-run': (a, to, _, world) => runOf(Number(to), world, day => String(a).includes(day)),
  'newest-silence': (a, to, _, world) => runOf(Number(to), world, day => !String(a).includes(day)),
}

function runOf(to: number, world: SlowDay, is: (day: PlainDate) => boolean): number {
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

function longestSilence(days: readonly string[], from: number, to: number, world: SlowDay): number {
  let [run, longest] = [0, 0]
  for (let n = from; n > to; n--) {
    run = days.includes(addDays(world.asOf, -n)) ? 0 : run + 1
    longest = Math.max(longest, run)
  }
  return longest
}

export function order(a: Cell, b: Cell): number {
  if (a === b) return 0
  return (a ?? '') < (b ?? '') ? -1 : 1
}

export function monthNumber(day: string): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7))
}
