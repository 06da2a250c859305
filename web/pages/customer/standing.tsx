import { Card } from 'antd'
import type { Subscriber } from '#wire'
import { useSay } from '../../say/use-say.ts'
import { Badge } from '../../ui/badge.tsx'
import { Facts } from '../../ui/page.tsx'
import { LevelBadge } from '../level-badge.tsx'

/** Where the customer stands on the map, and the answers that put it there. */
export function Standing({ standing, warningLives }: Pick<Subscriber, 'standing' | 'warningLives'>) {
  const { say, pick } = useSay()
  if (standing === null) return null
  const { value, stage, brand, tags, answers } = standing
  const groups = new Map<string, (typeof tags)[number][]>()
  for (const tag of tags) groups.set(tag.group.code, [...(groups.get(tag.group.code) ?? []), tag])
  return (
    <Card size="small" title={<h2>{say.segments.standing}</h2>}>
      <Facts
        rows={[
          [say.segments.value, value === null ? null : pick(value.title)],
          [say.segments.stage, stage === null ? null : pick(stage.title)],
          [say.segments.brand, brand],
          [
            say.warningLives.current,
            warningLives.length === 0 ? null : <Lives key="lives" lives={warningLives} />,
          ],
        ]}
      />
      <h3>{say.tags.ofSubscriber}</h3>
      {tags.length === 0 ? <p className="faint">{say.tags.noneOfSubscriber}</p> : null}
      <ul className="plain-list tight">
        {[...groups].map(([code, some]) => (
          <li key={code} className="row">
            <span className="faint small">{some[0] === undefined ? code : pick(some[0].group.title)}</span>
            {some.map(tag => (
              <Badge key={tag.id} tone="busy">
                {pick(tag.title)}
              </Badge>
            ))}
          </li>
        ))}
      </ul>
      <details>
        <summary>{say.segments.why}</summary>
        <ol>
          {answers.map(answer => (
            <li key={answer.asks.en}>
              {pick(answer.asks)} <span className="strong">{answer.held ? say.yes : say.no}</span>
              <div className="faint small">{pick(answer.sentence)}</div>
            </li>
          ))}
        </ol>
      </details>
    </Card>
  )
}

/** How the warning of each plan stands. */
function Lives({ lives }: { readonly lives: Subscriber['warningLives'] }) {
  const { say, pick } = useSay()
  return (
    <ul className="plain-list tight">
      {lives.map(({ plan, level, state, openedOn }) => (
        <li key={plan.code} className="row">
          <LevelBadge level={level} />
          <span>{pick(plan.title)}</span>
          <span className="faint">
            {say.warningLives.since({ state: pick(state.title), from: openedOn })}
          </span>
        </li>
      ))}
    </ul>
  )
}
