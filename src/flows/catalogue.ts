import path from 'node:path'
import { type Holiday, type Occasion, readHolidays, readOccasions } from '#care'
import { type FactorCatalogue, readFactors } from '#factors'
import { type Fault, FaultError } from '#kernel'
import { type Offer, type Policy, readPolicies, type Script } from '#policy'
import { type KnownFactor, type KnownFactors, type Rule, readRules } from '#rules'
import { readTags, type SegmentMap, segmentMaps, type Tag } from '#segments'
import { readWarningPlans, type WarningPlan } from '#warnings'
import { askableBy } from './rules/known.ts'

/** The content people write: what is computed, what warns, what may be offered. */
export interface Catalogue {
  readonly factors: FactorCatalogue
  /** All that a rule may ask about: the factors, and what stands beside them. Kept up with what people change (`freshAskable`). */
  readonly askable: Map<string, KnownFactor>
  readonly rules: readonly Rule[]
  readonly segmentMap: SegmentMap
  readonly tags: readonly Tag[]
  readonly care: { readonly occasions: readonly Occasion[]; readonly holidays: readonly Holiday[] }
  readonly warningPlans: readonly WarningPlan[]
  readonly policy: Policy
  readonly offers: ReadonlyMap<string, Offer>
  readonly scripts: ReadonlyMap<string, Script>
}

/** Reads the whole catalogue; throws every fault of every file at once. */
export async function readCatalogue(folder: string): Promise<Catalogue> {
  const factors = await readFactors(path.join(folder, 'factors'))
  // Trees, tags and plans ask about factors alone, and a rule about what they say: nothing asks about itself.
  const maps = await segmentMaps.read(path.join(folder, 'segments'), factors.byId)
  const tags = await readTags(path.join(folder, 'tags'), factors.byId)
  const planned = await readWarningPlans(path.join(folder, 'warnings'), undefined, factors.byId)
  const askable = new Map(
    askableBy({ factors, segmentMap: maps.maps[0], tags: tags.tags, plans: planned.plans }),
  )
  const rules = await readRules(path.join(folder, 'rules'), askable)
  const plans = await readWarningPlans(path.join(folder, 'warnings'), rules.rules, factors.byId)
  const policies = await readPolicies(folder)
  const care = await readCare(path.join(folder, 'care'), askable, policies.policies)
  refuse([
    ...factors.faults,
    ...rules.faults,
    ...maps.faults,
    ...tags.faults,
    ...plans.faults,
    ...policies.faults,
    ...care.faults,
  ])
  const [segmentMap] = maps.maps
  const [policy] = policies.policies
  if (segmentMap === undefined || plans.plans.length === 0 || policy === undefined)
    throw new FaultError(nothingToDo(folder))
  return {
    factors,
    askable,
    rules: rules.rules,
    segmentMap,
    tags: tags.tags,
    care: { occasions: care.occasions, holidays: care.holidays },
    warningPlans: plans.plans,
    policy,
    offers: policies.offers,
    scripts: policies.scripts,
  }
}

/** Holidays, and the occasions whose actions the first policy answers. */
async function readCare(folder: string, factors: KnownFactors, policies: readonly Policy[]) {
  const { holidays, faults } = await readHolidays(path.join(folder, 'holidays'))
  const actions = new Set(policies[0]?.rows.map(row => row.action))
  const book = await readOccasions(path.join(folder, 'occasions'), { factors, holidays, actions })
  return { holidays, occasions: book.occasions, faults: [...faults, ...book.faults] }
}

function refuse(faults: readonly Fault[]): void {
  const [first, ...rest] = faults
  if (first !== undefined) throw new FaultError(first, ...rest)
}

function nothingToDo(folder: string): Fault<'catalogue.incomplete'> {
  return {
    code: 'catalogue.incomplete',
    en: `the catalogue ${path.basename(folder)} needs a map of customers, a warning plan and a policy`,
    zh: `目录 ${path.basename(folder)} 中缺少客户分布图、预警方案或政策`,
  }
}
