import {
  type FaultyLine,
  fileReader,
  type ImportedStaff,
  type ImportLine,
  importing,
  listRoles,
  type OrganisationNode,
  organisation,
  type PlacedNode,
  shownTo,
  staffWithin,
} from '#governance'
import { everybody, FaultError, ok } from '#kernel'
import { type KeptFile, openSheet } from '#sheets'
import type { Application } from '../application.ts'
import { type Asker, businessDay } from '../asker.ts'
import { applyStaff, applyUnits, firstOutside } from './change.ts'
import { unitsIn } from './show.ts'

const linesMax = 50_000

export interface ImportOrder {
  readonly what: 'units' | 'staff'
  /** CSV or an Excel workbook. */
  readonly file: KeptFile
  /** false: nothing is done, what would be is told. */
  readonly apply: boolean
}

/** One unit or member of staff that is new or would change, field by field. */
export interface ImportChange {
  readonly id: string
  readonly kind: 'new' | 'changed'
  readonly fields: readonly { readonly field: string; readonly before: string; readonly after: string }[]
}

export interface ImportReport {
  readonly faulty: readonly FaultyLine[]
  readonly changes: readonly ImportChange[]
  readonly unchanged: number
  readonly applied: boolean
  /** Of new staff, to be used once; told here and never again. */
  readonly passwords: readonly { readonly login: string; readonly password: string }[]
}

/**
 * Reads units or staff from a file and answers what would change, or every line that is wrong; with `apply`, and no line wrong, all
 * of it is done in one transaction. A file names what it changes: what it leaves out stays.
 */
export async function importOrganisation(application: Application, asker: Asker, order: ImportOrder) {
  const { lines, faulty } = await linesOf(order)
  const plan = await (order.what === 'units' ? unitPlan : staffPlan)(application, asker, lines)
  const all = [...faulty, ...plan.faulty].toSorted((a, b) => a.line - b.line)
  const isToDo = order.apply && all.length === 0 && plan.changes.length > 0
  const done = isToDo ? await plan.apply() : undefined
  if (done?.ok === false) return done
  return ok<ImportReport>({
    faulty: all,
    changes: all.length > 0 ? [] : plan.changes,
    unchanged: lines.length - plan.changes.length,
    applied: done !== undefined,
    passwords: done?.value ?? [],
  })
}

interface Plan {
  readonly faulty: readonly FaultyLine[]
  readonly changes: readonly ImportChange[]
  apply(): ReturnType<typeof applyStaff>
}

async function unitPlan(application: Application, asker: Asker, lines: readonly ImportLine[]): Promise<Plan> {
  const { db } = application.desk
  const known = await organisation(db)
  const { units, faulty } = importing.readUnits(lines, known)
  const outside = faulty.length > 0 ? undefined : await firstOutside(db, asker, units)
  const line = lines.find(one => one.cells['id'] === outside || one.cells['parent'] === outside)?.line ?? 0
  const day = await businessDay(application)
  return {
    faulty:
      outside === undefined
        ? faulty
        : [{ line, column: 'parent', fault: importing.faults.parentUnknown(outside) }],
    changes: units.flatMap(unit =>
      changeOf(unit.id, unitFields(known.find(node => node.id === unit.id)), unitFields(unit)),
    ),
    apply: () => applyUnits(application, asker, units, day),
  }
}

async function staffPlan(
  application: Application,
  asker: Asker,
  lines: readonly ImportLine[],
): Promise<Plan> {
  const { db } = application.desk
  const [within, all, nodes, roles] = await Promise.all([
    staffWithin(db, asker.scope),
    staffWithin(db, everybody),
    organisation(db),
    listRoles(db),
  ])
  const reachable = new Set(within.map(one => one.id))
  const { staff, faulty } = importing.readStaff(lines, {
    roles: new Set(roles.map(role => role.code)),
    units: new Set(unitsIn(nodes, asker).map(node => node.id)),
    others: new Set(all.filter(one => !reachable.has(one.id)).map(one => one.login)),
  })
  const present = (login: string) => {
    const one = within.find(s => s.login === login)
    return one && { ...one, unit: one.nodeId, phone: one.phone ?? undefined }
  }
  const day = await businessDay(application)
  return {
    faulty,
    changes: staff.flatMap(one => changeOf(one.login, staffFields(present(one.login)), staffFields(one))),
    apply: () =>
      applyStaff(
        application,
        asker,
        staff.filter(
          one => changeOf(one.login, staffFields(present(one.login)), staffFields(one)).length > 0,
        ),
        day,
      ),
  }
}

type Fields = Readonly<Record<string, string | undefined>>

function unitFields(unit: OrganisationNode | PlacedNode | undefined): Fields | undefined {
  return (
    unit && {
      parent: unit.parentId ?? '',
      level: unit.level,
      name_zh: unit.name.zh,
      name_en: unit.name.en,
    }
  )
}

function staffFields(one: ImportedStaff | undefined): Fields | undefined {
  return (
    one && {
      name_zh: one.name.zh,
      name_en: one.name.en,
      roles: one.roles.join(';'),
      unit: one.unit,
      value_classes: one.valueClasses?.join(';'),
      subscribers_max: one.subscribersMax?.toString(),
      active: one.isActive === undefined ? undefined : one.isActive ? 'yes' : 'no',
      phone: one.phone,
    }
  )
}

/** A field that the file does not have stays as it is. */
function changeOf(
  id: string,
  before: Fields | undefined,
  after: Fields | undefined,
): readonly ImportChange[] {
  const fields = Object.entries(after ?? {}).flatMap(([field, value = before?.[field] ?? '']) =>
    value === (before?.[field] ?? '')
      ? []
      : [{ field, before: shown(field, before?.[field] ?? ''), after: shown(field, value) }],
  )
  return fields.length === 0 ? [] : [{ id, kind: before === undefined ? 'new' : 'changed', fields }]
}

/** A number is read by others than who wrote it. */
function shown(field: string, value: string): string {
  return field === 'phone' ? (shownTo(fileReader(false), value, 'number') ?? '') : value
}

/** The file's lines as they are read, and every line that is none. */
async function linesOf({ what, file }: ImportOrder) {
  const [lines, faulty]: [ImportLine[], FaultyLine[]] = [[], []]
  const sheet = await openSheet(file)
  const strange = [...importing.columnFaults(what, sheet.columns)]
  if (strange.length > 0)
    return { lines, faulty: strange.map(([column, fault]) => ({ line: sheet.titleLine, column, fault })) }
  for await (const read of sheet.lines()) {
    const { line } = read
    if ('broken' in read) faulty.push({ line, column: null, fault: read.broken })
    else if (read.doubts.length > 0) faulty.push(...read.doubts.map(doubt => ({ line, ...doubt })))
    else lines.push({ line, cells: read.cells })
    if (lines.length + faulty.length > linesMax) throw new FaultError(importing.faults.linesTooMany(linesMax))
  }
  return { lines, faulty }
}
