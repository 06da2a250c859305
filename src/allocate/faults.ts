import type { Fault } from '#kernel'

export function duplicateProposal(source: string, channel: string): Fault<'proposal.duplicate'> {
  return {
    code: 'proposal.duplicate',
    en: `${source} proposes the same ${channel} twice for one subscriber`,
    zh: `${source} 对同一用户重复提出相同的建议（${channel}）`,
    at: { source, channel },
  }
}
