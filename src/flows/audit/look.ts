import { audit, auditTrail } from '#governance'
import { feedState } from '#ingest'
import { isPlainDate, momentOn, ok, type PlainDate, type RowScope } from '#kernel'
import { sql } from '#warehouse'
import type { Application } from '../application.ts'
import { businessDay } from '../asker.ts'

/** Who looks: somebody signed in, or whoever has the machine (null). */
export interface Looker {
  readonly staffId: string | null
  readonly from?: string | undefined
  readonly scope: RowScope
}

export interface LookQuery {
  readonly subscriber?: string
  readonly customer?: string
  /** An id or a login. */
  readonly staff?: string
  readonly act?: string
  /** Days `[from, to)` of the carrier's calendar. */
  readonly from?: string
  readonly to?: string
  readonly page?: number
  readonly pageSize?: number
}

/** Entries of the audit, newest first. Looking into it is audited. */
export async function lookIntoAudit(application: Application, looker: Looker, query: LookQuery) {
  const { desk } = application
  const { page = 1, pageSize = 20 } = query
  const filters = await auditFilters(application, query)
  const { subscribers } = filters
  const found = await auditTrail.search(desk.db, { ...filters, scope: looker.scope, page, pageSize })
  await audit(desk.db, {
    at: application.clock.now(),
    staffId: looker.staffId,
    act: 'audit.look',
    subject: 'audit',
    detail: asked(query),
    subscribers: subscribers ?? [],
    from: looker.from,
  })
  const rows = found.lines.map(({ at, staff: by, detail, ...line }) => ({
    ...line,
    at: at.toISOString(),
    by,
    detail: Object.entries(detail).map(([name, value]) => ({ name, value: textOf(value) })),
  }))
  return ok({ rows, acts: auditTrail.acts(), total: found.total, page, pageSize })
}

/** What is asked for, as the audit takes it. */
export async function auditFilters(application: Application, query: LookQuery) {
  const { act, staff, from, to } = query
  const morning = (text: string | undefined) =>
    text !== undefined && isPlainDate(text) ? momentOn(text, 0, application.zone) : undefined
  return {
    subscribers: await subscribersAsked(application, query),
    staffId: staff === undefined ? undefined : staffIdOf(staff),
    act,
    from: morning(from),
    to: morning(to),
  }
}

/** The subscribers a search is about: the one named, those of the customer named; undefined: anybody. */
async function subscribersAsked(
  application: Application,
  { subscriber, customer }: LookQuery,
): Promise<readonly string[] | undefined> {
  if (customer === undefined) return subscriber === undefined ? undefined : [subscriber]
  const lines = await subscribersOf(application, customer, await businessDay(application))
  return subscriber === undefined ? lines : lines.filter(id => id === subscriber)
}

/** Keys of a customer's subscribers as of a day. */
export async function subscribersOf(
  application: Application,
  customerId: string,
  asOf: PlainDate,
): Promise<readonly string[]> {
  const relation = await feedState({ shelf: application.shelf }, 'subscriber', asOf)
  if (relation === undefined) return []
  const engine = await application.warehouse()
  const rows = await engine.rows<{ subscriber_id: string }>(
    sql`SELECT subscriber_id FROM ${relation} AS l WHERE customer_id = ${customerId} ORDER BY subscriber_id`,
  )
  return rows.map(row => row.subscriber_id)
}

function staffIdOf(text: string): string {
  return text.startsWith('staff_') ? text : `staff_${text.trim().toLowerCase()}`
}

function asked(query: LookQuery): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(query).filter(([name, value]) => name !== 'subscriber' && value !== undefined),
  )
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
