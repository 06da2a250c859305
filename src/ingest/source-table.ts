import type { DaySpan } from '#kernel'
import { addDays, addMonths, monthStart } from '#kernel'
import { dateOf, ident, join, type Sql, sql } from '#warehouse'
import type { Column } from './contract/feed.ts'
import type { Given } from './convert.ts'
import type { ColumnFrom } from './mapping-column.ts'

/** A carrier's file as a relation: columns c0, c1, … and `line`. */
export interface SourceTable {
  readonly relation: Sql
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  /** Texts that mean "missing" unless a column says otherwise. */
  readonly nulls: readonly string[]
  readonly span: DaySpan
}

/** The value a contract column starts from, missing texts already NULL; undefined when an optional source is absent. */
export function givenFor(column: Column, from: ColumnFrom, table: SourceTable): Given | undefined {
  const { origin } = from
  switch (origin.kind) {
    case 'column': {
      const found = sourceColumn(table, origin.name)
      return found && cleaned(column, from, found, table)
    }
    case 'sum':
      return sumOf(origin.names, column, from, table)
    case 'constant':
      return { sql: sql`${origin.text}`, type: 'VARCHAR' }
    case 'delivery':
      return { sql: dateOf(partOf(origin.part, table.span)), type: 'DATE' }
    case 'row':
      return { sql: sql`CAST(line AS VARCHAR)`, type: 'VARCHAR' }
  }
}

function sourceColumn(table: SourceTable, name: string): Given | undefined {
  const at = table.columns.findIndex(c => c.name === name)
  return at < 0 ? undefined : { sql: ident(`c${at}`), type: table.columns[at]?.type ?? 'VARCHAR' }
}

function cleaned(column: Column, from: ColumnFrom, given: Given, table: SourceTable): Given {
  const isText = given.type === 'VARCHAR'
  if (!isText && from.nulls === undefined) return given
  const text = isText ? given.sql : sql`CAST(${given.sql} AS VARCHAR)`
  const trimmed = from.isTrimmed ? sql`trim(${text})` : text
  // A text to which the mapping gives a meaning is not missing.
  const meant = [...(from.trueTexts ?? []), ...(from.falseTexts ?? []), ...Object.keys(from.codes ?? {})]
  const nulls = new Set((from.nulls ?? table.nulls).filter(text => !meant.includes(text)))
  if (column.type === 'id') nulls.add('')
  if (nulls.size === 0) return { sql: trimmed, type: 'VARCHAR' }
  const [only] = nulls
  if (nulls.size === 1 && only !== undefined)
    return { sql: sql`nullif(${trimmed}, ${only})`, type: 'VARCHAR' }
  const listed = join([...nulls].map(n => sql`${n}`))
  return { sql: sql`CASE WHEN ${trimmed} IN (${listed}) THEN NULL ELSE ${trimmed} END`, type: 'VARCHAR' }
}

/** Parts that are missing count as 0, unless all are. A part that cannot be read makes the sum unreadable. */
function sumOf(
  names: readonly string[],
  column: Column,
  from: ColumnFrom,
  table: SourceTable,
): Given | undefined {
  const parts = names.map(n => sourceColumn(table, n)).map(g => g && cleaned(column, from, g, table))
  if (parts.some(p => p === undefined)) return undefined
  const known = parts.flatMap(p => (p === undefined ? [] : [p.sql]))
  const amounts = known.map(
    p => sql`coalesce(TRY_CAST(${p} AS DECIMAL(27, 6)), CASE WHEN ${p} IS NULL THEN 0 END)`,
  )
  const total = sql`CAST(${join(amounts, ' + ')} AS VARCHAR)`
  const isAllMissing = sql`coalesce(${join(known.map(k => sql`CAST(${k} AS VARCHAR)`))}) IS NULL`
  return { sql: sql`CASE WHEN ${isAllMissing} THEN NULL ELSE coalesce(${total}, '?') END`, type: 'VARCHAR' }
}

function partOf(part: 'from' | 'to' | 'day' | 'month', span: DaySpan): string {
  if (part === 'to') return span.to
  if (part === 'month') return monthOf(span)
  return span.from
}

/** The last month that had closed when the delivery ended. */
function monthOf(span: DaySpan): string {
  return addMonths(monthStart(addDays(span.to, -1)), -1)
}
