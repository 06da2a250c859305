import {
  type PersonalKind,
  type Purpose,
  personalFields,
  purposes,
  responsibleFor,
  unmask,
} from '#governance'
import { feedState } from '#ingest'
import { err, localTime, ok } from '#kernel'
import { type Cell, type Row, sql } from '#warehouse'
import type { Application } from '../application.ts'
import { type Asker, businessDay } from '../asker.ts'
import { subscriberUnknown } from '../faults.ts'
import { purposeUnknown } from '../trail-faults.ts'

export interface UnmaskWanted {
  readonly subscriberId: string
  readonly field: PersonalKind
  readonly purpose: string
  readonly reason: string
}

/**
 * Shows one value of one subscriber in full, for a purpose: counted and audited before it is shown. Faults
 * subscriber.unknown (also when out of scope), purpose.unknown, unmask.limit.
 */
export async function unmaskValue(application: Application, asker: Asker, wanted: UnmaskWanted) {
  const { desk, clock, zone } = application
  const { subscriberId, field, purpose, reason } = wanted
  const held = (await responsibleFor(desk.db, asker.scope, [subscriberId])).get(subscriberId)
  if (held === undefined) return err(subscriberUnknown())
  if (!Object.hasOwn(purposes, purpose)) return err(purposeUnknown())
  const at = clock.now()
  const allowed = await unmask(desk.db, {
    staffId: asker.staff.id,
    subscriberId,
    field,
    purpose: purpose as Purpose,
    reason,
    day: localTime(at, zone).day,
    at,
    from: asker.from,
  })
  if (!allowed.ok) return allowed
  return ok({ value: await plainValue(application, held.sub, field), left: allowed.value.left })
}

/** Where each field stands: the feed, its column, and the column that the subscriber's line names it by. */
const places = {
  number: { column: 'number' },
  counterparty: { column: 'forward_to' },
  name: { feed: 'customer', column: 'name' },
  document: { feed: 'customer', column: 'document_id' },
} as const

async function plainValue(
  application: Application,
  sub: number,
  field: PersonalKind,
): Promise<string | null> {
  if (field === 'address') return null
  const asOf = await businessDay(application)
  const reader = { shelf: application.shelf }
  const lines = await feedState(reader, 'subscriber', asOf)
  if (lines === undefined) return null
  const engine = await application.warehouse()
  const [line] = await engine.rows<Row>(sql`SELECT * FROM ${lines} AS l WHERE sub = ${sub}`)
  const place = places[field]
  if (!('feed' in place)) return text(line?.[place.column])
  const customers = await feedState(reader, place.feed, asOf)
  if (customers === undefined) return null
  const [customer] = await engine.rows<Row>(
    sql`SELECT * FROM ${customers} AS c WHERE customer_id = ${String(line?.['customer_id'] ?? '')}`,
  )
  return text(customer?.[place.column])
}

function text(value: Cell | undefined): string | null {
  return typeof value === 'string' ? value : null
}

/** What may be chosen from. */
export function unmaskChoices() {
  return {
    purposes: Object.entries(purposes).map(([code, title]) => ({ code, title })),
    fields: Object.entries(personalFields).map(([code, { zh, en }]) => ({ code, title: { zh, en } })),
  }
}
