import type { Fault } from '#kernel'
import * as faults from './import-faults.ts'
import { nodeLevels, type OrganisationNode, type PlacedNode } from './organisation.ts'
import { nodeLevel, nodeRoots, staffPhone } from './organisation-faults.ts'
import { plainPhone } from './phone.ts'
import type { NodeLevel } from './tables.ts'

/** A line of a file by its columns, with its number in the file. */
export interface ImportLine {
  readonly line: number
  readonly cells: Readonly<Record<string, string>>
}

/** What is wrong on a line; `column` where it is in one. */
export interface FaultyLine {
  readonly line: number
  readonly column: string | null
  readonly fault: Fault
}

const unitColumns = ['id', 'parent', 'level', 'name_zh', 'name_en'] as const
const staffColumns = ['login', 'name_zh', 'name_en', 'roles', 'unit'] as const
const staffMore = ['value_classes', 'subscribers_max', 'active', 'phone'] as const

/** Units as a file has them, or everything that is wrong with it: nothing is done when one line is. */
function readUnits(
  lines: readonly ImportLine[],
  known: readonly PlacedNode[],
): { readonly units: readonly OrganisationNode[]; readonly faulty: readonly FaultyLine[] } {
  const faulty: FaultyLine[] = []
  const wrong = (line: number, column: string | null, fault: Fault) => faulty.push({ line, column, fault })
  const seen = new Map<string, number>()
  const units = lines.map(({ line, cells }) => {
    const { id = '', parent = '', level = '', name_zh: zh = '', name_en: en = '' } = cells
    if (!/^[\w-]{1,40}$/.test(id)) wrong(line, 'id', faults.idMalformed(id))
    const first = seen.get(id)
    if (first !== undefined) wrong(line, 'id', faults.repeated(first))
    seen.set(id, first ?? line)
    if (!nodeLevels.some(one => one === level)) wrong(line, 'level', faults.levelUnknown(level))
    if (zh === '') wrong(line, 'name_zh', faults.cellEmpty())
    if (en === '') wrong(line, 'name_en', faults.cellEmpty())
    const parentId = parent === '' ? null : parent
    return { line, unit: { id, parentId, level: level as NodeLevel, name: { zh, en } } }
  })
  const all = new Map<string, OrganisationNode>(known.map(node => [node.id, node]))
  for (const { unit } of units) all.set(unit.id, unit)
  for (const { line, unit } of units) {
    const fault = whyMisplaced(unit, all)
    if (fault !== undefined) wrong(line, 'parent', fault)
  }
  return {
    units: units.map(one => one.unit),
    faulty: faulty.toSorted((a, b) => a.line - b.line),
  }
}

function whyMisplaced(unit: OrganisationNode, all: ReadonlyMap<string, OrganisationNode>): Fault | undefined {
  if (unit.parentId === null) {
    const others = [...all.values()].filter(node => node.parentId === null && node.id !== unit.id)
    return others.length === 0 ? undefined : nodeRoots()
  }
  const parent = all.get(unit.parentId)
  if (parent === undefined) return faults.parentUnknown(unit.parentId)
  const above = new Set([unit.id])
  for (let at: OrganisationNode | undefined = parent; at !== undefined; at = all.get(at.parentId ?? '')) {
    if (above.has(at.id)) return faults.belowItself()
    above.add(at.id)
  }
  const rank = nodeLevels.indexOf(unit.level)
  return rank < 0 || nodeLevels.indexOf(parent.level) < rank ? undefined : nodeLevel(unit.id)
}

/** A member of staff as a file has one. */
export interface ImportedStaff {
  readonly login: string
  readonly name: { readonly zh: string; readonly en: string }
  readonly roles: readonly string[]
  readonly unit: string
  readonly valueClasses: readonly string[] | undefined
  readonly subscribersMax: number | undefined
  readonly isActive: boolean | undefined
  /** Nothing in its cell leaves it as it is. */
  readonly phone: string | undefined
}

export interface KnownForStaff {
  readonly roles: ReadonlySet<string>
  /** Units within reach of whoever imports. */
  readonly units: ReadonlySet<string>
  /** Logins of staff out of reach. */
  readonly others: ReadonlySet<string>
}

const valueClasses = ['high', 'middle', 'low']

/** Staff as a file has them, or everything that is wrong with it. */
function readStaff(
  lines: readonly ImportLine[],
  known: KnownForStaff,
): { readonly staff: readonly ImportedStaff[]; readonly faulty: readonly FaultyLine[] } {
  const faulty: FaultyLine[] = []
  const seen = new Map<string, number>()
  const staff = lines.map(({ line, cells }) => {
    const one = staffIn(cells)
    for (const [column, fault] of staffFaults(one, cells, known)) faulty.push({ line, column, fault })
    const first = seen.get(one.login)
    if (first !== undefined) faulty.push({ line, column: 'login', fault: faults.repeated(first) })
    seen.set(one.login, first ?? line)
    return one
  })
  return { staff, faulty }
}

function staffIn(cells: ImportLine['cells']): ImportedStaff {
  const several = (text = '') => text.split(';').flatMap(part => part.trim() || [])
  const {
    login = '',
    name_zh: zh = '',
    name_en: en = '',
    unit = '',
    active,
    subscribers_max: most,
    phone = '',
  } = cells
  return {
    login: login.normalize('NFKC').toLowerCase(),
    name: { zh, en },
    roles: several(cells['roles']),
    unit,
    valueClasses: cells['value_classes'] === undefined ? undefined : several(cells['value_classes']),
    subscribersMax: most === undefined || most === '' ? undefined : Number(most),
    isActive: active === undefined || active === '' ? undefined : active === 'yes',
    phone: phone === '' ? undefined : (plainPhone(phone) ?? phone),
  }
}

function* staffFaults(
  one: ImportedStaff,
  cells: ImportLine['cells'],
  known: KnownForStaff,
): Generator<readonly [column: string, fault: Fault]> {
  if (!/^[a-z0-9][a-z0-9._@-]{0,59}$/.test(one.login)) yield ['login', faults.loginMalformed(one.login)]
  else if (known.others.has(one.login)) yield ['login', faults.staffElsewhere(one.login)]
  for (const column of ['name_zh', 'name_en', 'roles'])
    if ((cells[column] ?? '') === '') yield [column, faults.cellEmpty()]
  for (const role of one.roles) if (!known.roles.has(role)) yield ['roles', faults.roleStrange(role)]
  if (!known.units.has(one.unit)) yield ['unit', faults.parentUnknown(one.unit)]
  yield* cellFaults(one, cells)
}

function* cellFaults(
  one: ImportedStaff,
  cells: ImportLine['cells'],
): Generator<readonly [column: string, fault: Fault]> {
  for (const value of one.valueClasses ?? [])
    if (!valueClasses.includes(value)) yield ['value_classes', faults.classUnknown(value)]
  if (!/^(\d{1,5}|100000)?$/.test(cells['subscribers_max'] ?? ''))
    yield ['subscribers_max', faults.numberExpected()]
  if (!['', 'yes', 'no', undefined].includes(cells['active'])) yield ['active', faults.yesOrNo()]
  if (one.phone !== undefined && plainPhone(one.phone) === undefined) yield ['phone', staffPhone()]
}

/** Columns that a file must have and lacks, and those that nothing is known of. */
function* columnFaults(
  what: 'units' | 'staff',
  columns: readonly string[],
): Generator<readonly [column: string, fault: Fault]> {
  const needed: readonly string[] = what === 'units' ? unitColumns : staffColumns
  const known = what === 'units' ? needed : [...needed, ...staffMore]
  for (const column of needed) if (!columns.includes(column)) yield [column, faults.columnMissing(column)]
  for (const column of columns) if (!known.includes(column)) yield [column, faults.columnStrange(column)]
}

/** Reading an organisation from a file, for whoever holds the file. */
export const importing = { readUnits, readStaff, columnFaults, faults }
