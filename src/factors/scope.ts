import { type Column, type Feed, type FeedId, feeds } from '#ingest'
import type { Fault } from '#kernel'
import { type Definition, isWords, placeOf } from './definition.ts'
import type { Factor, Words } from './factor.ts'
import {
  columnUnfit,
  columnUnknown,
  conditionMalformed,
  feedUnfit,
  feedUnknown,
  fieldMalformed,
  fieldMissing,
  windowMalformed,
} from './faults.ts'
import { findPath } from './find-path.ts'
import { parseTests } from './row-condition.ts'
import { type Path, pathsOf, type Rows, type Test, type Window } from './rows.ts'

/** What a definition is resolved against; faults gather here, so that one mistake does not hide the next. */
export interface Scope {
  readonly definition: Definition
  /** Factors resolved so far: everything this one may need. */
  readonly known: ReadonlyMap<string, Factor>
  readonly faults: Fault[]
  /** Fields somebody has asked for; the rest are not known to anyone. */
  readonly asked: Set<string>
}

/** Adds a fault and gives nothing, so that a reader can `return fail(…)`. */
export function fail(scope: Scope, fault: Fault): undefined {
  scope.faults.push(fault)
  return undefined
}

export function given(scope: Scope, field: string): boolean {
  scope.asked.add(field)
  return scope.definition.fields[field] !== undefined
}

export function valueIn(scope: Scope, field: string): unknown {
  scope.asked.add(field)
  return scope.definition.fields[field]?.value
}

export function textOf(scope: Scope, field: string): string | undefined {
  const value = valueIn(scope, field)
  if (value === undefined || value === null)
    return fail(scope, fieldMissing(placeOf(scope.definition, field), field))
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  return fail(scope, fieldMalformed(placeOf(scope.definition, field), field, { en: 'a text', zh: '文本' }))
}

export function optionalText(scope: Scope, field: string): string | undefined {
  return given(scope, field) ? textOf(scope, field) : undefined
}

export function wordsOf(scope: Scope, field: string): Words | undefined {
  const value = valueIn(scope, field)
  if (isWords(value)) return value
  const wanted = { en: 'a text in both languages', zh: '中英文两种文字' }
  return fail(scope, fieldMalformed(placeOf(scope.definition, field), field, wanted))
}

export function numberOf(scope: Scope, field: string): number | undefined {
  const value = valueIn(scope, field)
  if (typeof value === 'number' && Number.isFinite(value)) return value
  return fail(scope, fieldMalformed(placeOf(scope.definition, field), field, { en: 'a number', zh: '数字' }))
}

export function listOf(scope: Scope, field: string): readonly unknown[] | undefined {
  const value = valueIn(scope, field)
  if (Array.isArray(value) && value.length > 0) return value
  return fail(scope, fieldMalformed(placeOf(scope.definition, field), field, { en: 'a list', zh: '列表' }))
}

export function feedIn(scope: Scope): Feed | undefined {
  const id = textOf(scope, 'feed')
  if (id === undefined) return undefined
  return feeds.find(f => f.id === id) ?? fail(scope, feedUnknown(placeOf(scope.definition, 'feed'), id))
}

export function pathIn(scope: Scope, feed: Feed, text: string, field: string): Path | undefined {
  const found = findPath(feed, text)
  if (found !== undefined) return found
  return fail(scope, columnUnknown(placeOf(scope.definition, field), feed.id, text))
}

/** What a kind asks of `column`. */
export type Wants = 'none' | 'any' | 'number' | 'ordered' | 'text'

const wanted: Readonly<Record<Wants, Words>> = {
  none: { en: 'left out', zh: '省略' },
  any: { en: 'a column', zh: '列' },
  number: { en: 'a number, integer or money', zh: '数值、整数或金额' },
  ordered: { en: 'a number or a date', zh: '数值或日期' },
  text: { en: 'a text or a key', zh: '文本或标识' },
}

export function columnIn(scope: Scope, feed: Feed, wants: Wants): Path | undefined {
  if (wants === 'none') return undefined
  const text = textOf(scope, 'column')
  if (text === undefined) return undefined
  const path = pathIn(scope, feed, text, 'column')
  if (path === undefined || fits(path.of, wants)) return path
  return fail(scope, columnUnfit(placeOf(scope.definition, 'column'), text, wanted[wants]))
}

function fits(column: Column, wants: Wants): boolean {
  if (wants === 'number') return ['number', 'integer', 'money'].includes(column.type)
  if (wants === 'ordered') return ['number', 'integer', 'money', 'date'].includes(column.type)
  if (wants === 'text') return ['id', 'text', 'code'].includes(column.type)
  return true
}

/** The fields feed, column, where, window, ago and by that all folding kinds share. */
export function rowsIn(scope: Scope, wants: Wants): Rows | undefined {
  const before = scope.faults.length
  const feed = feedIn(scope)
  if (feed === undefined) return undefined
  if (!feed.columns.some(c => c.name === 'subscriber_id')) {
    const subscribers = { en: 'one that names subscribers', zh: '含用户标识的数据源' }
    return fail(scope, feedUnfit(placeOf(scope.definition, 'feed'), feed.id, subscribers))
  }
  const column = columnIn(scope, feed, wants)
  const where = testsIn(scope, feed, 'where')
  const windowed = feed.kind === 'state' ? stateWindow(scope, feed) : eventWindow(scope, feed)
  if (scope.faults.length > before || windowed === undefined || where === undefined) return undefined
  return {
    feed: feed.id,
    ...(column === undefined ? {} : { column }),
    where: [...where, ...windowed.tests],
    window: windowed.window,
    ...(windowed.by === undefined ? {} : { by: windowed.by }),
    ...orderOf(feed, windowed.by?.column),
  }
}

export function testsIn(scope: Scope, feed: Feed, field: string): readonly Test[] | undefined {
  const text = optionalText(scope, field)
  if (text === undefined) return []
  const place = placeOf(scope.definition, field)
  const parsed = parseTests(text, feed)
  if ('found' in parsed) return fail(scope, conditionMalformed(place, text, parsed.found))
  return parsed.tests
}

interface Windowed {
  readonly window: Window
  readonly tests: readonly Test[]
  readonly by?: Path
}

function eventWindow(scope: Scope, feed: Feed): Windowed | undefined {
  const unit = feed.kind === 'month' ? 'month' : 'day'
  const window = windowIn(scope, unit)
  return window === undefined ? undefined : { window, tests: [] }
}

/** State has no history of its own: a window looks at one of its dates, and becomes two tests on it. */
function stateWindow(scope: Scope, feed: Feed): Windowed | undefined {
  const byText = optionalText(scope, 'by')
  const by = byText === undefined ? undefined : dateIn(scope, feed, byText)
  if (!given(scope, 'window'))
    return { window: { unit: 'all' }, tests: [], ...(by === undefined ? {} : { by }) }
  if (by === undefined)
    return byText === undefined ? fail(scope, fieldMissing(placeOf(scope.definition, 'by'), 'by')) : undefined
  const window = windowIn(scope, 'day')
  if (window === undefined || window.unit === 'all') return undefined
  const bound = (op: Test['op'], daysBefore: number): Test => ({
    left: by,
    op,
    right: { is: 'as-of', daysBefore },
  })
  return { window: { unit: 'all' }, tests: [bound('>=', window.from), bound('<', window.to)], by }
}

function dateIn(scope: Scope, feed: Feed, text: string): Path | undefined {
  const by = pathIn(scope, feed, text, 'by')
  if (by === undefined || (by.of.type === 'date' && by.hops.length === 0)) return by
  const date = { en: "one of the feed's own dates", zh: '该数据源自身的日期列' }
  return fail(scope, columnUnfit(placeOf(scope.definition, 'by'), text, date))
}

function windowIn(scope: Scope, unit: 'day' | 'month'): Window | undefined {
  const length = lengthIn(scope, 'window', unit)
  const ago = given(scope, 'ago') ? lengthIn(scope, 'ago', unit) : 0
  return length === undefined || ago === undefined ? undefined : { unit, from: ago + length, to: ago }
}

export function lengthIn(scope: Scope, field: string, unit: 'day' | 'month'): number | undefined {
  const text = textOf(scope, field)
  if (text === undefined) return undefined
  const match = /^(\d+) (day|month)s?$/.exec(text.trim())
  const length = Number(match?.[1] ?? 0)
  if (match?.[2] === unit && length >= 1 && length <= 3700) return length
  return fail(scope, windowMalformed(placeOf(scope.definition, field), text))
}

function orderOf(feed: Feed, by: string | undefined): { readonly order: string; readonly tied: boolean } {
  if (feed.kind === 'state') return { order: by ?? 'day', tied: true }
  if (feed.kind === 'month') return { order: 'month', tied: feed.key.length > 2 }
  const order = feed.dayColumn ?? 'day'
  const unique = feed.key.every(k => k === 'subscriber_id' || k === order)
  return { order, tied: !unique }
}

/** Every feed that rows touch: their own and those they hop to. */
export function feedsOfRows(rows: Rows): readonly FeedId[] {
  const paths = [...(rows.column === undefined ? [] : [rows.column]), ...pathsOf(rows.where)]
  return [...new Set([rows.feed, ...paths.flatMap(p => p.hops.map(h => h.feed))])]
}

export function windowWords(window: Window): Words | undefined {
  if (window.unit === 'all') return undefined
  const [en, zh] = window.unit === 'day' ? ['days', '天'] : ['months', '个月']
  const length = window.from - window.to
  if (window.to === 0) return { en: `last ${length} ${en}`, zh: `近${length}${zh}` }
  return { en: `${length} ${en} up to ${window.to} ${en} ago`, zh: `${window.to}${zh}前的${length}${zh}` }
}
