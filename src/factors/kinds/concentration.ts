import { feedOf } from '#ingest'
import { placeOf } from '../definition.ts'
import { columnUnfit, feedUnfit, fieldMalformed } from '../faults.ts'
import type { Path, Rows } from '../rows.ts'
import { fail, given, numberOf, pathIn, rowsIn, type Scope, textOf } from '../scope.ts'
import { call, measure, type Value } from '../value.ts'
import { fromRows, type Resolution, rowsThatHave, typeOfColumn } from './kind.ts'

export interface Concentration {
  readonly kind: 'concentration'
  readonly rows: Rows
  readonly grain: Path
  /** The share of so many values that have most; or the sum of all shares squared. */
  readonly of: number | 'squares'
}

/** How much of the rows, or of a column's sum, falls to few values of another column: 1 when all falls to one. */
export function resolveConcentration(scope: Scope): Resolution<Concentration> | undefined {
  const of = askedFor(scope)
  const rows = rowsIn(scope, given(scope, 'column') ? 'number' : 'none')
  if (rows === undefined) return undefined
  if (rows.window.unit !== 'day') {
    const wanted = { en: 'one of events or of days', zh: '事件或按日数据源' }
    return fail(scope, feedUnfit(placeOf(scope.definition, 'feed'), rows.feed, wanted))
  }
  const grain = valuesIn(scope, rows)
  if (of === undefined || grain === undefined) return undefined
  const body: Concentration = { kind: 'concentration', rows, grain, of }
  const missing = { en: 'nothing to share in the window', zh: '窗口内总量为零' }
  return fromRows(rows, { body, type: 'number', unit: {}, missing })
}

/** Rows without the value count neither in the part nor in the whole. */
export function lowerConcentration({ rows, grain, of }: Concentration): Value {
  const total = measure(rowsThatHave(rows, grain), rows.column === undefined ? 'count' : 'sum')
  if (of !== 'squares') return call('divide', measure(rows, 'top', { grain, limit: of }), total)
  const isWhole = rows.column === undefined || typeOfColumn(rows) !== 'number'
  const whole = isWhole ? total : call('millionths', total)
  return call('divide', call('divide', measure(rows, 'value-squares', { grain }), whole), whole)
}

function askedFor(scope: Scope): number | 'squares' | undefined {
  if (given(scope, 'spread')) {
    if (textOf(scope, 'spread') === 'hhi') return 'squares'
    return fail(
      scope,
      fieldMalformed(placeOf(scope.definition, 'spread'), 'spread', { en: 'hhi', zh: 'hhi' }),
    )
  }
  const top = numberOf(scope, 'top')
  if (top === undefined || (Number.isInteger(top) && top >= 1 && top <= 20)) return top
  const wanted = { en: 'a whole number from 1 to 20', zh: '1 到 20 的整数' }
  return fail(scope, fieldMalformed(placeOf(scope.definition, 'top'), 'top', wanted))
}

function valuesIn(scope: Scope, rows: Rows): Path | undefined {
  const text = textOf(scope, 'by')
  const path = text === undefined ? undefined : pathIn(scope, feedOf(rows.feed), text, 'by')
  if (text === undefined || path === undefined || ['id', 'text', 'code'].includes(path.of.type)) return path
  const wanted = { en: 'a text or a key', zh: '文本或标识' }
  return fail(scope, columnUnfit(placeOf(scope.definition, 'by'), text, wanted))
}
