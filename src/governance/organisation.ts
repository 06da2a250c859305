import { sql } from 'kysely'
import { type DeskDb, withinScope } from '#desk'
import { err, FaultError, isInScope, ok, type PlainDate, type Result, type RowScope } from '#kernel'
import { nodeMalformed, nodesLoop, nodeUnknown } from './faults.ts'
import { nodeInUse, nodeLevel, nodeRoots } from './organisation-faults.ts'
import { always } from './staff.ts'
import { governance, type NodeLevel } from './tables.ts'

/** One unit of the organisation. Subscribers belong to grids; staff to any unit, whose whole branch they see. */
export interface OrganisationNode {
  readonly id: string
  readonly parentId: string | null
  readonly level: NodeLevel
  readonly name: { readonly zh: string; readonly en: string }
}

export interface PlacedNode extends OrganisationNode {
  /** From the root, each id followed by a slash: /hq/gd/c1/ . A branch is a prefix of it. */
  readonly path: string
}

/** A unit whose place in the tree changed: what carries its path follows. */
export interface MovedUnit {
  readonly from: string
  readonly to: string
}

/** The levels from the top down; below a level only later ones. */
export const nodeLevels: readonly NodeLevel[] = ['hq', 'province', 'city', 'county', 'grid', 'team']

/**
 * Adds units to the organisation tree from a day on, or changes those that are there; paths of everything below follow, and
 * what was before is kept. Answers which units moved. Faults node.malformed, node.unknown (a parent that is nowhere),
 * node.loop, node.level, node.roots.
 */
export async function growOrganisation(
  db: DeskDb,
  nodes: readonly OrganisationNode[],
  day: PlainDate = always,
): Promise<readonly MovedUnit[]> {
  const known = new Map((await organisation(db)).map(node => [node.id, node]))
  const all = new Map<string, OrganisationNode>(known)
  for (const node of nodes) all.set(node.id, node)
  const changed = place([...all.values()]).filter(node => {
    const before = known.get(node.id)
    return before === undefined || JSON.stringify(order(before)) !== JSON.stringify(order(node))
  })
  if (changed.length === 0) return []
  await keepPast(
    db,
    changed.map(node => node.id),
    day,
  )
  await governance(db)
    .insertInto('governance_node')
    .values(changed.map(node => ({ ...order(node), since_day: day })))
    .onConflict(conflict =>
      conflict.column('id').doUpdateSet({
        parent_id: sql.ref('excluded.parent_id'),
        level: sql.ref('excluded.level'),
        name_zh: sql.ref('excluded.name_zh'),
        name_en: sql.ref('excluded.name_en'),
        path: sql.ref('excluded.path'),
        since_day: sql`greatest(governance_node.since_day, excluded.since_day)`,
      }),
    )
    .execute()
  const moved = changed.flatMap(node => {
    const from = known.get(node.id)?.path
    return from === undefined || from === node.path ? [] : [{ from, to: node.path }]
  })
  if (moved.length > 0) await subscribersFollow(db)
  return moved
}

/** Takes a unit out of the tree from a day on. Faults node.unknown, node.in-use. */
export async function removeNode(db: DeskDb, id: string, day: PlainDate): Promise<Result<true>> {
  const { rows } = await sql<{ used: boolean }>`
    select exists (select from governance_node below where below.parent_id = node.id)
      or exists (select from governance_staff staff where staff.node_id = node.id)
      or exists (select from governance_subscriber held where held.node_id = node.id) as used
    from governance_node node where id = ${id}`.execute(db)
  const [row] = rows
  if (row === undefined) return err(nodeUnknown(id))
  if (row.used) return err(nodeInUse(id))
  await keepPast(db, [id], day)
  await governance(db).deleteFrom('governance_node').where('id', '=', id).execute()
  return ok(true)
}

async function keepPast(db: DeskDb, ids: readonly string[], day: PlainDate): Promise<void> {
  await sql`
    insert into governance_node_past (id, parent_id, level, name_zh, name_en, path, from_day, to_day)
    select id, parent_id, level, name_zh, name_en, path, since_day, ${day}::date
    from governance_node where id = any(${[...ids]}::text[]) and since_day < ${day}::date`.execute(db)
}

async function subscribersFollow(db: DeskDb): Promise<void> {
  await sql`
    update governance_subscriber held set node_path = node.path
    from governance_node node where node.id = held.node_id and node.path <> held.node_path`.execute(db)
}

/** Whether the whole tree lies within the scope. */
export async function holdsRoot(db: DeskDb, scope: RowScope): Promise<boolean> {
  const root = await governance(db)
    .selectFrom('governance_node')
    .select('path')
    .where('parent_id', 'is', null)
    .executeTakeFirst()
  return root !== undefined && isInScope(scope, { managerId: null, nodePath: root.path })
}

/** How many subscribers of the scope belong to each unit itself. */
export async function subscribersByUnit(db: DeskDb, scope: RowScope): Promise<ReadonlyMap<string, number>> {
  const rows = await governance(db)
    .selectFrom('governance_subscriber as held')
    .select(({ fn }) => ['held.node_id', fn.countAll<number>().as('count')])
    .where(withinScope(scope, 'held'))
    .groupBy('held.node_id')
    .execute()
  return new Map(rows.map(row => [row.node_id, row.count]))
}

/** The whole tree, parents before children; or only the units that stand as they do since a day or a later one. */
export async function organisation(db: DeskDb, since?: PlainDate): Promise<readonly PlacedNode[]> {
  const all = governance(db).selectFrom('governance_node').selectAll().orderBy('path')
  const rows = await (since === undefined ? all : all.where('since_day', '>=', since)).execute()
  return rows.map(toNode)
}

/** The tree as it stood on a day. */
export async function organisationOn(db: DeskDb, day: PlainDate): Promise<readonly PlacedNode[]> {
  const columns = ['id', 'parent_id', 'level', 'name_zh', 'name_en', 'path'] as const
  const rows = await governance(db)
    .selectFrom('governance_node')
    .select(columns)
    .where('since_day', '<=', day)
    .unionAll(
      governance(db)
        .selectFrom('governance_node_past')
        .select(columns)
        .where('from_day', '<=', day)
        .where('to_day', '>', day),
    )
    .orderBy('path')
    .execute()
  return rows.map(toNode)
}

/** Gives each unit its path, parents before children. */
export function place(nodes: readonly OrganisationNode[]): readonly PlacedNode[] {
  const byId = new Map(nodes.map(node => [node.id, node]))
  const pathOf = (node: OrganisationNode, below: readonly string[]): string => {
    if (!/^[\w-]{1,40}$/.test(node.id)) throw new FaultError(nodeMalformed(node.id))
    if (below.includes(node.id)) throw new FaultError(nodesLoop(node.id))
    if (node.parentId === null) return `/${node.id}/`
    const parent = byId.get(node.parentId)
    if (parent === undefined) throw new FaultError(nodeUnknown(node.parentId))
    return `${pathOf(parent, [...below, node.id])}${node.id}/`
  }
  const placed = nodes
    .map(node => ({ ...node, path: pathOf(node, []) }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
  const high = placed.find(node => {
    const parent = byId.get(node.parentId ?? '')
    return parent !== undefined && nodeLevels.indexOf(parent.level) >= nodeLevels.indexOf(node.level)
  })
  if (high !== undefined) throw new FaultError(nodeLevel(high.id))
  if (placed.filter(node => node.parentId === null).length > 1) throw new FaultError(nodeRoots())
  return placed
}

type NodeRow = ReturnType<typeof order>

function toNode(row: NodeRow): PlacedNode {
  return {
    id: row.id,
    parentId: row.parent_id,
    level: row.level,
    name: { zh: row.name_zh, en: row.name_en },
    path: row.path,
  }
}

function order(node: PlacedNode) {
  const { id, parentId, level, name, path } = node
  return { id, parent_id: parentId, level, name_zh: name.zh, name_en: name.en, path }
}
