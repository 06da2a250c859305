import {
  fileReader,
  listRoles,
  listStandIns,
  type NodeLevel,
  nodeLevels,
  organisation,
  type PlacedNode,
  permissions,
  shownTo,
  staffWithin,
  subscribersByUnit,
} from '#governance'
import { isInScope, ok } from '#kernel'
import type { Application } from '../application.ts'
import { type Asker, businessDay } from '../asker.ts'
import type { Words } from '../view/coded.ts'

export const levelTitles: Readonly<Record<NodeLevel, Words>> = {
  hq: { zh: '总部', en: 'headquarters' },
  province: { zh: '省', en: 'province' },
  city: { zh: '市', en: 'city' },
  county: { zh: '县', en: 'county' },
  grid: { zh: '网格', en: 'grid' },
  team: { zh: '班组', en: 'team' },
}

/** The units of the asker's branch, parents before children, with how many work and belong in each itself. */
export async function showOrganisation(application: Application, { scope }: Asker) {
  const { db } = application.desk
  const [nodes, staff, subscribers, day] = await Promise.all([
    organisation(db),
    staffWithin(db, scope),
    subscribersByUnit(db, scope),
    businessDay(application),
  ])
  const units = unitsIn(nodes, { scope }).map(node => ({
    id: node.id,
    parentId: node.parentId,
    name: node.name,
    level: { code: node.level, title: levelTitles[node.level] },
    staff: staff.filter(one => one.nodeId === node.id && one.isActive).length,
    subscribers: subscribers.get(node.id) ?? 0,
  }))
  return ok({ day, units, levels: nodeLevels.map(code => ({ code, title: levelTitles[code] })) })
}

/** Of these units, those in the asker's scope. */
export function unitsIn(
  nodes: readonly PlacedNode[],
  { scope }: Pick<Asker, 'scope'>,
): readonly PlacedNode[] {
  return nodes.filter(node => isInScope(scope, { managerId: null, nodePath: node.path }))
}

/** Staff of the asker's branch, those who left too; of one unit when it is named. */
export async function showStaff(application: Application, { scope }: Asker, unit?: string) {
  const { db } = application.desk
  const [staff, roles, nodes] = await Promise.all([
    staffWithin(db, scope, unit),
    listRoles(db),
    organisation(db),
  ])
  const title = (code: string) => roles.find(role => role.code === code)?.title ?? { zh: code, en: code }
  const nameOf = (id: string) => nodes.find(node => node.id === id)?.name ?? { zh: id, en: id }
  return ok({
    rows: staff.map(one => ({
      id: one.id,
      login: one.login,
      name: one.name,
      roles: one.roles.map(code => ({ code, title: title(code) })),
      unit: { id: one.nodeId, name: nameOf(one.nodeId) },
      isActive: one.isActive,
      valueClasses: one.valueClasses,
      subscribersMax: one.subscribersMax,
      phone: shownTo(fileReader(false), one.phone, 'number'),
      since: one.since <= '0001-01-01' ? null : one.since,
    })),
  })
}

/** Every role with what it allows, and every permission there is. */
export async function showRoles({ desk }: Application) {
  const roles = await listRoles(desk.db)
  return ok({
    roles: roles.map(role => ({ ...role, permissions: [...role.permissions] })),
    permissions: Object.entries(permissions).map(([code, { zh, en }]) => ({ code, title: { zh, en } })),
  })
}

/** Stand-ins for staff of the asker's branch that run or are to come. */
export async function showStandIns(application: Application, { scope }: Asker) {
  const day = await businessDay(application)
  return ok({ day, rows: await listStandIns(application.desk.db, scope, day) })
}
