import { placeOf } from '../definition.ts'
import { feedUnfit, fieldMalformed } from '../faults.ts'
import type { Rows } from '../rows.ts'
import { fail, rowsIn, type Scope, textOf } from '../scope.ts'
import { call, measure, orZero, type Value } from '../value.ts'
import { fromRows, type Resolution, rowsWithColumn } from './kind.ts'

const folds = ['sum', 'count', 'distinct', 'avg'] as const
type ChangeFold = (typeof folds)[number]
const column = { sum: 'number', count: 'none', distinct: 'text', avg: 'number' } as const

export interface Change {
  readonly kind: 'change'
  readonly rows: Rows
  readonly fold: ChangeFold
}

/** How a window compares with the equally long one before it: (now − before) / before. */
export function resolveChange(scope: Scope): Resolution<Change> | undefined {
  const text = textOf(scope, 'fold')
  const fold = folds.find(f => f === text)
  if (fold === undefined) {
    const wanted = { en: `one of ${folds.join(', ')}`, zh: `${folds.join('、')} 之一` }
    return text === undefined
      ? undefined
      : fail(scope, fieldMalformed(placeOf(scope.definition, 'fold'), 'fold', wanted))
  }
  const rows = rowsIn(scope, column[fold])
  if (rows === undefined) return undefined
  if (rows.window.unit === 'all') {
    const wanted = { en: 'one of events, days or months', zh: '事件、按日或按月数据源' }
    return fail(scope, feedUnfit(placeOf(scope.definition, 'feed'), rows.feed, wanted))
  }
  const missing = { en: 'nothing in the window before', zh: '上一窗口没有数据' }
  return fromRows(rows, { body: { kind: 'change', rows, fold }, type: 'number', unit: {}, missing })
}

export function lowerChange(change: Change): Value {
  const { window } = change.rows
  if (window.unit === 'all') throw new TypeError('a change needs a window')
  const length = window.from - window.to
  const earlier: Rows = {
    ...change.rows,
    window: { ...window, from: window.from + length, to: window.to + length },
  }
  const before = folded(earlier, change.fold)
  const now = folded(change.rows, change.fold)
  return call('divide', call('subtract', change.fold === 'avg' ? now : orZero(now), before), before)
}

function folded(rows: Rows, fold: ChangeFold): Value {
  return fold === 'avg'
    ? call('divide', measure(rows, 'sum'), measure(rowsWithColumn(rows), 'count'))
    : measure(rows, fold)
}
