import path from 'node:path'
import { type FactorCatalogue, readFactors } from '#factors'
import { FaultError } from '#kernel'
import { type Offer, type Policy, type PolicyCatalogue, readPolicies, type Script } from '#policy'
import { readRules, type Rule } from '#rules'
import { readWarningPlans, type WarningPlan } from '#warnings'

/** The content people write: what is computed, what warns, what may be offered. */
export interface Catalogue {
  readonly factors: FactorCatalogue
  readonly rules: readonly Rule[]
  readonly warningPlan: WarningPlan
  readonly policy: Policy
  readonly offers: ReadonlyMap<string, Offer>
  readonly scripts: ReadonlyMap<string, Script>
}
