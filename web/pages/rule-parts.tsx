import type { Rule, RuleState } from '#wire'
import { useSay } from '../say/use-say.ts'
import { Badge, type Tone } from '../ui/badge.tsx'
import { formatCount, formatShare, formatValue } from '../ui/format.ts'

const tones: Readonly<Record<RuleState, Tone>> = { on: 'good', held: 'bad', off: 'calm' }

export function RuleBadge({ state }: { readonly state: RuleState }) {
  const { say } = useSay()
  return <Badge tone={tones[state]}>{say.rules.states[state]}</Badge>
}

/** How many satisfied it, of how many. A held or switched-off rule has no number, which is not zero. */
export function Matched({ rule }: { readonly rule: Pick<Rule, 'count' | 'of'> }) {
  const { say } = useSay()
  if (rule.count === null) return <span className="faint">{say.rules.notCounted}</span>
  if (rule.of === null || rule.of === 0) return formatCount(rule.count)
  return say.rules.matchedOf({
    count: formatCount(rule.count),
    of: formatCount(rule.of),
    share: formatShare(rule.count / rule.of),
  })
}

export function Parameters({ parameters }: { readonly parameters: Rule['parameters'] }) {
  const { say, pick, language } = useSay()
  if (parameters.length === 0) return <span className="faint">{say.none}</span>
  return (
    <ul className="plain-list tight">
      {parameters.map(p => (
        <li key={p.id}>
          {pick(p.title)}: <span className="strong">{formatValue(p, language, say)}</span>
        </li>
      ))}
    </ul>
  )
}
