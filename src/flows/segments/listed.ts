import { responsibleFor, shownTo } from '#governance'
import type { PlainDate } from '#kernel'
import { type Sql, sql, type Warehouse } from '#warehouse'
import { warningsOf } from '#warnings'
import type { Application } from '../application.ts'
import { type Asker, on } from '../asker.ts'
import { auditListed } from '../audit/listed.ts'
import { morningOf } from '../night/morning.ts'

export interface PageQuery {
  readonly page?: number
  readonly pageSize?: number
}

interface Found {
  readonly id: string
  readonly value: string | null
  readonly stage: string | null
  readonly brand: string | null
}

/**
 * One page of the customers behind a count, the greatest spending first. Who has another manager since the morning is left
 * out of it; whom it names is audited.
 */
export async function listedCustomers(
  application: Application,
  asker: Asker,
  warehouse: Warehouse,
  { asOf, table, subject, page = 1, pageSize = 20 }: PageQuery & ListedFrom,
) {
  const [counted] = await warehouse.rows<{ total: number }>(sql`SELECT count(*) AS total FROM ${table} AS s`)
  const found = await warehouse.rows<Found>(
    sql`SELECT subscriber_id AS id, value, stage, brand FROM ${table} AS s
      ORDER BY amount DESC NULLS LAST, sub LIMIT ${pageSize} OFFSET ${(page - 1) * pageSize}`,
  )
  const ids = found.map(f => f.id)
  const held = await responsibleFor(application.desk.db, asker.scope, ids)
  const mornings = await morningOf(application, asOf, ids)
  const rows = await Promise.all(
    found.flatMap(({ id, ...cell }) => {
      const [placed, morning] = [held.get(id), mornings.get(id)]
      if (placed === undefined) return []
      const holder = on(asker, placed)
      return [
        levelOf(application, id, asOf).then(level => ({
          id,
          number: shownTo(holder, morning?.number ?? null, 'number'),
          customerName: shownTo(holder, morning?.customerName ?? null, 'name'),
          arpuFen: morning?.arpuFen ?? null,
          level,
          ...cell,
        })),
      ]
    }),
  )
  await auditListed(application, asker, { act: 'segment.list', subject, subscribers: rows.map(r => r.id) })
  return { asOf, rows, total: counted?.total ?? 0, page, pageSize }
}

interface ListedFrom {
  readonly asOf: PlainDate
  /** Rows of the segments of that morning. */
  readonly table: Sql
  /** What was looked at, for the audit. */
  readonly subject: string
}

async function levelOf({ desk }: Application, id: string, asOf: PlainDate) {
  const [warning] = await warningsOf(desk.db, id, 1)
  return warning?.day === asOf ? warning.level : null
}
