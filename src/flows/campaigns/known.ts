import type { Known } from '#campaigns'
import { unknownPlaceholders } from '#policy'
import { check, parseCondition } from '#rules'
import type { Application } from '../application.ts'
import { rulesInForce } from '../rules/in-force.ts'

/** What a plan may name: the rules in force and the catalogue as it stands. */
export async function knownTo(application: Application): Promise<Known> {
  const { catalogue } = application
  const { rules } = await rulesInForce(application)
  return {
    hasRule: id => rules.some(r => r.id === id),
    conditionFaults(input) {
      const { condition, faults } = parseCondition(input)
      return condition === undefined ? faults : check(condition, catalogue.askable, [])
    },
    offer: id => catalogue.offers.get(id),
    hasScript: id => catalogue.scripts.has(id),
    unfilled: unknownPlaceholders,
  }
}
