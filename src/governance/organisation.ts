import { sql } from 'kysely'
import type { DeskDb } from '#desk'
import { FaultError } from '#kernel'
import { nodeMalformed, nodesLoop, nodeUnknown } from './faults.ts'
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

/**
 * Adds units to the organisation tree, or changes those that are there; paths of everything below follow.
 * Faults node.malformed, node.unknown (a parent that is nowhere), node.loop.
 */
export async function growOrganisation(db: DeskDb, nodes: readonly OrganisationNode[]): Promise<void> {
  const known = new Map((await organisation(db)).map(node => [node.id, node]))
  const all = new Map<string, OrganisationNode>(known)
  for (const node of nodes) all.set(node.id, node)
  const changed = place([...all.values()]).filter(node => {
    const before = known.get(node.id)
    return before === undefined || JSON.stringify(order(before)) !== JSON.stringify(order(node))
  })
  if (changed.length === 0) return
  await governance(db)
    .insertInto('governance_node')
    .values(changed.map(order))
    .onConflict(conflict =>
      conflict.column('id').doUpdateSet({
        parent_id: sql.ref('excluded.parent_id'),
        level: sql.ref('excluded.level'),
        name_zh: sql.ref('excluded.name_zh'),
        name_en: sql.ref('excluded.name_en'),
        path: sql.ref('excluded.path'),
      }),
    )
    .execute()
}

/** The whole tree, parents before children. */
export async function organisation(db: DeskDb): Promise<readonly PlacedNode[]> {
  const rows = await governance(db).selectFrom('governance_node').selectAll().orderBy('path').execute()
  return rows.map(row => ({
    id: row.id,
    parentId: row.parent_id,
    level: row.level,
    name: { zh: row.name_zh, en: row.name_en },
    path: row.path,
  }))
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
  return nodes
    .map(node => ({ ...node, path: pathOf(node, []) }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

function order(node: PlacedNode) {
  const { id, parentId, level, name, path } = node
  return { id, parent_id: parentId, level, name_zh: name.zh, name_en: name.en, path }
}
