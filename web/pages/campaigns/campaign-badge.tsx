import type { Coded } from '#wire'
import { useSay } from '../../say/use-say.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'

const tones: Readonly<Record<string, Tone>> = {
  running: 'good',
  waiting: 'warn',
  paused: 'warn',
  ready: 'busy',
}

/** Where a campaign stands, by the server's own word. */
export function CampaignBadge({ state }: { readonly state: Coded }) {
  const { pick } = useSay()
  return <Badge tone={tones[state.code] ?? 'calm'}>{pick(state.title)}</Badge>
}
