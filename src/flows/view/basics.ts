import { type Holder, listStaff, organisation, type responsibleFor, shownTo } from '#governance'
import { feedState } from '#ingest'
import { daysBetween } from '#kernel'
import { type Row, raw, type Sql, sql } from '#warehouse'
import type { Application } from '../application.ts'
import { type Asker, on } from '../asker.ts'
import { codedOf, codedOrNull } from './coded.ts'
import type { HistorySource } from './history.ts'

type Held = Awaited<ReturnType<typeof responsibleFor>> extends ReadonlyMap<string, infer R> ? R : never

/** Who the subscriber is, personal data masked for the role; undefined when no feed knows it as of that day. */
export async function basics(application: Application, asker: Asker, source: HistorySource, held: Held) {
  const lines = await feedState(source.reader, 'subscriber', source.asOf)
  if (lines === undefined) return undefined
  const [line] = await source.warehouse.rows<Row>(sql`SELECT * FROM ${lines} AS l WHERE sub = ${source.sub}`)
  if (line === undefined) return undefined
  const [customer, plan, device, unit, manager] = await Promise.all([
    oneOf(source, 'customer', sql`customer_id = ${text(line, 'customer_id')}`),
    oneOf(source, 'plan', sql`plan_id = ${text(line, 'plan_id')}`),
    oneOf(source, 'device', sql`sub = ${source.sub}`),
    unitOf(application, held.nodePath),
    managerOf(application, held.managerId),
  ])
  const holder = on(asker, held)
  const joinedOn = String(line['joined_on'])
  return {
    id: held.subscriberId,
    number: shownTo(holder, text(line, 'number'), 'number'),
    customerId: text(line, 'customer_id'),
    ...customerShown(customer, holder),
    joinedOn,
    activatedOn: text(line, 'activated_on'),
    monthsOnNetwork: Math.max(
      0,
      Math.floor(daysBetween(joinedOn as HistorySource['asOf'], source.asOf) / 30.4375),
    ),
    status: codedOf('subscriber', 'status', String(line['status'])),
    statusSince: String(line['status_since']),
    payment: codedOf('subscriber', 'payment', String(line['payment'])),
    brand: text(line, 'brand'),
    plan: plan && {
      id: String(plan['plan_id']),
      name: String(plan['name']),
      monthlyFeeFen: Number(plan['monthly_fee']),
    },
    unit,
    managerName: manager ?? null,
    agentId: text(line, 'agent_id'),
    forwardTo: shownTo(holder, text(line, 'forward_to'), 'counterparty'),
    forwardOffNet: flag(line, 'forward_off_net'),
    device: device && deviceShown(device),
  }
}

function customerShown(customer: Row | null, holder: Holder) {
  return {
    customerName: shownTo(holder, text(customer, 'name'), 'name'),
    customerKind: codedOrNull('customer', 'kind', text(customer, 'kind')),
    documentId: shownTo(holder, text(customer, 'document_id'), 'document'),
    // The day of birth shows without its year: enough for a greeting.
    birthday: text(customer, 'birthday')?.slice(5) ?? null,
    sex: codedOrNull('customer', 'sex', text(customer, 'sex')),
    optedOut: flag(customer, 'opted_out'),
  }
}

function deviceShown(device: Row) {
  return {
    brand: text(device, 'brand'),
    model: text(device, 'model'),
    dualSim: flag(device, 'dual_sim'),
    generation: device['generation'] === null ? null : Number(device['generation']),
    since: String(device['since']),
  }
}

async function oneOf(
  source: HistorySource,
  feed: 'customer' | 'plan' | 'device',
  condition: Sql,
): Promise<Row | null> {
  const relation = await feedState(source.reader, feed, source.asOf)
  if (relation === undefined) return null
  const [row] = await source.warehouse.rows<Row>(
    sql`SELECT * FROM ${relation} AS r WHERE ${condition} LIMIT ${raw('1')}`,
  )
  return row ?? null
}

async function unitOf({ desk }: Application, nodePath: string) {
  return (await organisation(desk.db)).find(node => node.path === nodePath)?.name ?? null
}

async function managerOf({ desk }: Application, id: string | null) {
  return id === null ? undefined : (await listStaff(desk.db)).find(s => s.id === id)?.name
}

function text(row: Row | null, name: string): string | null {
  const value = row?.[name]
  return value === null || value === undefined ? null : String(value)
}

function flag(row: Row | null, name: string): boolean | null {
  const value = row?.[name]
  return typeof value === 'boolean' ? value : null
}
