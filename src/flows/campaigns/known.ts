import type { Known } from '#campaigns'
import { unknownPlaceholders } from '#policy'
import { check, parseCondition } from '#rules'
import type { Application } from '../application.ts'

/** What a plan may name: the catalogue as it stands. */
export function knownTo({ catalogue }: Application): Known {
  return {
    hasRule: id => catalogue.rules.some(r => r.id === id),
    conditionFaults(input) {
      const { condition, faults } = parseCondition(input)
      return condition === undefined ? faults : check(condition, catalogue.factors.byId, [])
    },
    offer: id => catalogue.offers.get(id),
    hasScript: id => catalogue.scripts.has(id),
    unfilled: unknownPlaceholders,
  }
}
