import { besides, factorsUsed } from '#rules'
import { tagUses } from '#segments'
import { ruleOf, type WarningPlan } from '#warnings'
import type { Catalogue } from './catalogue.ts'
import { treeFactors } from './rules/known.ts'

/** Who relies on a factor, itself or through factors made from it: the ids to look at before it is changed. */
export interface UsedBy {
  /** Factors made from it, directly or not. */
  readonly factors: readonly string[]
  readonly rules: readonly string[]
  /** Warning plans that count one of those rules as a sign, or choose by the factor whom they ask about. */
  readonly warnings: readonly string[]
  /** Policies that answer one of those rules, or choose by the factor. */
  readonly policies: readonly string[]
}

/** What every list is decided on beside its rule: what to offer, and whom to leave alone. */
export function policyFactors({ segmentMap }: Pick<Catalogue, 'segmentMap'>): readonly string[] {
  return [segmentMap.value.factor, 'opted_out', 'open_complaints', 'open_faults']
}

type Users = Pick<Catalogue, 'factors' | 'rules' | 'warningPlans' | 'policy' | 'tags' | 'segmentMap'>

export function whatUses(catalogue: Users): ReadonlyMap<string, UsedBy> {
  const { factors } = catalogue.factors
  const above = new Map<string, ReadonlySet<string>>()
  // Factors come after what they need: backwards, everything made from a factor is known before the factor itself.
  for (const { id } of factors.toReversed()) {
    const direct = factors.filter(f => f.needs.includes(id)).map(f => f.id)
    above.set(id, new Set(direct.flatMap(d => [d, ...(above.get(d) ?? [])])))
  }
  return new Map([...above].map(([id, made]) => [id, usersOf(catalogue, id, made)]))
}

function usersOf(catalogue: Users, id: string, made: ReadonlySet<string>): UsedBy {
  const { warningPlans, policy } = catalogue
  const isMeant = (used: string) => used === id || made.has(used)
  const rules = catalogue.rules.filter(r => r.uses.some(used => factorsBehind(catalogue, used).some(isMeant)))
  const ruleIds = new Set(rules.map(r => r.id))
  const warns = (plan: WarningPlan) =>
    plan.signals.some(signal => ruleIds.has(ruleOf(signal))) ||
    (plan.asks !== undefined && factorsUsed(plan.asks).some(isMeant))
  const answered = policy.rows.some(row => rules.some(r => r.action === row.action))
  return {
    factors: [...made].toSorted(),
    rules: rules.map(r => r.id),
    warnings: warningPlans.filter(warns).map(plan => plan.id),
    policies: answered || policyFactors(catalogue).some(isMeant) ? [policy.id] : [],
  }
}

/** The factors that a rule asks about when it asks about this: itself, or what stands behind a tag or a place on the map. */
function factorsBehind({ tags, segmentMap }: Users, used: string): readonly string[] {
  const id = besides.ofBefore(used) ?? used
  const [kind, name] = id.split('.')
  if (kind === 'tag') return tags.flatMap(tag => (tag.id === name ? tagUses(tag) : []))
  if (kind !== 'segment') return [id]
  if (name === 'stage') return treeFactors(segmentMap.stage.tree)
  return [name === 'value' ? segmentMap.value.factor : segmentMap.brand.factor]
}
