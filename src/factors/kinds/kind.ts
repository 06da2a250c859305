import type { FeedId } from '#ingest'
import type { FactorType, Words } from '../factor.ts'
import type { Path, Rows } from '../rows.ts'
import { feedsOfRows, windowWords } from '../scope.ts'
import { parseUnit, type Unit } from '../unit.ts'

/** What resolving a definition of some kind yields: its body with every name resolved, and what that makes of it. */
export interface Resolution<Body> {
  readonly body: Body
  readonly type: FactorType
  readonly unit: Unit
  readonly feeds: readonly FeedId[]
  readonly needs: readonly string[]
  readonly window?: Words
  readonly values?: Readonly<Record<string, Words>>
  /** What an empty value says, unless the definition says it better. */
  readonly missing: Words
}

/** The type of a column's values as a factor. */
export function typeOfColumn(rows: Rows): FactorType {
  const type = rows.column?.of.type
  if (type === undefined || type === 'id' || type === 'code') return 'text'
  return type === 'moment' ? 'date' : type
}

export function unitOfColumn(rows: Rows): Unit {
  return parseUnit(rows.column?.of.unit) ?? {}
}

export function valuesOfColumn(rows: Rows) {
  const values = rows.column?.of.values
  return values === undefined ? {} : { values }
}

/** What every kind that folds a feed's rows has in common. */
export function fromRows<Body>(
  rows: Rows,
  more: { readonly body: Body; readonly type: FactorType; readonly unit: Unit; readonly missing: Words },
): Resolution<Body> {
  const window = windowWords(rows.window)
  return { ...more, ...(window === undefined ? {} : { window }), feeds: feedsOfRows(rows), needs: [] }
}

export const neverMissing: Words = { en: 'never: no rows count as zero', zh: '不会为空：没有记录即为 0' }
export const noRows: Words = { en: 'no such row in the window', zh: '窗口内没有这样的记录' }

/** The rows that have their column, without asking where the contract says that all have it. */
export function rowsWithColumn(rows: Rows): Rows {
  const { column, ...rest } = rows
  return column === undefined ? rest : rowsThatHave(rest, column)
}

export function rowsThatHave(rows: Rows, column: Path): Rows {
  if (!column.of.nullable && column.hops.length === 0) return rows
  return { ...rows, where: [...rows.where, { left: column, op: 'known' }] }
}
