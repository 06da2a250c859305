import type { PlainDate } from '#kernel'
import { join, raw, type Sql, sql } from '#warehouse'
import { dayNumber } from './calendar.ts'
import { people } from './people.ts'
import { type Joining, joiningOn } from './size.ts'
import type { World } from './tables.ts'

/** Days after which the number of a closed line is given out again. */
const reissueDays = 90

/** Newcomers are settled so many days ahead, so that few days have to. */
export const admittedDays = 60

/** Fills the empty table `person` with the founders and with those who join before `end`. */
export async function populate(world: World, end: PlainDate): Promise<void> {
  const { plan, size, dice, warehouse } = world
  await warehouse.run(
    sql`CREATE TABLE person AS SELECT * FROM ${people(plan, size, dice, founders(world))} ORDER BY n`,
  )
  await admit(world, plan.firstDay, end)
}

/** Adds the lines that join on the days [from, to). */
export async function admit(world: World, from: PlainDate, to: PlainDate): Promise<void> {
  const { plan, size, dice, warehouse } = world
  const joining = joiningOn(plan, size, from, to)
  if (joining.length === 0) return
  const born = newcomers(world, joining)
  await warehouse.run(sql`INSERT INTO person SELECT * FROM ${people(plan, size, dice, born)} ORDER BY n`)
  await tieSwitchers(world)
}

/** Whoever moves to another card of ours is called on the number which that card really has. */
export async function tieSwitchers({ warehouse, size }: World): Promise<void> {
  await warehouse.run(sql`UPDATE person SET second_number = t.number
    FROM (SELECT twin_of, number FROM person WHERE n >= ${size.founders} AND twin_of IS NOT NULL) AS t WHERE t.twin_of = person.n`)
}

/** Tenure is skewed as in a real prepaid base, 2.4 years at the middle; some hold two of our cards. */
function founders({ plan, size, dice }: World): Sql {
  const tenure = sql`least(4400, greatest(4, floor(863 * exp(0.95 * ${dice.normal('tenure', 'n')}))))`
  return sql`(
    SELECT n, (${dayNumber(plan.firstDay)} - 1 - ${tenure})::INTEGER AS joined,
      CASE WHEN n % 6 = 5 AND ${dice.uniform('twin', 'n')} < 0.15 THEN n - 1 END AS twin_of, NULL::BIGINT AS reissued
    FROM (SELECT range AS n FROM range(${size.founders})))`
}

/**
 * A day's newcomers: the first of them are second cards of those who switch within the house on that day, the last of them
 * get numbers that were closed three months before, the others are new in every way.
 */
function newcomers({ size }: World, joining: readonly Joining[]): Sql {
  const days = joining.map(j => sql`(${j.dn}, ${j.first}, ${j.count})`)
  const nth = (day: string) => raw(`row_number() OVER (PARTITION BY ${day} ORDER BY n)`)
  return sql`(
    SELECT b.first + b.i AS n, b.dn::INTEGER AS joined, s.n AS twin_of, r.number AS reissued
    FROM (SELECT dn, first::BIGINT AS first, count, unnest(range(count)) AS i FROM (VALUES ${join(days)}) AS d(dn, first, count)) AS b
      LEFT JOIN (SELECT n, second_dn AS dn, ${nth('second_dn')} - 1 AS i FROM person WHERE n < ${size.founders} AND reason = 'internal' AND twin_of IS NULL) AS s
        ON s.dn = b.dn AND s.i = b.i
      LEFT JOIN (SELECT number, leave_dn + ${reissueDays} AS dn, ${nth('leave_dn')} AS i FROM person WHERE n < ${size.founders} AND leave_way = 'closed') AS r
        ON r.dn = b.dn AND r.i = b.count - b.i)`
}
