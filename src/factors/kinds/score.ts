import { feedOf } from '#ingest'
import { placeOf } from '../definition.ts'
import { columnUnknown } from '../faults.ts'
import { findPath } from '../find-path.ts'
import type { Rows, Test } from '../rows.ts'
import { fail, rowsIn, type Scope, textOf } from '../scope.ts'
import { measure, type Value } from '../value.ts'
import { fromRows, type Resolution } from './kind.ts'

export interface Score {
  readonly kind: 'score'
  readonly rows: Rows
}

/** The newest score a model gave within the window. */
export function resolveScore(scope: Scope): Resolution<Score> | undefined {
  const model = textOf(scope, 'model')
  const rows = rowsIn(scope, 'number')
  if (model === undefined || rows === undefined) return undefined
  const left = findPath(feedOf(rows.feed), 'model')
  if (left === undefined)
    return fail(scope, columnUnknown(placeOf(scope.definition, 'feed'), rows.feed, 'model'))
  const byModel: Test = { left, op: '=', right: { is: 'literal', value: model } }
  const body: Score = { kind: 'score', rows: { ...rows, where: [...rows.where, byModel] } }
  const missing = { en: 'the model gave no score lately', zh: '近期没有该模型的评分' }
  return fromRows(rows, { body, type: 'number', unit: {}, missing })
}

export function lowerScore(score: Score): Value {
  return measure(score.rows, 'last')
}
