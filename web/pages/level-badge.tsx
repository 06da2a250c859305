import type { Level } from '#wire'
import { useSay } from '../say/use-say.ts'
import { Badge, type Tone } from '../ui/badge.tsx'

const tones: Readonly<Record<Level, Tone>> = { high: 'bad', medium: 'warn', low: 'busy', stable: 'calm' }

export function LevelBadge({ level }: { readonly level: Level }) {
  const { say } = useSay()
  return <Badge tone={tones[level]}>{say.level[level]}</Badge>
}
