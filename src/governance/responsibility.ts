import { sql } from 'kysely'
import type { DeskDb } from '#desk'
import { withinScope } from '#desk'
import { everybody, FaultError, type Placed, type PlainDate, type RowScope } from '#kernel'
import { type Assignable, assign, type Manager } from './assign.ts'
import { nodeUnknown } from './faults.ts'
import { organisation, organisationOn } from './organisation.ts'
import { always } from './staff.ts'
import { governance } from './tables.ts'

const rowsPerStatementMax = 20_000

export interface Responsible {
  readonly subscriberId: string
  readonly sub: number
  /** The unit the subscriber belongs to (its grid); null or one the organisation lacks: the root answers. */
  readonly nodeId: string | null
  readonly valueClass: string
}

export interface AssignmentReport {
  /** Rows that are new or changed. */
  readonly written: number
  readonly withManager: number
  readonly withoutManager: number
  /** Those whose unit is missing or unknown. */
  readonly outsideUnits: number
  /** Where each of them sits now, in the order they were given. */
  readonly placed: readonly Placed[]
  /** Those who were here before and have another unit or manager now. */
  readonly moved: readonly PlacedSubscriber[]
}

export interface PlacedSubscriber extends Placed {
  readonly subscriberId: string
}

/**
 * Writes which manager and which unit answer for each of these subscribers from a day on, all of them or none; what was
 * before is kept. Safe to repeat and to call in batches: what is assigned stays unless its unit or class left the manager's
 * range. Fault node.unknown when there is no organisation.
 */
export async function assignManagers(
  db: DeskDb,
  subscribers: readonly Responsible[],
  day: PlainDate = always,
): Promise<AssignmentReport> {
  const nodes = await organisation(db)
  const pathOf = new Map(nodes.map(node => [node.id, node.path]))
  const root = nodes[0]
  if (root === undefined) throw new FaultError(nodeUnknown('hq'))
  const placed = subscribers.map(s => {
    const nodePath = pathOf.get(s.nodeId ?? '')
    return nodePath === undefined
      ? { ...s, nodeId: root.id, nodePath: root.path }
      : { ...s, nodeId: s.nodeId ?? root.id, nodePath }
  })
  const present = await presentRows(db, subscribers)
  const managerOf = assign(
    placed,
    new Map([...present].map(([id, row]) => [id, row.managerId])),
    await managers(db),
  )
  const wanted = placed.map(s => ({ ...s, managerId: managerOf.get(s.subscriberId) ?? null }))
  const changed = wanted.filter(row => !isSame(row, present.get(row.subscriberId)))
  await inTransaction(db, async trx => {
    for (let at = 0; at < changed.length; at += rowsPerStatementMax) {
      await writeRows(trx, changed.slice(at, at + rowsPerStatementMax), day)
    }
  })
  const withManager = wanted.filter(row => row.managerId !== null).length
  return {
    written: changed.length,
    withManager,
    withoutManager: wanted.length - withManager,
    outsideUnits: subscribers.filter(s => !pathOf.has(s.nodeId ?? '')).length,
    placed: wanted.map(({ managerId, nodePath }) => ({ managerId, nodePath })),
    moved: changed.flatMap(({ subscriberId, managerId, nodePath }) => {
      const before = present.get(subscriberId)
      const isMoved = before && (before.managerId !== managerId || before.nodePath !== nodePath)
      return isMoved ? [{ subscriberId, managerId, nodePath }] : []
    }),
  }
}

interface Row extends Assignable {
  readonly sub: number
  readonly nodeId: string
  readonly managerId: string | null
}

/** Who answers for these subscribers, among those within the scope; who is not in the map is out of sight. */
export async function responsibleFor(
  db: DeskDb,
  scope: RowScope,
  subscriberIds: readonly string[],
): Promise<ReadonlyMap<string, Row>> {
  const rows = await governance(db)
    .selectFrom('governance_subscriber as held')
    .selectAll()
    .where('subscriber_id', '=', sql<string>`any(${[...subscriberIds]}::text[])`)
    .where(withinScope(scope, 'held'))
    .execute()
  return new Map(rows.map(row => [row.subscriber_id, toRow(row)]))
}

async function presentRows(
  db: DeskDb,
  subscribers: readonly Responsible[],
): Promise<ReadonlyMap<string, Row>> {
  const rows = new Map<string, Row>()
  for (let at = 0; at < subscribers.length; at += rowsPerStatementMax) {
    const ids = subscribers.slice(at, at + rowsPerStatementMax).map(s => s.subscriberId)
    const some = await responsibleFor(db, everybody, ids)
    for (const [id, row] of some) rows.set(id, row)
  }
  return rows
}

async function managers(db: DeskDb): Promise<readonly Manager[]> {
  const { rows } = await sql<Manager>`
    select staff.id, node.path as "nodePath", staff.value_classes as "valueClasses",
      staff.subscribers_max as "subscribersMax", coalesce(held.subscribers, 0) as "subscribers"
    from governance_staff staff
    join governance_node node on node.id = staff.node_id
    left join (select manager_id, count(*) as subscribers from governance_subscriber group by manager_id) held
      on held.manager_id = staff.id
    where staff.is_active and 'account_manager' = any(staff.roles)
    order by staff.id`.execute(db)
  return rows
}

/** A unit or manager that changes is kept with its days; a night run for a day that has passed rewrites no later one. */
async function writeRows(db: DeskDb, rows: readonly Row[], day: PlainDate): Promise<void> {
  const column = <T>(of: (row: Row) => T) => rows.map(of)
  const wanted = sql`unnest(${column(r => r.subscriberId)}::text[], ${column(r => r.sub)}::bigint[],
    ${column(r => r.managerId)}::text[], ${column(r => r.nodePath)}::text[], ${column(r => r.nodeId)}::text[],
    ${column(r => r.valueClass)}::text[]) as wanted (subscriber_id, sub, manager_id, node_path, node_id, value_class)`
  await sql`
    insert into governance_subscriber_past (subscriber_id, node_id, manager_id, from_day, to_day)
    select held.subscriber_id, held.node_id, held.manager_id, held.since_day, ${day}::date
    from governance_subscriber held join ${wanted} using (subscriber_id)
    where held.since_day < ${day}::date
      and (held.node_id <> wanted.node_id or held.manager_id is distinct from wanted.manager_id)`.execute(db)
  await sql`
    insert into governance_subscriber as held (subscriber_id, sub, manager_id, node_path, node_id, value_class, since_day)
    select wanted.*, ${day}::date from ${wanted}
    on conflict (subscriber_id) do update set sub = excluded.sub, manager_id = excluded.manager_id,
      node_path = excluded.node_path, node_id = excluded.node_id, value_class = excluded.value_class,
      since_day = case when held.node_id <> excluded.node_id or held.manager_id is distinct from excluded.manager_id
        then excluded.since_day else held.since_day end
    where held.since_day <= excluded.since_day`.execute(db)
}

/** Where these subscribers sat on a day, and who answered for them; who was not here yet is not in the map. */
export async function placedOn(
  db: DeskDb,
  subscriberIds: readonly string[],
  day: PlainDate,
): Promise<ReadonlyMap<string, Placed>> {
  const pathOf = new Map((await organisationOn(db, day)).map(node => [node.id, node.path]))
  const { rows } = await sql<{ subscriberId: string; nodeId: string; managerId: string | null }>`
    select subscriber_id as "subscriberId", node_id as "nodeId", manager_id as "managerId"
    from governance_subscriber where subscriber_id = any(${[...subscriberIds]}::text[]) and since_day <= ${day}
    union all
    select subscriber_id, node_id, manager_id from governance_subscriber_past
    where subscriber_id = any(${[...subscriberIds]}::text[]) and from_day <= ${day} and to_day > ${day}`.execute(
    db,
  )
  return new Map(
    rows.map(row => [
      row.subscriberId,
      { managerId: row.managerId, nodePath: pathOf.get(row.nodeId) ?? '/' },
    ]),
  )
}

/** In the caller's transaction when there is one. */
function inTransaction<T>(db: DeskDb, work: (trx: DeskDb) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db) : db.transaction().execute(work)
}

function toRow(row: {
  subscriber_id: string
  sub: number
  manager_id: string | null
  node_path: string
  node_id: string
  value_class: string
}): Row {
  return {
    subscriberId: row.subscriber_id,
    sub: row.sub,
    managerId: row.manager_id,
    nodePath: row.node_path,
    nodeId: row.node_id,
    valueClass: row.value_class,
  }
}

function isSame(a: Row, b: Row | undefined): boolean {
  return (
    b !== undefined &&
    a.sub === b.sub &&
    a.managerId === b.managerId &&
    a.nodePath === b.nodePath &&
    a.valueClass === b.valueClass
  )
}
