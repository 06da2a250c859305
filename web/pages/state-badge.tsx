import type { Coded } from '#wire'
import { useSay } from '../say/use-say.ts'
import { Badge, type Tone } from '../ui/badge.tsx'

/** Colours for the states we know; one we do not know is calm and still has its word. */
const tones: Readonly<Record<string, Tone>> = {
  open: 'busy',
  claimed: 'warn',
  done: 'good',
  sent: 'good',
  delivered: 'good',
  refused: 'bad',
  undelivered: 'bad',
  failed: 'bad',
  sending: 'busy',
  in_doubt: 'warn',
}

interface StateBadgeProps {
  readonly state: Coded
  readonly outcome?: Coded | null
}

export function StateBadge({ state, outcome }: StateBadgeProps) {
  const { pick } = useSay()
  return (
    <span className="nowrap">
      <Badge tone={tones[state.code] ?? 'calm'}>{pick(state.title)}</Badge>
      {outcome === undefined || outcome === null ? null : (
        <span className="faint"> {pick(outcome.title)}</span>
      )}
    </span>
  )
}
