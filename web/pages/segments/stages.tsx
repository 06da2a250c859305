import type { SegmentMap } from '#wire'
import { useSay } from '../../say/use-say.ts'
import { Badge } from '../../ui/badge.tsx'
import { SmallTable } from '../../ui/small-table.tsx'
import { useClassName } from './use-class-name.ts'

/** The decision tree, question by question, and what each stage means. */
export function Stages({ map }: { readonly map: SegmentMap }) {
  const { say, pick } = useSay()
  const nameOf = useClassName()
  const leadsTo = (stage: string | null) =>
    stage === null ? (
      <span className="faint">{say.segments.next}</span>
    ) : (
      <span className="strong">{nameOf(map.stage, stage)}</span>
    )
  return (
    <div className="stack">
      <SmallTable
        rows={map.questions.map((question, i) => ({ ...question, at: i + 1 }))}
        keyOf={q => String(q.at)}
        nothing={say.none}
        pageSize={30}
        columns={[
          {
            title: say.segments.asks,
            of: q => (
              <div style={{ paddingLeft: q.depth * 14 }}>
                <div>{pick(q.asks)}</div>
                <div className="faint small">{pick(q.sentence)}</div>
              </div>
            ),
          },
          { title: say.segments.yes, of: q => leadsTo(q.yes) },
          { title: say.segments.no, of: q => leadsTo(q.no) },
        ]}
      />
      <h3>{say.segments.means}</h3>
      <ul className="plain-list tight">
        {map.stage.classes.map(stage => (
          <li key={stage.code}>
            <span className="strong">{pick(stage.title)}</span> {pick(stage.means)}{' '}
            {stage.isSunk ? <Badge tone="bad">{say.segments.sunk}</Badge> : null}
          </li>
        ))}
      </ul>
    </div>
  )
}
