import { getRouteApi } from '@tanstack/react-router'
import { Alert, Card, Select } from 'antd'
import type { SegmentMap } from '#wire'
import { Answer } from '../../answer.tsx'
import { useReply } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'
import { Page } from '../../ui/page.tsx'
import { Nothing } from '../../ui/states.tsx'
import { MapCard } from './map-card.tsx'
import { MapLife } from './map-life.tsx'
import { Movement } from './movement.tsx'
import { Stages } from './stages.tsx'

const route = getRouteApi('/frame/segments')

/** Where customers stand, who moved, and how it is decided. */
export function SegmentsPage() {
  const { say } = useSay()
  const { day } = route.useSearch()
  const map = useReply('showSegments', { query: day === undefined ? {} : { day } }, { keeps: true })
  return (
    <Page title={say.segments.title} aside={map.data ? <DayChoice map={map.data} /> : null}>
      <Answer to={map}>{found => <OneMap map={found} />}</Answer>
    </Page>
  )
}

function DayChoice({ map }: { readonly map: SegmentMap }) {
  const { say } = useSay()
  const navigate = route.useNavigate()
  return (
    <Select<string>
      aria-label={say.segments.morning}
      style={{ width: 150 }}
      value={map.asOf}
      options={map.days.map(day => ({ value: day, label: day }))}
      onChange={day => void navigate({ search: last => ({ ...last, day }) })}
    />
  )
}

function OneMap({ map }: { readonly map: SegmentMap }) {
  const { say, pick } = useSay()
  const troubled = (['value', 'stage', 'brand'] as const).flatMap(axis => {
    const { state, reason } = map[axis]
    return state === 'on' ? [] : [{ axis, state, reason }]
  })
  if (map.subscribers === 0) return <Nothing title={say.segments.none} />
  return (
    <div className="stack">
      <p className="faint">{pick(map.means)}</p>
      {troubled.map(({ axis, state, reason }) => (
        <Alert
          key={axis}
          type="warning"
          showIcon
          title={`${say.segments[axis]}: ${say.segments.state[state]}`}
          description={reason === null ? undefined : pick(reason)}
        />
      ))}
      <MapCard map={map} />
      <Movement to={map.asOf} />
      <Card size="small" title={<h2>{say.segments.tree}</h2>}>
        <Stages map={map} />
      </Card>
      <MapLife />
    </div>
  )
}
