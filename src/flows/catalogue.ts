import path from 'node:path'
import { type FactorCatalogue, readFactors } from '#factors'
import { type Fault, FaultError } from '#kernel'
import { type Offer, type Policy, readPolicies, type Script } from '#policy'
import { type Rule, readRules } from '#rules'
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

/** Reads the whole catalogue; throws every fault of every file at once. */
export async function readCatalogue(folder: string): Promise<Catalogue> {
  const factors = await readFactors(path.join(folder, 'factors'))
  const rules = await readRules(path.join(folder, 'rules'), factors.byId)
  const plans = await readWarningPlans(path.join(folder, 'warnings'), rules.rules)
  const policies = await readPolicies(folder)
  refuse([...factors.faults, ...rules.faults, ...plans.faults, ...policies.faults])
  const [warningPlan] = plans.plans
  const [policy] = policies.policies
  if (warningPlan === undefined || policy === undefined) throw new FaultError(nothingToDo(folder))
  return {
    factors,
    rules: rules.rules,
    warningPlan,
    policy,
    offers: policies.offers,
    scripts: policies.scripts,
  }
}

function refuse(faults: readonly Fault[]): void {
  const [first, ...rest] = faults
  if (first !== undefined) throw new FaultError(first, ...rest)
}

function nothingToDo(folder: string): Fault<'catalogue.incomplete'> {
  return {
    code: 'catalogue.incomplete',
    en: `the catalogue ${path.basename(folder)} needs a warning plan and a policy`,
    zh: `目录 ${path.basename(folder)} 中缺少预警方案或政策`,
  }
}
