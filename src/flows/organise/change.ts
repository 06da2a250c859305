import { followAttempts } from '#contact'
import type { DeskDb } from '#desk'
import {
  addStaff,
  changeStaff,
  endStandIn,
  growOrganisation,
  holdsRoot,
  type ImportedStaff,
  nodeLevels,
  type OrganisationNode,
  oneTimePassword,
  organisation,
  organisationFaults,
  type RoleWanted,
  removeNode,
  removeRole,
  type StaffChange,
  type StandIn,
  setRole,
  staffWithin,
  standIn,
} from '#governance'
import { err, isPlainDate, ok, type PlainDate, type Result } from '#kernel'
import { followTasks } from '#tasks'
import type { Application } from '../application.ts'
import { type Asker, businessDay } from '../asker.ts'
import { about, change, imports, type StandInWanted } from './act.ts'
import { unitsIn } from './show.ts'

export interface UnitWanted {
  readonly id: string
  readonly parentId: string | null
  readonly level: string
  readonly name: { readonly zh: string; readonly en: string }
}

/** Adds a unit or changes one, from the business day on; what lies below goes along, and so does what is in hand there. Faults node.*. */
export async function setUnit(application: Application, asker: Asker, unit: UnitWanted) {
  const day = await businessDay(application)
  return change(application, asker, about.unit('unit.change', unit.id), async trx => {
    const level = nodeLevels.find(one => one === unit.level)
    if (level === undefined) return err(organisationFaults.nodeLevel(unit.id))
    const unreachable = await firstOutside(trx, asker, [{ ...unit, level }])
    if (unreachable !== undefined) return err(organisationFaults.nodeUnknown(unreachable))
    await rearrange(trx, [{ ...unit, level }], { day, at: application.clock.now() })
    return ok(true)
  })
}

/** The units grow or move, and tasks and contacts with them. */
async function rearrange(
  trx: DeskDb,
  units: readonly OrganisationNode[],
  { day, at }: { readonly day: PlainDate; readonly at: Date },
): Promise<void> {
  const moved = await growOrganisation(trx, units, day)
  await followTasks(trx, { units: moved }, at)
  await followAttempts(trx, { units: moved })
}

/** Imported units, all of them or none. */
export async function applyUnits(
  application: Application,
  asker: Asker,
  units: readonly OrganisationNode[],
  day: PlainDate,
): Promise<Result<readonly Password[]>> {
  const applied = await change(application, asker, imports.units, async trx => {
    await rearrange(trx, units, { day, at: application.clock.now() })
    return ok(true)
  })
  return applied.ok ? ok([]) : applied
}

interface Password {
  readonly login: string
  readonly password: string
}

/** Imported staff, all of them or none; new ones with a password each, to be used once. */
export async function applyStaff(
  application: Application,
  asker: Asker,
  staff: readonly ImportedStaff[],
  day: PlainDate,
): Promise<Result<readonly Password[]>> {
  const passwords: Password[] = []
  const applied = await change(application, asker, imports.staff, async trx => {
    const present = new Map((await staffWithin(trx, asker.scope)).map(one => [one.login, one.id]))
    for (const { unit: nodeId, login, ...rest } of staff) {
      const id = present.get(login)
      const fault = id === undefined ? undefined : await whyNotChange(trx, asker, id, { ...rest, nodeId })
      if (fault !== undefined) return err(fault)
      if (id === undefined)
        passwords.push(await addOne(trx, { ...rest, login, unit: nodeId }, application, day))
      const result = await changeStaff(trx, id ?? `staff_${login}`, { ...rest, nodeId }, day)
      if (!result.ok) return result
    }
    return ok(true)
  })
  return applied.ok ? ok(passwords) : applied
}

async function addOne(
  trx: DeskDb,
  wanted: StaffWanted,
  { clock }: Application,
  day: PlainDate,
): Promise<Password> {
  const password = oneTimePassword()
  const { login, name, roles, unit: nodeId, valueClasses = [], subscribersMax = 0 } = wanted
  const fresh = { login, name, roles, nodeId, valueClasses, subscribersMax, password }
  await addStaff(trx, { ...fresh, language: 'zh', mustChangePassword: true }, clock.now(), day)
  return { login: login.toLowerCase(), password }
}

/** The first unit that the asker may not touch, or parent that they may not put something under. */
export async function firstOutside(
  db: DeskDb,
  asker: Asker,
  units: readonly OrganisationNode[],
): Promise<string | undefined> {
  const nodes = await organisation(db)
  const reachable = new Set(unitsIn(nodes, asker).map(node => node.id))
  const known = new Set(nodes.map(node => node.id))
  const made = new Set(units.map(unit => unit.id))
  for (const { id, parentId } of units) {
    if (known.has(id) && !reachable.has(id)) return id
    const before = nodes.find(node => node.id === id)?.parentId
    const isNewPlace = before === undefined || before !== parentId
    if (parentId !== null && isNewPlace && !reachable.has(parentId) && !made.has(parentId)) return parentId
  }
  return undefined
}

/** Takes an empty unit away. Faults node.unknown, node.in-use. */
export async function dropUnit(application: Application, asker: Asker, id: string) {
  const day = await businessDay(application)
  return change(application, asker, about.unit('unit.remove', id), async trx => {
    const isReachable = unitsIn(await organisation(trx), asker).some(node => node.id === id)
    return isReachable ? removeNode(trx, id, day) : err(organisationFaults.nodeUnknown(id))
  })
}

export interface StaffWanted {
  readonly login: string
  readonly name: { readonly zh: string; readonly en: string }
  readonly roles: readonly string[]
  readonly unit: string
  readonly valueClasses?: readonly string[] | undefined
  readonly subscribersMax?: number | undefined
  readonly phone?: string | undefined
}

/** Adds a member of staff with a password to be used once, told here and never again. Faults staff.*, role.unknown, node.unknown. */
export async function addColleague(application: Application, asker: Asker, wanted: StaffWanted) {
  const day = await businessDay(application)
  const id = `staff_${wanted.login.toLowerCase()}`
  const made: Password[] = []
  const added = await change(application, asker, about.staff('staff.add', id), async trx => {
    const isReachable = unitsIn(await organisation(trx), asker).some(node => node.id === wanted.unit)
    if (!isReachable) return err(organisationFaults.nodeUnknown(wanted.unit))
    made.push(await addOne(trx, wanted, application, day))
    return changeStaff(trx, id, { roles: wanted.roles, phone: wanted.phone }, day)
  })
  const [one] = made
  return added.ok && one !== undefined ? ok(one) : (added as typeof added & { ok: false })
}

/** Changes a member of staff from the business day on. Faults staff.*, role.unknown, node.unknown. */
export async function changeColleague(
  application: Application,
  asker: Asker,
  id: string,
  wanted: StaffChange,
) {
  const day = await businessDay(application)
  return change(application, asker, about.staff('staff.change', id), async trx => {
    const fault = await whyNotChange(trx, asker, id, wanted)
    return fault === undefined ? changeStaff(trx, id, wanted, day) : err(fault)
  })
}

async function whyNotChange(trx: DeskDb, asker: Asker, id: string, wanted: StaffChange) {
  const found = (await staffWithin(trx, asker.scope)).find(one => one.id === id)
  if (found === undefined) return organisationFaults.staffNowhere()
  const isOwnPost = wanted.roles !== undefined || wanted.nodeId !== undefined || wanted.isActive !== undefined
  if (id === asker.staff.id && isOwnPost) return organisationFaults.staffSelf()
  if (wanted.nodeId === undefined) return undefined
  const isReachable = unitsIn(await organisation(trx), asker).some(node => node.id === wanted.nodeId)
  return isReachable ? undefined : organisationFaults.nodeUnknown(wanted.nodeId)
}

/** Makes or changes a custom role. They are the whole installation's: only who has the whole of it in scope may. */
export function changeRole(application: Application, asker: Asker, role: RoleWanted) {
  return change(application, asker, about.role('role.change', role.code), async trx =>
    (await holdsRoot(trx, asker.scope))
      ? setRole(trx, role, application.clock.now())
      : err(organisationFaults.rolesElsewhere()),
  )
}

export function dropRole(application: Application, asker: Asker, code: string) {
  return change(application, asker, about.role('role.remove', code), async trx =>
    (await holdsRoot(trx, asker.scope)) ? removeRole(trx, code) : err(organisationFaults.rolesElsewhere()),
  )
}

/** Lets one member of staff fill another's post for some days; nobody gives themselves one. Faults stand-in.*, staff.*. */
export async function setStandIn(application: Application, asker: Asker, wanted: StandInWanted) {
  const { forId, byId, from, to } = wanted
  if (!isPlainDate(from) || !isPlainDate(to)) return err(organisationFaults.standInSpan())
  const period: StandIn = { forId, byId, from, to }
  const day = await businessDay(application)
  return change(application, asker, about.standIn('stand-in.change', wanted, day), async trx => {
    const fault = await whyNotStandIn(trx, asker, period)
    return fault === undefined ? standIn(trx, period) : err(fault)
  })
}

async function whyNotStandIn(trx: DeskDb, asker: Asker, { forId, byId }: Omit<StandIn, 'from' | 'to'>) {
  if (byId === asker.staff.id) return organisationFaults.staffSelf()
  const staff = await staffWithin(trx, asker.scope)
  const isThere = [forId, byId].every(id => staff.some(one => one.id === id))
  return isThere ? undefined : organisationFaults.staffNowhere()
}

/** Ends a stand-in with the business day. Fault stand-in.unknown. */
export async function dropStandIn(application: Application, asker: Asker, wanted: Omit<StandInWanted, 'to'>) {
  const day = await businessDay(application)
  const { forId, byId, from } = wanted
  return change(application, asker, about.standIn('stand-in.end', wanted, day), async trx => {
    const [away] = (await staffWithin(trx, asker.scope)).filter(one => one.id === forId)
    if (away === undefined || !isPlainDate(from)) return err(organisationFaults.standInUnknown())
    const isEnded = await endStandIn(trx, { forId, byId, from }, day)
    return isEnded ? ok(true) : err(organisationFaults.standInUnknown())
  })
}
