import { feedOf } from '#ingest'
import type { Rows, Test } from '../rows.ts'
import { given, rowsIn, type Scope, testsIn } from '../scope.ts'
import { call, measure, orZero, type Value } from '../value.ts'
import { fromRows, type Resolution } from './kind.ts'

export interface Share {
  readonly kind: 'share'
  readonly rows: Rows
  readonly part: readonly Test[]
}

/** Which share of a total (of a column, or of the rows) falls to those rows that also satisfy `part`. */
export function resolveShare(scope: Scope): Resolution<Share> | undefined {
  const rows = rowsIn(scope, given(scope, 'column') ? 'number' : 'none')
  if (rows === undefined) return undefined
  const part = testsIn(scope, feedOf(rows.feed), 'part')
  if (part === undefined) return undefined
  const missing = { en: 'nothing to share in the window', zh: '窗口内总量为零' }
  return fromRows(rows, { body: { kind: 'share', rows, part }, type: 'number', unit: {}, missing })
}

export function lowerShare(share: Share): Value {
  const fold = share.rows.column === undefined ? 'count' : 'sum'
  const part = measure({ ...share.rows, where: [...share.rows.where, ...share.part] }, fold)
  return call('divide', orZero(part), measure(share.rows, fold))
}
