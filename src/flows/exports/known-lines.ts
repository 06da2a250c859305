import { feedState } from '#ingest'
import type { PlainDate } from '#kernel'
import { join, type Row, raw, sql } from '#warehouse'
import type { Application } from '../application.ts'

/** Numbers, names and plans of subscribers on a morning, by key. */
export async function knownLines(
  application: Application,
  asOf: PlainDate,
  subs: readonly number[],
): Promise<ReadonlyMap<string, Row>> {
  if (subs.length === 0) return new Map()
  const reader = { shelf: application.shelf }
  const [lines, customers, plans] = await Promise.all([
    feedState(reader, 'subscriber', asOf),
    feedState(reader, 'customer', asOf),
    feedState(reader, 'plan', asOf),
  ])
  if (lines === undefined) return new Map()
  const name = customers === undefined ? raw('NULL') : raw('c.name')
  const plan = plans === undefined ? raw('NULL') : raw('p.name')
  const named =
    customers === undefined ? raw('') : sql`LEFT JOIN ${customers} AS c ON c.customer_id = l.customer_id`
  const planned = plans === undefined ? raw('') : sql`LEFT JOIN ${plans} AS p ON p.plan_id = l.plan_id`
  const engine = await application.warehouse()
  const rows = await engine.rows<Row>(
    sql`SELECT l.subscriber_id, l.number, l.customer_id, ${name} AS customer_name, l.status, ${plan} AS plan_name, l.joined_on
      FROM ${lines} AS l ${named} ${planned} WHERE l.sub IN (${join(subs.map(sub => sql`${sub}`))})`,
  )
  return new Map(rows.map(row => [String(row['subscriber_id']), row]))
}

export function textOf(row: Row | undefined, name: string): string | null {
  const value = row?.[name]
  return value === null || value === undefined ? null : String(value)
}
