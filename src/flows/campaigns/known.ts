import type { Known } from '#campaigns'
import type { PlainDate, RowScope } from '#kernel'
import { unknownPlaceholders } from '#policy'
import { check, parseCondition } from '#rules'
import type { Application } from '../application.ts'
import { rulesInForce } from '../rules/in-force.ts'
import { listTarget } from './list-target.ts'

interface Planning {
  readonly scope: RowScope
  readonly day: PlainDate
  /** The plan as it came: nobody has looked at its shape. */
  readonly plan: unknown
}

/** What a plan may name: the rules in force, the catalogue as it stands, the list it is for. */
export async function knownTo(application: Application, { scope, day, plan }: Planning): Promise<Known> {
  const { catalogue } = application
  const { rules } = await rulesInForce(application)
  const named = listIn(plan)
  const fault = named === undefined ? undefined : (await listTarget(application, scope, named, day)).fault
  return {
    hasRule: id => rules.some(r => r.id === id),
    conditionFaults(input) {
      const { condition, faults } = parseCondition(input)
      return condition === undefined ? faults : check(condition, catalogue.askable, [])
    },
    listFaults: () => (fault === undefined ? [] : [fault]),
    offer: id => catalogue.offers.get(id),
    hasScript: id => catalogue.scripts.has(id),
    unfilled: unknownPlaceholders,
  }
}

/** The list that a plan names, if it is shaped like one that does. */
function listIn(plan: unknown): number | undefined {
  const target = (plan as { readonly target?: { readonly list?: unknown } } | null)?.target
  const id = target?.list
  return Number.isInteger(id) && Number(id) > 0 && Number(id) <= idMax ? Number(id) : undefined
}

const idMax = 2_147_483_647
