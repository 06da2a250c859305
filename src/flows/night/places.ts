import { sql } from 'kysely'
import { type DeskDb, insertRows, withinScopeThen } from '#desk'
import { responsibleFor } from '#governance'
import { type DaySpan, everybody, FaultError, type Placed, type PlainDate, type RowScope } from '#kernel'
import { type Rule, selectedBy } from '#rules'
import type { Sql } from '#warehouse'
import { exportWarnings } from '#warnings'
import { workStopped } from '../faults.ts'
import { nightTables } from './tables.ts'
import type { Work } from './work.ts'

const rowsPerPageMax = 20_000

/** What a night found among the subscribers of one place: those of one unit for whom one manager answers. */
interface Found {
  subscribers: number
  readonly rules: Map<string, number>
  readonly levels: { high: number; medium: number; low: number }
}

/** Sums by place while a night goes through subscribers. */
export class PlaceSums {
  readonly #found = new Map<string, Found>()

  at(placed: Placed): Found {
    const key = `${placed.managerId ?? ''} ${placed.nodePath}`
    const known = this.#found.get(key)
    if (known !== undefined) return known
    const fresh = { subscribers: 0, rules: new Map(), levels: { high: 0, medium: 0, low: 0 } }
    this.#found.set(key, fresh)
    return fresh
  }

  rows(day: PlainDate) {
    return [...this.#found].toSorted(byKey).map(([key, found]) => {
      const [manager = '', path = ''] = key.split(' ')
      const rules = Object.fromEntries([...found.rules].toSorted(byKey))
      return {
        day,
        then_manager_id: manager,
        then_node_path: path,
        subscribers: found.subscribers,
        rules,
        ...found.levels,
      }
    })
  }
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1
}

/** Puts how many subscribers each place has this morning in the place of what was there. */
export async function notePlaces(db: DeskDb, day: PlainDate, sums: PlaceSums): Promise<void> {
  await db.transaction().execute(async trx => {
    await nightTables(trx).deleteFrom('night_place').where('day', '=', day).execute()
    await insertRows(trx, 'night_place', sums.rows(day))
  })
}

/** Rules with the table that they are asked of. */
interface Asked {
  readonly table: Sql
  readonly active: readonly Rule[]
}

/** Adds what the rules and warnings of the morning found, place by place. */
export async function noteFound({ application, day, signal }: Work, asked: readonly Asked[]): Promise<void> {
  const { db } = application.desk
  const engine = await application.warehouse()
  const sums = new PlaceSums()
  for (const { table, active } of asked)
    for (let after = -1; ; ) {
      if (signal.aborted) throw new FaultError(workStopped())
      const ask = { table, rules: active, asOf: day, after, rowsMax: rowsPerPageMax }
      const page = await selectedBy(engine, ask)
      await eachPlaced(db, page, sums, (found, one) => {
        for (const rule of one.rules) found.rules.set(rule, (found.rules.get(rule) ?? 0) + 1)
      })
      if (page.length < rowsPerPageMax) break
      after = page.at(-1)?.sub ?? after
    }
  const warned = (await exportWarnings(db, day)).map(w => ({ subscriberId: w.subscriber_id, level: w.level }))
  for (let at = 0; at < warned.length; at += rowsPerPageMax) {
    await eachPlaced(db, warned.slice(at, at + rowsPerPageMax), sums, (found, one) => {
      found.levels[one.level] += 1
    })
  }
  await addFound(db, day, sums)
}

async function eachPlaced<T extends { readonly subscriberId: string }>(
  db: DeskDb,
  some: readonly T[],
  sums: PlaceSums,
  add: (found: Found, one: T) => void,
): Promise<void> {
  const ids = some.map(one => one.subscriberId)
  const placed = await responsibleFor(db, everybody, ids)
  for (const one of some) {
    const where = placed.get(one.subscriberId)
    if (where !== undefined) add(sums.at(where), one)
  }
}

async function addFound(db: DeskDb, day: PlainDate, sums: PlaceSums): Promise<void> {
  await sql`
    update night_place place set rules = found.rules, high = found.high, medium = found.medium, low = found.low
    from jsonb_populate_recordset(null::night_place, ${JSON.stringify(sums.rows(day))}::jsonb) found
    where place.day = ${day} and place.then_manager_id = found.then_manager_id
      and place.then_node_path = found.then_node_path`.execute(db)
}

/** What the nights of a span found among those who were in the scope that morning. */
export interface Figures {
  readonly day: PlainDate
  readonly subscribers: number
  readonly high: number
  readonly medium: number
  readonly low: number
  readonly rules: Readonly<Record<string, number>>
}

/** By day, oldest first; a night of before figures were kept by place has none. */
export async function figuresWithin(
  db: DeskDb,
  span: DaySpan,
  scope: RowScope,
): Promise<ReadonlyMap<PlainDate, Figures>> {
  const within = withinScopeThen(scope, 'place')
  const { rows } = await sql<Figures>`
    with place as (
      select * from night_place place where day >= ${span.from} and day < ${span.to} and ${within}
    ), counted as (
      select day, jsonb_object_agg(rule, found) as rules from (
        select day, rule, sum(count::bigint) as found from place, jsonb_each_text(place.rules) as each (rule, count)
        group by day, rule) by_rule
      group by day
    )
    select day, sum(subscribers)::bigint as subscribers, sum(high)::bigint as high, sum(medium)::bigint as medium,
      sum(low)::bigint as low, coalesce(min(counted.rules::text)::jsonb, '{}') as rules
    from place left join counted using (day) group by day order by day`.execute(db)
  return new Map(rows.map(row => [row.day, row]))
}
