import { Alert, Card } from 'antd'
import type { Body, Reply } from '#wire'
import { Answer, FaultNote } from '../../answer.tsx'
import { useSay } from '../../say/use-say.ts'
import { Badge } from '../../ui/badge.tsx'
import { formatCount, formatMoment, formatShare, formatValue } from '../../ui/format.ts'
import { SmallTable } from '../../ui/small-table.tsx'
import { Loading } from '../../ui/states.tsx'
import { Backtest } from './backtest.tsx'
import { Capacity } from './capacity.tsx'
import { Cube } from './cube.tsx'
import { Overlap } from './overlap.tsx'
import { Sensitivity } from './sensitivity.tsx'
import { useDraftReply, useSettled } from './use-preview.ts'

/** What a draft finds: the count first, and when that is there, what those selected look like. */
export function PreviewPanel({ asked }: { readonly asked: Body<'countDraft'> }) {
  const { say } = useSay()
  const settled = useSettled(asked)
  const counted = useDraftReply('countDraft', settled)
  if (counted.error !== null) return <FaultNote error={counted.error} />
  const { data } = counted
  if (data === undefined) return <Loading label={say.preview.asking} />
  const isCounted = !counted.isPlaceholderData && data.count !== null
  return (
    <section className="stack" aria-label={say.preview.title}>
      <CountCard counted={data} isAsking={counted.isPlaceholderData} />
      {data.count === null ? null : <Details settled={settled} isCounted={isCounted} count={data.count} />}
      {data.count === null ? null : <Backtest asked={settled} />}
      <FeedsCard feeds={data.feeds} />
    </section>
  )
}

function CountCard({
  counted,
  isAsking,
}: {
  readonly counted: Reply<'countDraft'>
  readonly isAsking: boolean
}) {
  const { say, pick } = useSay()
  const words = say.preview
  const { count, of, snapshot } = counted
  const share = of === 0 ? '—' : formatShare((count ?? 0) / of)
  return (
    <Card size="small" title={<h2>{words.count}</h2>}>
      <div aria-live="polite" aria-busy={isAsking} className={isAsking ? 'faint' : ''}>
        {count === null ? (
          <Alert
            type="warning"
            showIcon
            title={words.held}
            description={counted.held && pick(counted.held)}
          />
        ) : (
          <div className="figure">
            {words.counted({ count: formatCount(count), of: formatCount(of), share })}
          </div>
        )}
        {counted.alarm === null ? null : <Alert type="warning" showIcon title={pick(counted.alarm)} />}
      </div>
      <p className="faint small">
        {words.snapshot({ asOf: snapshot.asOf, through: snapshot.dataThrough })}
        {snapshot.finishedAt === null ? null : (
          <>
            <br />
            {words.finished({ at: formatMoment(snapshot.finishedAt) })}
          </>
        )}
        <br />
        {words.scope}
      </p>
      <p>
        <span className="faint">{words.sentence} </span>
        {pick(counted.sentence)}
      </p>
    </Card>
  )
}

interface DetailsProps {
  readonly settled: Body<'countDraft'>
  readonly isCounted: boolean
  readonly count: number
}

function Details({ settled, isCounted, count }: DetailsProps) {
  const { say } = useSay()
  const picture = useDraftReply('pictureDraft', settled, isCounted)
  const overlap = useDraftReply('overlapDraft', settled, isCounted)
  const sensitivity = useDraftReply('varyDraft', settled, isCounted)
  return (
    <>
      <Card size="small" title={<h2>{say.preview.cube}</h2>}>
        <Answer to={picture}>{seen => <Cube cells={seen.cells} />}</Answer>
      </Card>
      <Card size="small" title={<h2>{say.preview.sample}</h2>}>
        <Answer to={picture}>{seen => <Sample rows={seen.sample} />}</Answer>
      </Card>
      <Card size="small" title={<h2>{say.preview.sensitivity}</h2>}>
        <Answer to={sensitivity}>{found => <Sensitivity thresholds={found.thresholds} />}</Answer>
      </Card>
      <Card size="small" title={<h2>{say.preview.overlap}</h2>}>
        <Answer to={overlap}>{found => <Overlap found={found} count={count} />}</Answer>
      </Card>
      <Card size="small" title={<h2>{say.preview.capacity}</h2>}>
        <Answer to={picture}>{seen => <Capacity uses={seen.capacity} />}</Answer>
      </Card>
    </>
  )
}

type SampleRow = Reply<'pictureDraft'>['sample'][number]

function Sample({ rows }: { readonly rows: readonly SampleRow[] }) {
  const { say, pick, language } = useSay()
  const factors = rows[0]?.values ?? []
  return (
    <SmallTable
      rows={rows}
      keyOf={row => row.id}
      nothing={say.preview.noSample}
      columns={[
        {
          title: say.preview.subscriber,
          of: row => (
            <span className="nowrap">
              {row.number ?? row.id} <span className="faint">{row.customerName}</span>
            </span>
          ),
        },
        ...factors.map((factor, i) => ({
          title: pick(factor.title),
          of: (row: SampleRow) => {
            const value = row.values[i]
            if (value === undefined) return null
            return value.valueTitle === null ? formatValue(value, language, say) : pick(value.valueTitle)
          },
        })),
      ]}
    />
  )
}

function FeedsCard({ feeds }: { readonly feeds: Reply<'countDraft'>['feeds'] }) {
  const { say, pick } = useSay()
  const tones = { pass: 'good', warn: 'warn', hold: 'bad' } as const
  return (
    <Card size="small" title={<h2>{say.preview.feeds}</h2>}>
      <SmallTable
        rows={feeds}
        keyOf={feed => feed.id}
        nothing={say.none}
        columns={[
          { title: say.factors.feeds, of: feed => pick(feed.title) },
          { title: say.preview.through, of: feed => feed.dataThrough ?? say.preview.never },
          {
            title: say.state,
            of: feed =>
              feed.verdict === null ? null : (
                <Badge tone={tones[feed.verdict]}>{say.night.verdicts[feed.verdict]}</Badge>
              ),
          },
        ]}
      />
    </Card>
  )
}
