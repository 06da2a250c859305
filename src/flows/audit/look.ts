import { audit, auditTrail } from '#governance'
import { feedState } from '#ingest'
import { addDays, isPlainDate, momentOn, ok, type PlainDate, type RowScope } from '#kernel'
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
  const { desk, zone } = application
  const { page = 1, pageSize = 20, act, staff } = query
  const subscribers = await subscribersAsked(application, query)
  const morning = (text: string | undefined, days: number) =>
    text !== undefined && isPlainDate(text) ? momentOn(addDays(text, days), 0, zone) : undefined
  const found = await auditTrail.search(desk.db, {
    subscribers,
    staffId: staff === undefined ? undefined : staffIdOf(staff),
    act,
    from: morning(query.from, 0),
    to: morning(query.to, 0),
    scope: looker.scope,
    page,
    pageSize,
  })
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

function asked({ subscriber: _, ...query }: LookQuery): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined))
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
