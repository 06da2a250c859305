import { can, type Holder, responsibleFor, shownTo } from '#governance'
import { feedState } from '#ingest'
import { ok, type Placed, type PlainDate } from '#kernel'
import { listTasks } from '#tasks'
import { type Row, raw, sql } from '#warehouse'
import { warningsOf } from '#warnings'
import type { Application } from '../application.ts'
import { type Asker, asking, on } from '../asker.ts'
import { auditListed } from '../audit/listed.ts'
import { lastNight } from '../night/record.ts'
import { codedOf } from './coded.ts'

export interface FindQuery {
  readonly q: string
  readonly page?: number
  readonly pageSize?: number
}

/** More than so many matches is no quick look-up: the asker types more. */
const matchesMax = 2_000
const rowsPerLook = 10_000

/** Subscribers within the asker's scope whose key or (for those who may see numbers) number begins with what was typed. */
export async function findSubscribers(application: Application, asker: Asker, query: FindQuery) {
  const { page = 1, pageSize = 20 } = query
  const asOf = await lastNight(application.desk)
  const all = asOf === undefined ? [] : await matches(application, asker, query.q.trim(), asOf)
  const rows = await Promise.all(
    all.slice((page - 1) * pageSize, page * pageSize).map(match => found(application, asker, match, asOf)),
  )
  await auditListed(application, asker, {
    act: 'subscriber.find',
    subject: 'subscribers',
    subscribers: rows.map(row => row.id),
  })
  return ok({ asOf: asOf ?? null, rows, total: all.length, page, pageSize })
}

async function matches(
  application: Application,
  asker: Asker,
  typed: string,
  asOf: PlainDate,
): Promise<readonly Match[]> {
  const reader = { shelf: application.shelf }
  const [lines, customers, plans] = await Promise.all([
    feedState(reader, 'subscriber', asOf),
    feedState(reader, 'customer', asOf),
    feedState(reader, 'plan', asOf),
  ])
  if (lines === undefined || typed === '') return []
  const byNumber = can(asker.staff, 'number.plain') ? sql`OR starts_with(l.number, ${typed})` : raw('')
  const named =
    customers === undefined
      ? raw('NULL')
      : sql`(SELECT max(c.name) FROM ${customers} AS c WHERE c.customer_id = l.customer_id)`
  const planned =
    plans === undefined
      ? raw('NULL')
      : sql`(SELECT max(p.name) FROM ${plans} AS p WHERE p.plan_id = l.plan_id)`
  const engine = await application.warehouse()
  const own: Match[] = []
  // Page by page through everybody's matches: a broad prefix must not hide the asker's own behind others'.
  for (let after = ''; own.length < matchesMax; ) {
    const rows = await engine.rows<Row>(
      sql`SELECT subscriber_id, number, status, ${named} AS customer_name, ${planned} AS plan_name FROM ${lines} AS l
        WHERE (starts_with(l.subscriber_id, ${typed}) ${byNumber}) AND l.subscriber_id > ${after}
        ORDER BY subscriber_id LIMIT ${rowsPerLook}`,
    )
    const ids = rows.map(r => String(r['subscriber_id']))
    const held = await responsibleFor(application.desk.db, asker.scope, ids)
    own.push(...rows.flatMap(row => matchOf(asker, row, held.get(String(row['subscriber_id'])), typed)))
    if (rows.length < rowsPerLook) break
    after = ids.at(-1) ?? after
  }
  return own.slice(0, matchesMax)
}

/** A subscriber found, and what the asker may see of it in full. */
interface Match {
  readonly row: Row
  readonly holder: Holder
}

/** A number that may not be seen may not be found by either. */
function matchOf(asker: Asker, row: Row, placed: Placed | undefined, typed: string): readonly Match[] {
  if (placed === undefined) return []
  const holder = on(asker, placed)
  const mayFind = String(row['subscriber_id']).startsWith(typed) || can(holder, 'number.plain')
  return mayFind ? [{ row, holder }] : []
}

async function found(
  application: Application,
  asker: Asker,
  { row, holder }: Match,
  asOf: PlainDate | undefined,
) {
  const { db } = application.desk
  const id = String(row['subscriber_id'])
  const [[warning], tasks] = await Promise.all([
    warningsOf(db, id, 1),
    listTasks(db, asking(asker, 'task.look').scope, {
      subscriberId: id,
      state: ['open', 'claimed'],
      pageSize: 1,
    }),
  ])
  return {
    id,
    number: shownTo(holder, text(row, 'number'), 'number'),
    customerName: shownTo(holder, text(row, 'customer_name'), 'name'),
    status: codedOf('subscriber', 'status', String(row['status'])),
    planName: text(row, 'plan_name'),
    level: warning !== undefined && warning.day === asOf ? warning.level : null,
    openTaskId: tasks.tasks[0]?.id ?? null,
  }
}

function text(row: Row, name: string): string | null {
  const value = row[name]
  return value === null || value === undefined ? null : String(value)
}
