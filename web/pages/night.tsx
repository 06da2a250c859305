import { getRouteApi, Link } from '@tanstack/react-router'
import { Card } from 'antd'
import type { Night } from '#wire'
import { Answer } from '../answer.tsx'
import { useReply } from '../api.ts'
import { useSay } from '../say/use-say.ts'
import { formatCount, formatMoment, formatSeconds } from '../ui/format.ts'
import { Page } from '../ui/page.tsx'
import { SmallTable } from '../ui/small-table.tsx'
import { FaultShown } from '../ui/states.tsx'
import { CheckedFeeds } from './checked-feeds.tsx'
import { NightTiles } from './night-tiles.tsx'
import { RunBadge } from './run-badges.tsx'
import { StopNight } from './stop-night.tsx'
import { SuspectFactors } from './suspect-factors.tsx'

const route = getRouteApi('/frame/nights/$day')

/** One night: what ran and for how long, whether the data was right, what was held and why, and what came out. */
export function NightPage() {
  const { say } = useSay()
  const { day } = route.useParams()
  const night = useReply(
    'showNight',
    { parts: { day } },
    { every: last => (last?.state === 'running' ? 1_000 : 5_000) },
  )
  return (
    <Page title={say.night.of({ day })} aside={<Link to="/nights">{say.night.title}</Link>}>
      <Answer to={night}>{found => <OneNight night={found} />}</Answer>
    </Page>
  )
}

function OneNight({ night }: { readonly night: Night }) {
  const { say, pick } = useSay()
  return (
    <div className="stack">
      <span className="row">
        <RunBadge state={night.state} />
        {night.startedAt === null ? null : <span className="faint">{formatMoment(night.startedAt)}</span>}
        {night.seconds === null ? null : (
          <span className="faint">{say.night.secondsOf({ seconds: formatSeconds(night.seconds) })}</span>
        )}
        {night.state === 'running' ? <StopNight day={night.day} /> : null}
      </span>
      {night.fault === null ? null : (
        <FaultShown sentence={pick(night.fault)} code={say.faultCode({ code: night.fault.code })} />
      )}
      <NightTiles night={night} />
      <div className="two even">
        <Steps night={night} />
        <Held night={night} />
      </div>
      <Card size="small" title={<h2>{say.night.feeds}</h2>}>
        <CheckedFeeds feeds={night.feeds} />
      </Card>
      <SuspectFactors suspects={night.suspects} />
      <Decisions night={night} />
    </div>
  )
}

function Steps({ night }: { readonly night: Night }) {
  const { say, pick } = useSay()
  return (
    <Card size="small" title={<h2>{say.night.steps}</h2>}>
      <SmallTable
        rows={night.steps}
        keyOf={step => step.id}
        nothing={say.none}
        pageSize={40}
        columns={[
          {
            title: say.night.step,
            of: step => (
              <>
                {pick(step.title)}
                {step.fault === null ? null : <div className="small">{pick(step.fault)}</div>}
              </>
            ),
          },
          { title: say.state, of: step => <RunBadge state={step.state} /> },
          {
            title: say.night.seconds,
            isNumber: true,
            of: step =>
              step.seconds === null
                ? partOf(step)
                : say.night.secondsOf({ seconds: formatSeconds(step.seconds) }),
          },
          {
            title: say.night.rows,
            isNumber: true,
            of: step => (step.rows === null ? '' : formatCount(step.rows)),
          },
        ]}
      />
    </Card>
  )
}

/** How far a running step is. */
function partOf({ done, total }: Night['steps'][number]): string {
  return done === null || total === null ? '' : `${formatCount(done)} / ${formatCount(total)}`
}

function Held({ night }: { readonly night: Night }) {
  const { say, pick } = useSay()
  return (
    <Card size="small" title={<h2>{say.night.held}</h2>}>
      <SmallTable
        rows={night.held}
        keyOf={held => held.ruleId}
        nothing={say.night.nothingHeld}
        pageSize={20}
        columns={[
          { title: say.night.rule, of: held => pick(held.title) },
          { title: say.state, of: held => say.night.heldWhy[held.why] },
          { title: say.reason, of: held => pick(held.reason) },
        ]}
      />
    </Card>
  )
}

function Decisions({ night }: { readonly night: Night }) {
  const { say, pick } = useSay()
  return (
    <Card size="small" title={<h2>{say.night.decisions}</h2>}>
      <SmallTable
        rows={night.decisions}
        keyOf={decision => decision.code}
        nothing={say.none}
        pageSize={40}
        columns={[
          { title: say.night.decision, of: decision => pick(decision.title) },
          { title: say.state, of: decision => (decision.act ? say.night.acted : say.night.notActed) },
          { title: say.night.count, isNumber: true, of: decision => formatCount(decision.count) },
        ]}
      />
    </Card>
  )
}
