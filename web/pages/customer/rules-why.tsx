import { Link } from '@tanstack/react-router'
import { Card } from 'antd'
import type { Reply } from '#wire'
import { Answer } from '../../answer.tsx'
import { useReply } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'
import { Badge } from '../../ui/badge.tsx'
import { useMay } from '../use-may.ts'

type Why = Reply<'whyRules'>['rules'][number]

/** Which rules hold for a customer and why; what turned since the morning before comes first. */
export function RulesWhy({ id }: { readonly id: string }) {
  const { say } = useSay()
  const words = say.ruleWhy
  const found = useReply('whyRules', { parts: { id } })
  return (
    <Card size="small" title={<h2>{words.title}</h2>}>
      <Answer to={found}>
        {({ rules, before, asOf }) => {
          const told = rules.filter(r => r.changed || r.holds === true || r.held !== null)
          return (
            <>
              <p className="faint small">
                {before === null ? words.asOf({ day: asOf }) : words.since({ day: asOf, before })}
              </p>
              {told.length === 0 ? <p className="faint">{words.none}</p> : null}
              <ul className="plain-list">
                {told.map(rule => (
                  <RuleTold key={rule.id} rule={rule} />
                ))}
              </ul>
            </>
          )
        }}
      </Answer>
    </Card>
  )
}

/** Which version that morning had in force, and the one before where that was another. */
function versionSaid({ version, versionBefore }: Why, words: ReturnType<typeof useSay>['say']['ruleWhy']) {
  if (versionBefore === null || versionBefore === version) return words.version({ version: String(version) })
  return words.versionBefore({ version: String(version), before: String(versionBefore) })
}

function RuleTold({ rule }: { readonly rule: Why }) {
  const { say, pick } = useSay()
  const mayLook = useMay('rule.look')
  const words = say.ruleWhy
  const state = rule.held !== null ? 'held' : rule.changed ? (rule.holds ? 'came' : 'went') : 'holds'
  const tones = { held: 'warn', came: 'bad', went: 'good', holds: 'calm' } as const
  return (
    <li>
      <Badge tone={tones[state]}>{words.states[state]}</Badge>{' '}
      {mayLook ? (
        <Link to="/rules/$ruleId" params={{ ruleId: rule.id }}>
          {pick(rule.title)}
        </Link>
      ) : (
        <span className="strong">{pick(rule.title)}</span>
      )}
      <div className="small">{pick(rule.sentence)}</div>
      <div className="faint small">{versionSaid(rule, words)}</div>
    </li>
  )
}
