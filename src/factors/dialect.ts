import { steadyOffset } from '#kernel'
import { join, raw, type Sql, sql } from '#warehouse'

/** The few expressions that every engine spells its own way; everything else the printer writes is common SQL. */

/** Bit n is set for the day n + 1 days before `asOf`. */
export function dayBit(asOf: Sql, day: Sql): Sql {
  return sql`(CAST(1 AS UBIGINT) << CAST(${asOf} - 1 - ${day} AS UBIGINT))`
}

export function countBits(mask: Sql): Sql {
  return sql`bit_count(${mask})`
}

/** The longest run of unset bits among bits [to, from). Runs of '0' sort by length, so the largest is the longest. */
export function longestGap(mask: Sql, from: Sql, to: Sql): Sql {
  return sql`length(list_max(string_split(lpad(bin(${mask} >> ${to}), CAST(${from} - ${to} AS INTEGER), '0'), '1')))`
}

/** How many set bits, or unset ones, follow one another from bit `to` up, in a mask with some bit set there or above. */
export function runFrom(mask: Sql, to: Sql, of: 'set' | 'unset'): Sql {
  const bits = sql`(${mask} >> ${to})`
  return of === 'set'
    ? sql`(bit_count(xor(${bits}, ${bits} + 1)) - 1)`
    : sql`(bit_count(xor(${bits}, ${bits} - 1)) - 1)`
}

/** Of the rows with a value, that of the greatest key. */
export function valueAtMax(value: Sql, key: Sql): Sql {
  return sql`max_by(${value}, ${key})`
}

/** The n greatest of a group added up. */
export function sumOfGreatest(value: Sql, n: number): Sql {
  return sql`list_sum(max(${value}, ${n}))`
}

export function pair(a: Sql, b: Sql): Sql {
  return sql`ROW(${a}, ${b})`
}

/** Of a whole number (or one made so by `millionths`), exactly; beyond 10¹⁶ it is missing. */
export function square(value: Sql): Sql {
  const bounded = sql`TRY_CAST(${value} AS DECIMAL(16, 0))`
  return sql`${bounded} * ${bounded}`
}

/** How many millionths, whole. */
export function millionths(value: Sql): Sql {
  return sql`CAST(TRY_CAST(${value} AS DECIMAL(18, 6)) * 1000000 AS DECIMAL(24, 0))`
}

/** From the squares' sum, the sum, and the count of whole values: exact up to the root. Never of less than nothing. */
export function deviation(squares: Sql, sum: Sql, count: Sql): Sql {
  const whole = (value: Sql) => sql`CAST(${value} AS HUGEINT)`
  const spread = sql`CAST(${whole(count)} * ${whole(squares)} - ${whole(sum)} * ${whole(sum)} AS DOUBLE)`
  return sql`(CASE WHEN ${spread} >= 0 THEN sqrt(${spread}) END / nullif(${count}, 0))`
}

/** Exact, so that the order of adding does not show: millionths of a number that is not whole. Beyond 10²² it is missing. */
export function exact(value: Sql): Sql {
  return sql`TRY_CAST(${value} AS DECIMAL(28, 6))`
}

export function monthsApart(from: Sql, to: Sql): Sql {
  return sql`date_diff('month', ${from}, ${to})`
}

/** The hour that clocks in `zone` show at a UTC moment. */
export function hourIn(zone: string, moment: Sql): Sql {
  const hours = (steadyOffset(zone) ?? Number.NaN) / 3600
  if (Number.isInteger(hours)) return sql`((extract(hour FROM ${moment}) + ${(hours + 24) % 24}) % 24)`
  return sql`extract(hour FROM timezone(${zone}, timezone('UTC', ${moment})))`
}

/** 1 for Monday … 7 for Sunday. */
export function weekday(date: Sql): Sql {
  return sql`extract(isodow FROM ${date})`
}

/** The date so many years later; 29 February becomes 28 where there is none. */
export function yearsLater(date: Sql, years: Sql): Sql {
  return sql`CAST(${date} + to_years(CAST(${years} AS INTEGER)) AS DATE)`
}

export function lastDayOfMonth(date: Sql): Sql {
  return sql`last_day(${date})`
}

/** A count in front of a value, so that the greatest text has the greatest count. */
export function countThenText(count: Sql, value: Sql): Sql {
  return sql`lpad(CAST(${count} AS VARCHAR), 12, '0') || ${value}`
}

export function textAfterCount(value: Sql): Sql {
  return sql`substr(${value}, 13)`
}

/** Bits of days, none of them missing: which are in both, in either, in the first but not the second; and moved by days. */
export function bothDays(a: Sql, b: Sql): Sql {
  return sql`(${a} & ${b})`
}

export function eitherDays(a: Sql, b: Sql): Sql {
  return sql`(${a} | ${b})`
}

export function daysLater(mask: Sql, days: number): Sql {
  return sql`(${mask} << CAST(${days} AS UBIGINT))`
}

/** The bits [first, last) as a constant. */
export function dayBits(first: number, last: number): Sql {
  const bits = last <= first ? 0n : (1n << BigInt(last)) - (1n << BigInt(first))
  return raw(`CAST(${bits} AS UBIGINT)`)
}

/** The values below which these shares of the rows lie: each a value that some row has. */
export function quantiles(value: Sql, at: readonly number[]): Sql {
  return sql`quantile_disc(${value}, [${join(at.map(a => sql`${a}`))}])`
}
