import { ident, type Sql, sql } from '#warehouse'
import { dayBit, exact, millionths, monthsApart, pair, square, valueAtMax } from './dialect.ts'
import type { Base } from './plan.ts'
import { all, column, condition } from './print-rows.ts'
import type { Spelling } from './spelling.ts'

/** Folds a base over the rows of its feed that satisfy its tests and `also`. */
export function foldRows(base: Base, also: readonly Sql[], spelling: Spelling): Sql {
  const conditions = [...base.tests.map(t => condition(t, spelling)), ...also]
  const when = (value: Sql) =>
    conditions.length === 0 ? value : sql`CASE WHEN ${all(conditions)} THEN ${value} END`
  const value = base.column === undefined ? sql`1` : column(base.column)
  switch (base.fold) {
    case 'count':
      return conditions.length === 0 ? sql`count(*)` : sql`count(${when(sql`1`)})`
    case 'sum':
      return isWhole(base) ? sql`CAST(sum(${when(value)}) AS BIGINT)` : sql`sum(${when(exact(value))})`
    case 'min':
      return sql`min(${when(value)})`
    case 'max':
      return sql`max(${when(value)})`
    case 'last': {
      if (base.takes === 'day')
        return sql`max(CASE WHEN ${all([...conditions, sql`${value} IS NOT NULL`])} THEN r."day" END)`
      const order = sql`r.${ident(base.order)}`
      return valueAtMax(when(value), base.tied ? pair(order, value) : order)
    }
    case 'first-day':
      return sql`min(${when(sql`r."day"`)})`
    case 'last-day':
      return sql`max(${when(sql`r."day"`)})`
    case 'mask':
      return sql`bit_or(${when(dayBit(spelling.day(0), sql`r."day"`))})`
    case 'days':
    case 'squares':
    case 'peak':
    case 'days-over':
      return overDays(base, ofDay(base, isWhole(base) ? value : exact(value)), when)
    case 'slope':
      return slope(isWhole(base) ? value : exact(value), when, spelling)
    case 'distinct':
    case 'most':
    case 'top':
    case 'value-squares':
    case 'new-values':
    case 'lost-values':
      throw new TypeError(`${base.fold} is folded per value first`)
  }
}

/** What one day gives to a fold of many: the day's own fold as it was kept, or what is made of the day's total. */
export function ofDay(base: Base, kept: Sql): Sql {
  if (base.fold === 'days') return sql`CASE WHEN ${kept} > 0 THEN 1 END`
  if (base.fold === 'days-over') return sql`CASE WHEN ${kept} > ${base.limit ?? 0} THEN 1 END`
  return base.fold === 'squares' ? square(isWhole(base) ? kept : millionths(kept)) : kept
}

function overDays(base: Base, day: Sql, when: (value: Sql) => Sql): Sql {
  if (base.fold === 'peak') return sql`max(${when(day)})`
  return base.fold === 'squares' ? sql`sum(${when(day)})` : sql`CAST(sum(${when(day)}) AS BIGINT)`
}

/** Folds the same base over day partials. */
export function foldPartials(base: Base, also: readonly Sql[], spelling: Spelling): Sql {
  const kept = sql`r.${ident(base.stored ?? base.name)}`
  const guards = base.tests.filter(t => t.right?.is === 'as-of').map(t => condition(t, spelling))
  const countsDays = ['mask', 'first-day', 'last-day'].includes(base.fold)
  const conditions = [...(countsDays ? [sql`${kept} > 0`] : []), ...guards, ...also]
  const when = (value: Sql) =>
    conditions.length === 0 ? value : sql`CASE WHEN ${all(conditions)} THEN ${value} END`
  switch (base.fold) {
    case 'count':
      return sql`CAST(sum(${when(kept)}) AS BIGINT)`
    case 'sum':
      return isWhole(base) ? sql`CAST(sum(${when(kept)}) AS BIGINT)` : sql`sum(${when(kept)})`
    case 'min':
      return sql`min(${when(kept)})`
    case 'max':
      return sql`max(${when(kept)})`
    case 'last':
      if (base.takes === 'day')
        return sql`max(CASE WHEN ${all([...conditions, sql`${kept} IS NOT NULL`])} THEN r."day" END)`
      return valueAtMax(when(kept), sql`r."day"`)
    case 'first-day':
      return sql`min(${when(sql`r."day"`)})`
    case 'last-day':
      return sql`max(${when(sql`r."day"`)})`
    case 'mask':
      return sql`bit_or(${when(dayBit(spelling.day(0), sql`r."day"`))})`
    case 'days':
    case 'squares':
    case 'peak':
    case 'days-over':
      return overDays(base, ofDay(base, kept), when)
    case 'slope':
    case 'distinct':
    case 'most':
    case 'top':
    case 'value-squares':
    case 'new-values':
    case 'lost-values':
      throw new TypeError(`${base.fold} does not fold over days`)
  }
}

/** Folds buckets [first, last] of a base; bucket 0 is the newest, `oldest` the last there is. */
export function foldBuckets(base: Base, first: number, last: number, oldest: number): Sql {
  const kept = ident(base.name)
  const bounds = [...(first > 0 ? [sql`bk >= ${first}`] : []), ...(last < oldest ? [sql`bk <= ${last}`] : [])]
  const when = bounds.length === 0 ? kept : sql`CASE WHEN ${all(bounds)} THEN ${kept} END`
  switch (base.fold) {
    case 'count':
    case 'days':
    case 'days-over':
      return sql`CAST(sum(${when}) AS BIGINT)`
    case 'sum':
      return isWhole(base) ? sql`CAST(sum(${when}) AS BIGINT)` : sql`sum(${when})`
    case 'squares':
      return sql`sum(${when})`
    case 'min':
    case 'first-day':
      return sql`min(${when})`
    case 'max':
    case 'peak':
    case 'last-day':
      return sql`max(${when})`
    case 'last':
      return base.takes === 'day' ? sql`max(${when})` : valueAtMax(when, sql`-bk`)
    case 'mask':
      return sql`bit_or(${when})`
    case 'slope':
    case 'distinct':
    case 'most':
    case 'top':
    case 'value-squares':
    case 'new-values':
    case 'lost-values':
      throw new TypeError(`${base.fold} does not fold over buckets`)
  }
}

export function isWhole(base: Base): boolean {
  return base.column?.of.type !== 'number'
}

/** Least squares over (months before the end, value): whole or exact sums first, one division at the end. */
function slope(y: Sql, when: (value: Sql) => Sql, spelling: Spelling): Sql {
  const x = monthsApart(spelling.month(0), sql`r."month"`)
  const known = (v: Sql) => when(sql`CASE WHEN ${y} IS NOT NULL THEN ${v} END`)
  const n = sql`count(${when(y)})`
  const [sx, sxx] = [sql`sum(${known(x)})`, sql`sum(${known(sql`${x} * ${x}`)})`]
  const [sy, sxy] = [
    sql`CAST(sum(${when(y)}) AS DOUBLE)`,
    sql`CAST(sum(${when(sql`${x} * ${y}`)}) AS DOUBLE)`,
  ]
  return sql`(${n} * ${sxy} - ${sx} * ${sy}) / nullif(CAST(${n} * ${sxx} - ${sx} * ${sx} AS DOUBLE), 0)`
}
