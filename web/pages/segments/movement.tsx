import { getRouteApi } from '@tanstack/react-router'
import { Card, Segmented, Select } from 'antd'
import { useState } from 'react'
import type { SegmentMoves } from '#wire'
import { Answer } from '../../answer.tsx'
import { useReply } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'
import { formatCount, formatShare } from '../../ui/format.ts'
import { codesOn, pair, sumBy } from './cells.ts'
import { CountTable } from './count-table.tsx'
import { useClassName } from './use-class-name.ts'

const route = getRouteApi('/frame/segments')
type By = 'stage' | 'value'

/** Who went where between an earlier morning and this one. */
export function Movement({ to }: { readonly to: string }) {
  const { say } = useSay()
  const { from } = route.useSearch()
  const moves = useReply(
    'listSegmentMoves',
    { query: { to, ...(from === undefined || from >= to ? {} : { from }) } },
    { keeps: true },
  )
  return (
    <Card
      size="small"
      title={<h2>{say.segments.movement}</h2>}
      extra={moves.data ? <Compared moves={moves.data} /> : null}
    >
      <Answer to={moves}>
        {found =>
          found.from === found.to ? (
            <span className="faint">{say.segments.oneMorning}</span>
          ) : (
            <Matrix moves={found} />
          )
        }
      </Answer>
    </Card>
  )
}

function Compared({ moves }: { readonly moves: SegmentMoves }) {
  const { say } = useSay()
  const navigate = route.useNavigate()
  const earlier = moves.days.filter(day => day < moves.to)
  if (earlier.length === 0) return null
  return (
    <Select<string>
      aria-label={say.segments.compare}
      style={{ width: 150 }}
      value={moves.from}
      options={earlier.map(day => ({ value: day, label: day }))}
      onChange={from => void navigate({ search: last => ({ ...last, from }) })}
    />
  )
}

/** Not a class: joined since, or gone since. */
const outside = '+'

function Matrix({ moves }: { readonly moves: SegmentMoves }) {
  const { say } = useSay()
  const nameOf = useClassName()
  const [by, lookBy] = useState<By>('stage')
  const counts = sumBy(
    moves.moves,
    m => pair(m.from === null ? outside : m.from[by], m.to === null ? outside : m.to[by]),
    m => m.subscribers,
  )
  const codes = codesOn(
    moves[by].classes,
    moves.moves.flatMap(m => [m.from, m.to].flatMap(cell => (cell === null ? [] : [cell[by]]))),
  )
  const classes = codes.map(code => ({ code, title: nameOf(moves[by], code) }))
  const stayed = moves.moves.filter(m => m.from !== null && m.to !== null)
  const all = stayed.reduce((sum, m) => sum + m.subscribers, 0)
  const changed = stayed.filter(m => m.from?.[by] !== m.to?.[by]).reduce((sum, m) => sum + m.subscribers, 0)
  return (
    <div className="stack">
      <div className="row">
        <Segmented<By>
          aria-label={say.segments.by}
          value={by}
          options={[
            { value: 'stage', label: say.segments.stage },
            { value: 'value', label: say.segments.value },
          ]}
          onChange={lookBy}
        />
        <span>{say.segments.movementOf({ from: moves.from, to: moves.to })}</span>
        <span className="strong">
          {say.segments.changed({
            count: formatCount(changed),
            share: formatShare(all === 0 ? 0 : changed / all),
          })}
        </span>
      </div>
      <p className="faint small">{say.segments.movementPicture}</p>
      <CountTable
        corner={say.segments[by]}
        columns={[...classes, { code: outside, title: say.segments.gone }]}
        rows={[...classes, { code: outside, title: say.segments.arrived }]}
        countOf={(row, column) => counts.get(pair(row, column)) ?? 0}
        isStill={(row, column) => row === column && row !== outside}
        searchOf={(row, column) => searchOf(moves, by, row, column)}
      />
    </div>
  )
}

/** Whoever is no longer here cannot be listed here, nor who was nowhere. */
function searchOf({ from, to }: SegmentMoves, by: By, row?: string, column?: string) {
  if (row === undefined || column === undefined || row === outside || column === outside) return undefined
  const came = by === 'stage' ? { fromStage: row } : { fromValue: row }
  return { day: to, fromDay: from, [by]: column, ...came }
}
