import { controlGroupOf } from './control.ts'
import type { AllocationInput, Proposal } from './index.ts'

/**
 * The allocator as one would explain it at a table: look for the best proposal not yet answered, answer it, look again.
 * It counts what was used from the answers so far instead of keeping books. For tests only.
 */
export function slowly(input: AllocationInput): readonly (readonly [Proposal, string, string])[] {
  const answered: [Proposal, string, string][] = []
  const open = [...input.proposals]
  while (open.length > 0) {
    let best = 0
    for (let i = 1; i < open.length; i++) if (rank(open[i]) < rank(open[best])) best = i
    const [proposal] = open.splice(best, 1)
    if (proposal !== undefined) answered.push([proposal, ...answerTo(proposal, answered, input)])
  }
  const name = (p: Proposal) => [p.subscriberId, p.source, p.channel, p.offerId ?? ''].join(' ')
  return answered.toSorted(([a], [b]) => (name(a) < name(b) ? -1 : 1))
}

/** One text that sorts as proposals rank. */
function rank(p: Proposal | undefined): string {
  if (p === undefined) return '~'
  const worst = 1_000_000 - (p.valueFen - p.costFen)
  const last = p.deadline ?? '9999'
  return [
    String(worst).padStart(9, '0'),
    last,
    p.minutes,
    p.subscriberId,
    p.source,
    p.channel,
    p.offerId ?? '',
  ].join(' ')
}

function answerTo(
  p: Proposal,
  before: readonly [Proposal, string, string][],
  input: AllocationInput,
): [string, string] {
  const { limits, shares } = input
  const s = input.standings.get(p.subscriberId)
  const count = (days: 'contacts7' | 'contacts30', channels: readonly ('call' | 'sms')[]) =>
    channels.reduce((sum, channel) => sum + (s?.[days][channel] ?? 0), 0)
  const full = (cap: { per7DaysMax: number; per30DaysMax: number }, channels: readonly ('call' | 'sms')[]) =>
    count('contacts7', channels) >= cap.per7DaysMax || count('contacts30', channels) >= cap.per30DaysMax
  const acted = before.filter(([, result]) => result === 'act').map(([other]) => other)
  const used = acted
    .filter(other => input.standings.get(other.subscriberId)?.managerId === s?.managerId)
    .reduce((sum, other) => sum + other.minutes, 0)
  const minutes = s?.managerId ? (limits.minutesOf.get(s.managerId) ?? 0) : 0
  const sent = acted.filter(other => other.channel === p.channel).length
  const refusals: readonly [string, boolean][] = [
    ['past-deadline', p.deadline !== null && p.deadline < input.day],
    ['not-worth-its-cost', p.purpose !== 'service' && p.valueFen <= p.costFen],
    ['no-manager', p.minutes > 0 && !s?.managerId],
    ['opted-out', s?.optedOut.includes(p.channel) === true],
    ['task-in-hand', s?.hasOpenTask === true],
    ['open-complaint', p.purpose === 'selling' && s?.hasOpenComplaint === true],
    ['open-fault', p.purpose === 'selling' && s?.hasOpenFault === true],
    ['cap-channel', full(limits.caps[p.channel], [p.channel])],
    ['cap-overall', full(limits.caps.overall, ['call', 'sms'])],
    [
      'another-chosen',
      before.some(([other, result]) => other.subscriberId === p.subscriberId && result !== 'refused'),
    ],
    ['manager-hours', p.minutes > 0 && used + p.minutes > minutes],
    ['channel-rate', sent >= (limits.channelMax[p.channel] ?? 1_000_000)],
    [
      'source-limit',
      acted.filter(other => other.source === p.source).length >= (limits.sourceMax?.[p.source] ?? 1_000_000),
    ],
  ]
  const stopped = refusals.find(([, holds]) => holds)
  if (stopped) return ['refused', stopped[0]]
  const control = controlGroupOf(p, shares)
  return control ? ['control', `control-${control}`] : ['act', 'most-valuable']
}
