import type { TagRow } from '#wire'
import { useSay } from '../../say/use-say.ts'
import { Badge } from '../../ui/badge.tsx'
import { formatCount, formatShare } from '../../ui/format.ts'

type Standing = Pick<TagRow, 'life' | 'state' | 'reason' | 'alarm'>

/** What has to be said of a tag before anybody rests on it. */
export function TagNotes({ tag }: { readonly tag: Standing }) {
  const { say, pick } = useSay()
  const { life, state, reason, alarm } = tag
  return (
    <>
      {life === 'active' ? null : <Badge tone="calm">{say.tags.lives[life]}</Badge>}
      {state === 'held' || state === 'off' ? <Badge tone="warn">{say.segments.state[state]}</Badge> : null}
      {alarm === null ? null : <Badge tone="bad">{say.tags.alarms[alarm]}</Badge>}
      {reason === null ? null : <div className="small">{pick(reason)}</div>}
    </>
  )
}

interface CoverageProps {
  readonly subscribers: number | null
  readonly of: number | null
}

export function Coverage({ subscribers, of }: CoverageProps) {
  const { say } = useSay()
  if (subscribers === null || of === null) return <span className="faint">{say.tags.notGiven}</span>
  const share = formatShare(of === 0 ? 0 : subscribers / of)
  return <>{say.tags.coverageOf({ count: formatCount(subscribers), share })}</>
}
