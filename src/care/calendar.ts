import { addDays, type PlainDate } from '#kernel'
import { bind, selecting } from '#rules'
import { ident, join, type Sql, sql, type Warehouse } from '#warehouse'
import type { Holiday } from './holiday.ts'
import { dueOn, type Occasion } from './occasion.ts'

/** How many subscribers an occasion is for on a morning to come, as far as is known today. */
export interface Due {
  readonly day: PlainDate
  readonly occasion: string
  readonly subscribers: number
}

/**
 * Whom the occasions are for on each morning from `asOf` to so many days on: by what the factors of `asOf` count down, and
 * by the calendar. Who joins or leaves meanwhile is not known yet.
 */
export async function dueWithin(
  warehouse: Warehouse,
  table: Sql,
  { occasions, holidays, asOf, days }: DueQuery,
): Promise<readonly Due[]> {
  const counting = occasions.filter(o => 'countdown' in o.when)
  const personal = await Promise.all(counting.map(o => countedDown(warehouse, table, o, { asOf, days })))
  const onDays = await forDays(
    warehouse,
    table,
    occasions.filter(o => !('countdown' in o.when)),
    { holidays, asOf, days },
  )
  return [...personal.flat(), ...onDays].toSorted(
    (a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0) || (a.occasion < b.occasion ? -1 : 1),
  )
}

export interface DueQuery {
  readonly occasions: readonly Occasion[]
  readonly holidays: readonly Holiday[]
  readonly asOf: PlainDate
  readonly days: number
}

async function countedDown(
  warehouse: Warehouse,
  table: Sql,
  { id, when, condition }: Occasion,
  { asOf, days }: Pick<DueQuery, 'asOf' | 'days'>,
): Promise<readonly Due[]> {
  if (!('countdown' in when)) return []
  const left = ident(when.countdown)
  const audience = selecting(bind(condition, { asOf, parameters: [] }))
  const rows = await warehouse.rows<{ left: number; subscribers: number }>(
    sql`SELECT ${left} AS "left", count(*) AS subscribers FROM ${table} AS t
      WHERE ${left} >= ${when.daysBefore} AND ${left} < ${when.daysBefore + days} AND ${audience}
      GROUP BY ${left} ORDER BY ${left}`,
  )
  return rows.map(row => ({
    day: addDays(asOf, row.left - when.daysBefore),
    occasion: id,
    subscribers: row.subscribers,
  }))
}

/** Those of the calendar, in one scan: how many each is for, on its days. */
async function forDays(
  warehouse: Warehouse,
  table: Sql,
  occasions: readonly Occasion[],
  { holidays, asOf, days }: Omit<DueQuery, 'occasions'>,
): Promise<readonly Due[]> {
  const mornings = Array.from({ length: days }, (_, i) => addDays(asOf, i))
  const due = mornings.flatMap(day =>
    occasions.flatMap(occasion => {
      return dueOn(occasion, holidays, day) === undefined ? [] : [{ day, occasion }]
    }),
  )
  if (due.length === 0) return []
  const sums = due.map(({ occasion }, i) => {
    const audience = selecting(bind(occasion.condition, { asOf, parameters: [] }))
    return sql`sum(CASE WHEN ${audience} THEN 1 ELSE 0 END) AS ${ident(`c${i}`)}`
  })
  const [row] = await warehouse.rows<Record<string, number | null>>(
    sql`SELECT ${join(sums)} FROM ${table} AS t`,
  )
  return due.map(({ day, occasion }, i) => ({
    day,
    occasion: occasion.id,
    subscribers: Number(row?.[`c${i}`] ?? 0),
  }))
}

/** For how many each occasion was on a morning that is past, by what its own factors say: one scan. */
export async function dueThen(
  warehouse: Warehouse,
  table: Sql,
  { occasions, holidays, asOf }: Omit<DueQuery, 'days'>,
): Promise<readonly Due[]> {
  const due = occasions.flatMap(occasion => {
    const condition = dueOn(occasion, holidays, asOf)
    return condition === undefined ? [] : [{ id: occasion.id, condition }]
  })
  if (due.length === 0) return []
  const sums = due.map(
    ({ condition }, i) => sql`sum(CASE WHEN ${selecting(condition)} THEN 1 ELSE 0 END) AS ${ident(`c${i}`)}`,
  )
  const [row] = await warehouse.rows<Record<string, number | null>>(
    sql`SELECT ${join(sums)} FROM ${table} AS t`,
  )
  return due.flatMap(({ id }, i) => {
    const subscribers = Number(row?.[`c${i}`] ?? 0)
    return subscribers === 0 ? [] : [{ day: asOf, occasion: id, subscribers }]
  })
}
