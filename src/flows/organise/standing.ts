import type { DeskDb } from '#desk'
import { listRoles, listStandIns, organisation, staffWithin } from '#governance'
import { digest, everybody, type PlainDate } from '#kernel'

/** How something stands, as the audit keeps it: keys, codes and days; the names of staff stay where they are. */
export type Standing = Readonly<Record<string, unknown>>
/** By key. What is not there stands nowhere. */
export type Standings = ReadonlyMap<string, Standing>

export async function unitsStand(db: DeskDb): Promise<Standings> {
  const nodes = await organisation(db)
  return new Map(
    nodes.map(({ id, parentId, level, name }) => [id, { parent: parentId, level, zh: name.zh, en: name.en }]),
  )
}

export async function staffStand(db: DeskDb): Promise<Standings> {
  const staff = await staffWithin(db, everybody)
  return new Map(
    staff.map(({ id, nodeId, roles, isActive, valueClasses, subscribersMax, phone }) => [
      id,
      { unit: nodeId, roles, active: isActive, valueClasses, subscribersMax, phone: markOf(id, phone) },
    ]),
  )
}

/** Tells one number from another without saying it: four signs that very many numbers share. */
function markOf(id: string, phone: string | null): string | null {
  return phone === null ? null : digest(id, phone).slice(0, 4)
}

export async function rolesStand(db: DeskDb): Promise<Standings> {
  const roles = await listRoles(db)
  return new Map(
    roles.map(({ code, title, reach, permissions }) => [
      code,
      { zh: title.zh, en: title.en, reach, permissions: [...permissions].sort() },
    ]),
  )
}

/** By who is away, who stands in and from when. */
export function standInsStand(day: PlainDate) {
  return async (db: DeskDb): Promise<Standings> =>
    new Map(
      (await listStandIns(db, everybody, day)).map(({ forId, byId, from, to }) => [
        standInKey({ forId, byId, from }),
        { by: byId, from, to },
      ]),
    )
}

export function standInKey(one: { readonly forId: string; readonly byId: string; readonly from: string }) {
  return `${one.forId} ${one.byId} ${one.from}`
}

/** What differs, as it was and as it is; nothing of what stayed. */
export function difference(before: Standing | undefined, after: Standing | undefined) {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter(
    name => JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]),
  )
  const only = (standing: Standing | undefined) =>
    standing === undefined ? null : Object.fromEntries(names.map(name => [name, standing[name] ?? null]))
  return { before: only(before), after: only(after) }
}
