import type { RunState, Verdict } from '#wire'
import { useSay } from '../say/use-say.ts'
import { Badge, type Tone } from '../ui/badge.tsx'

const runTones: Readonly<Record<RunState, Tone>> = {
  waiting: 'calm',
  running: 'busy',
  done: 'good',
  failed: 'bad',
  skipped: 'calm',
}
const verdictTones: Readonly<Record<Verdict, Tone>> = { pass: 'good', warn: 'warn', hold: 'bad' }

export function RunBadge({ state }: { readonly state: RunState }) {
  const { say } = useSay()
  return <Badge tone={runTones[state]}>{say.night.states[state]}</Badge>
}

export function VerdictBadge({ verdict }: { readonly verdict: Verdict }) {
  const { say } = useSay()
  return <Badge tone={verdictTones[verdict]}>{say.night.verdicts[verdict]}</Badge>
}
