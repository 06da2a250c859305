import { uniform } from '#kernel'
import type { ControlShares, Proposal } from './proposal.ts'

export type ControlGroup = 'universal' | 'rule'

/**
 * The control group that keeps this proposal aside, if any. By salted hash: the same subscriber stays in or out as long
 * as the salt stands, and the universal group and each rule's are independent of one another.
 */
export function controlGroupOf(
  proposal: Pick<Proposal, 'subscriberId' | 'source' | 'purpose'>,
  shares: ControlShares,
): ControlGroup | undefined {
  if (proposal.purpose === 'service') return undefined
  const { subscriberId, source } = proposal
  if (uniform(shares.salt, 'universal', subscriberId) < shares.universal) return 'universal'
  const share = shares.byRule?.[source] ?? shares.perRule
  return uniform(shares.salt, 'rule', source, subscriberId) < share ? 'rule' : undefined
}
