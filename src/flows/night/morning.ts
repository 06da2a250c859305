import { factorTable } from '#factors'
import { responsibleFor } from '#governance'
import { feedState } from '#ingest'
import { everybody, type PlainDate } from '#kernel'
import { ident, join, raw, type Sql, sql } from '#warehouse'
import type { Application } from '../application.ts'
import { classesOn } from '../segments/classes.ts'

/** What deciding needs to know of a subscriber this morning, beyond its warning. */
export interface Morning {
  readonly subscriberId: string
  readonly sub: number
  readonly number: string | null
  readonly customerName: string | null
  readonly arpuFen: number | null
  readonly valueClass: 'high' | 'middle' | 'low'
  readonly optedOut: boolean
  readonly openComplaints: number
  readonly openFaults: number
  readonly managerId: string | null
  readonly nodePath: string
}

const perQueryMax = 20_000

interface Row {
  readonly subscriberId: string
  readonly sub: number
  readonly number: string | null
  readonly customerName: string | null
  readonly arpuFen: number | null
  readonly valueClass: Morning['valueClass'] | null
  readonly optedOut: boolean | null
  readonly openComplaints: number | null
  readonly openFaults: number | null
}

/** The morning's facts of the named subscribers; who is in no unit of the organisation is left out: nobody answers for them. */
export async function morningOf(
  application: Application,
  day: PlainDate,
  subscriberIds: readonly string[],
): Promise<ReadonlyMap<string, Morning>> {
  const found = new Map<string, Morning>()
  for (let at = 0; at < subscriberIds.length; at += perQueryMax) {
    const some = subscriberIds.slice(at, at + perQueryMax)
    const responsible = await responsibleFor(application.desk.db, everybody, some)
    const subs = [...responsible.values()].map(held => held.sub)
    for (const row of await factsOf(application, day, subs)) {
      const held = responsible.get(row.subscriberId)
      if (held === undefined) continue
      found.set(row.subscriberId, {
        ...row,
        valueClass: row.valueClass ?? 'low',
        optedOut: row.optedOut ?? false,
        openComplaints: row.openComplaints ?? 0,
        openFaults: row.openFaults ?? 0,
        managerId: held.managerId,
        nodePath: held.nodePath,
      })
    }
  }
  return found
}

async function factsOf(
  application: Application,
  day: PlainDate,
  subs: readonly number[],
): Promise<readonly Row[]> {
  const reader = { shelf: application.shelf }
  const [table, lines, customers] = await Promise.all([
    factorTable(application.shelf, day),
    feedState(reader, 'subscriber', day),
    feedState(reader, 'customer', day),
  ])
  if (table === undefined || subs.length === 0) return []
  const engine = await application.warehouse()
  // By the key that files are sorted by: blocks that hold none of them are not read.
  const those = sql`sub IN (${join(subs.map(sub => sql`${sub}`))})`
  const some = lines && sql`(SELECT * FROM ${lines} AS s WHERE ${those})`
  const number = lines === undefined ? raw('NULL::VARCHAR') : raw('l.number')
  const name = lines === undefined || customers === undefined ? raw('NULL::VARCHAR') : raw('c.name')
  return engine.rows<Row>(sql`SELECT f.subscriber_id AS "subscriberId", f.sub, ${number} AS "number", ${name} AS "customerName",
      f.arpu_3m AS "arpuFen", v.value AS "valueClass", f.opted_out AS "optedOut",
      f.open_complaints AS "openComplaints", f.open_faults AS "openFaults"
    FROM ${table} AS f ${joinOn(await classesOn(engine, application.shelf, day), 'v', 'f.sub = v.sub')} ${joinOn(some, 'l', 'f.sub = l.sub')} ${lines === undefined ? raw('') : joinOn(customers, 'c', 'l.customer_id = c.customer_id')}
    WHERE f.${those} ORDER BY f.sub`)
}

function joinOn(relation: Sql | undefined, alias: string, on: string): Sql {
  return relation === undefined ? raw('') : sql`LEFT JOIN ${relation} AS ${ident(alias)} ON ${raw(on)}`
}
