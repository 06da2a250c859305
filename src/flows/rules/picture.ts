import { listStaff, organisation, shownTo } from '#governance'
import { isInScope, type RowScope } from '#kernel'
import { type Rule, tried } from '#rules'
import { type Cell, sql } from '#warehouse'
import type { Application } from '../application.ts'
import { type Asker, on } from '../asker.ts'
import { auditListed } from '../audit/listed.ts'
import { morningOf } from '../night/morning.ts'
import { classesOn } from '../segments/classes.ts'
import type { Words } from '../view/coded.ts'
import { type ShownValue, type Valued, valued } from '../view/valued.ts'
import { capacityOf } from './capacity.ts'
import type { PreviewOrder } from './preview.ts'
import { type Trying, trying } from './trying.ts'

const sampleSize = 20
/** The cube on which everything is reported; the branch comes from where each subscriber sits. */
const cube = ['_value', '_stage', 'brand'] as const

/**
 * What those selected look like: some of them, how they spread over value, stage, brand and branch, and what contacting them
 * would take. Nothing of a rule that is held.
 */
export async function previewPicture(application: Application, asker: Asker, order: PreviewOrder) {
  return trying(application, asker, order, async at => {
    if (at.held !== null) return { snapshot: at.snapshot, held: at.held, sample: [], cells: [], capacity: [] }
    const branches = await branchesFor(application, asker.scope)
    const classes = await classesOn(at.warehouse, application.shelf, at.asOf)
    const placed = sql`(SELECT b.*, split_part(b.node_path, '/', ${branches.depth}) AS _branch, m.value AS _value, m.stage AS _stage
      FROM ${at.placed} AS b LEFT JOIN ${classes} AS m ON m.sub = b.sub)`
    const cells = await tried.breakdown({ ...at, table: placed }, at.condition, [...cube, '_branch'])
    return {
      snapshot: at.snapshot,
      held: null,
      sample: await sampleOf(application, asker, at),
      cells: cells.map(({ values, subscribers }) => {
        const [value, stage, brand, branch] = values
        return {
          value: codeOf(application, 'segment.value', value),
          stage: codeOf(application, 'segment.stage', stage),
          brand: codeOf(application, 'segment.brand', brand),
          branch: branches.named(String(branch ?? '')),
          count: subscribers,
        }
      }),
      capacity: await capacity(application, asker.scope, at.rule, cells),
    }
  })
}

/** What a cell of the cube is called; null where the factor is missing. */
function codeOf({ catalogue }: Application, factor: string, value: Cell | undefined) {
  if (value === null || value === undefined) return null
  const code = String(value)
  return { code, title: catalogue.askable.get(factor)?.values?.[code] ?? { zh: code, en: code } }
}

async function sampleOf(application: Application, asker: Asker, at: Trying) {
  const chosen = await tried.sample(at, at.condition, sampleSize)
  const ids = chosen.map(one => one.subscriberId)
  const mornings = await morningOf(application, at.asOf, ids)
  const byId = application.catalogue.askable
  const rows = chosen.flatMap(({ subscriberId, values }) => {
    const morning = mornings.get(subscriberId)
    // Who answers may have changed since the morning.
    if (morning === undefined || !isInScope(asker.scope, morning)) return []
    const holder = on(asker, morning)
    return [
      {
        id: subscriberId,
        number: shownTo(holder, morning.number, 'number'),
        customerName: shownTo(holder, morning.customerName, 'name'),
        values: at.rule.uses.flatMap((id): Valued[] => {
          const factor = byId.get(id)
          return factor === undefined ? [] : [valued(factor, (values[id] ?? null) as ShownValue)]
        }),
      },
    ]
  })
  await auditListed(application, asker, {
    act: 'rule.preview',
    subject: 'rule:draft',
    subscribers: rows.map(row => row.id),
  })
  return rows
}

interface Branches {
  /** Which step of a path names the branch, counted as the warehouse splits it. */
  readonly depth: number
  named(unit: string): { readonly code: string; readonly title: Words }
}

/** The units right below the one that holds all of a scope. */
async function branchesFor({ desk }: Application, scope: RowScope): Promise<Branches> {
  const units = await organisation(desk.db)
  const top = topOf(scope, units[0]?.path ?? '/')
  const names = new Map(units.map(unit => [unit.id, unit.name]))
  const steps = stepsOf(top)
  return {
    depth: steps.length + 2,
    named(unit) {
      const code = unit === '' ? (steps.at(-1) ?? '') : unit
      return { code, title: names.get(code) ?? { zh: code, en: code } }
    },
  }
}

/** The path that all branches of a scope have in common; the root for one's own customers. */
export function topOf(scope: RowScope, root: string): string {
  switch (scope.kind) {
    case 'own':
      return root
    case 'branch':
      return scope.nodePath === '/' ? root : scope.nodePath
    case 'several':
      return scope.of.map(one => topOf(one, root)).reduce(shared, undefined) ?? root
  }
}

function shared(before: string | undefined, next: string): string {
  if (before === undefined) return next
  const [a, b] = [stepsOf(before), stepsOf(next)]
  const differs = a.findIndex((step, i) => step !== b[i])
  const same = differs === -1 ? a : a.slice(0, differs)
  return `/${same.map(step => `${step}/`).join('')}`
}

function stepsOf(path: string): readonly string[] {
  return path.split('/').filter(step => step !== '')
}

async function capacity(
  application: Application,
  scope: RowScope,
  rule: Rule,
  cells: readonly { readonly values: readonly Cell[]; readonly subscribers: number }[],
) {
  const byClass = new Map<string, number>()
  for (const { values, subscribers } of cells) {
    const name = String(values[0] ?? 'low')
    byClass.set(name, (byClass.get(name) ?? 0) + subscribers)
  }
  const staff = await listStaff(application.desk.db)
  const managers = staff.filter(
    one =>
      one.roles.includes('account_manager') &&
      isInScope(scope, { managerId: one.id, nodePath: one.unit.path }),
  )
  return capacityOf(application.catalogue.policy, rule, byClass, managers.length)
}
