import { join, raw, type Sql, sql } from '#warehouse'
import type { Column } from './contract/feed.ts'
import type { ColumnFrom } from './mapping-column.ts'
import { factorOf, type Ratio } from './units.ts'
import { toLocal, toUtc } from './zone.ts'

/** A value as it comes, with the engine's name for its type. */
export interface Given {
  readonly sql: Sql
  readonly type: string
}

const asItIs: Ratio = { times: 1, over: 1 }
const whole = /^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/
/** Offset at the end of a text that has a time of day. */
const offsetPattern = String.raw`:\d\d.*(Z|[+-]\d\d(:?\d\d)?)$`
const defaultTrue = ['true', 't', '1', 'yes', 'y']
const defaultFalse = ['false', 'f', '0', 'no', 'n']

/** The given value in the contract's type and unit; NULL when it cannot be read as that. */
export function converted(column: Column, from: ColumnFrom, given: Given, timeZone: string): Sql {
  switch (column.type) {
    case 'id':
    case 'text':
      return coded(from, textOf(given))
    case 'code': {
      const code = coded(from, textOf(given))
      const legal = join(Object.keys(column.values ?? {}).map(v => sql`${v}`))
      return sql`CASE WHEN ${code} IN (${legal}) THEN ${code} END`
    }
    case 'integer':
    case 'money':
      return wholeNumber(column, given, ratioOf(column, from))
    case 'number':
      return number(given, ratioOf(column, from))
    case 'date':
      return date(from, given, timeZone)
    case 'moment':
      return moment(from, given, timeZone)
    case 'flag':
      return flag(from, given)
  }
}

function ratioOf(column: Column, from: ColumnFrom): Ratio {
  return (from.unit && factorOf(from.unit, column.unit)) ?? asItIs
}

function textOf(given: Given): Sql {
  return given.type === 'VARCHAR' ? given.sql : sql`CAST(${given.sql} AS VARCHAR)`
}

function coded(from: ColumnFrom, text: Sql): Sql {
  if (from.codes === undefined) return text
  const cases = Object.entries(from.codes).map(([theirs, ours]) => sql`WHEN ${theirs} THEN ${ours}`)
  const otherwise = from.otherwise === undefined ? sql`NULL` : sql`${from.otherwise}`
  if (cases.length === 0) return otherwise
  return sql`CASE ${text} ${join(cases, ' ')} ELSE ${otherwise} END`
}

/** Money and counts are exact: what is not whole in our unit cannot be read. Other quantities are rounded when converted. */
function wholeNumber(column: Column, given: Given, ratio: Ratio): Sql {
  if (given.type === 'BIGINT' && ratio === asItIs) return given.sql
  if (whole.test(given.type) && ratio === asItIs) return sql`TRY_CAST(${given.sql} AS BIGINT)`
  const isBinary = given.type === 'DOUBLE' || given.type === 'FLOAT'
  const amount = isBinary ? given.sql : sql`TRY_CAST(${given.sql} AS DECIMAL(27, 6))`
  const scaled = scale(amount, ratio)
  const rounded = sql`round(${scaled})`
  const result = sql`TRY_CAST(${rounded} AS BIGINT)`
  if (column.type === 'integer' && ratio !== asItIs) return result
  const slack = isBinary ? sql`abs(${scaled} - ${rounded}) <= 0.000001` : sql`${scaled} = ${rounded}`
  return sql`CASE WHEN ${slack} THEN ${result} END`
}

function scale(amount: Sql, ratio: Ratio): Sql {
  const times = ratio.times === 1 ? amount : sql`${amount} * ${raw(String(ratio.times))}`
  return ratio.over === 1 ? times : sql`(${times}) / ${raw(String(ratio.over))}`
}

function number(given: Given, ratio: Ratio): Sql {
  const value = given.type === 'DOUBLE' ? given.sql : sql`TRY_CAST(${given.sql} AS DOUBLE)`
  const scaled = scale(value, ratio)
  return sql`CASE WHEN isfinite(${value}) THEN ${scaled} END`
}

function date(from: ColumnFrom, given: Given, timeZone: string): Sql {
  if (given.type === 'DATE') return given.sql
  if (given.type === 'TIMESTAMP WITH TIME ZONE') {
    return sql`CAST(${toLocal(timeZone, sql`timezone('UTC', ${given.sql})`)} AS DATE)`
  }
  if (given.type.startsWith('TIMESTAMP')) return sql`CAST(${given.sql} AS DATE)`
  if (from.format === undefined) return sql`TRY_CAST(${textOf(given)} AS DATE)`
  return sql`CAST(try_strptime(${textOf(given)}, ${from.format}) AS DATE)`
}

function moment(from: ColumnFrom, given: Given, timeZone: string): Sql {
  const utc = (local: Sql): Sql => (from.isUtc ? local : toUtc(timeZone, local))
  if (given.type === 'TIMESTAMP WITH TIME ZONE') return sql`timezone('UTC', ${given.sql})`
  if (given.type.startsWith('TIMESTAMP')) {
    return utc(given.type === 'TIMESTAMP' ? given.sql : sql`CAST(${given.sql} AS TIMESTAMP)`)
  }
  const text = textOf(given)
  if (from.format !== undefined) {
    const parsed = sql`try_strptime(${text}, ${from.format})`
    return from.format.includes('%z') ? sql`timezone('UTC', ${parsed})` : utc(parsed)
  }
  const withOffset = sql`timezone('UTC', TRY_CAST(${text} AS TIMESTAMP WITH TIME ZONE))`
  const without = utc(sql`TRY_CAST(${text} AS TIMESTAMP)`)
  return sql`CASE WHEN regexp_matches(${text}, ${offsetPattern}) THEN ${withOffset} ELSE ${without} END`
}

function flag(from: ColumnFrom, given: Given): Sql {
  if (given.type === 'BOOLEAN') return given.sql
  const text = sql`lower(${textOf(given)})`
  const among = (texts: readonly string[]): Sql =>
    texts.length === 0 ? sql`FALSE` : sql`${text} IN (${join(texts.map(t => sql`${t.toLowerCase()}`))})`
  return sql`CASE WHEN ${among(from.trueTexts ?? defaultTrue)} THEN TRUE WHEN ${among(from.falseTexts ?? defaultFalse)} THEN FALSE END`
}
