import { Card, Timeline } from 'antd'
import type { Reply } from '#wire'
import { useSay } from '../say/use-say.ts'
import { formatMoment } from '../ui/format.ts'
import { Facts } from '../ui/page.tsx'
import { StateBadge } from './state-badge.tsx'

type Task = Reply<'showTask'>

/** What was recorded, each attempt to reach and what stopped it, and who did what when. */
export function TaskHistory({ task }: { readonly task: Task }) {
  const { say } = useSay()
  return (
    <Card size="small" title={<h2>{say.task.events}</h2>}>
      <div className="stack">
        {task.recorded === null ? null : <Recorded recorded={task.recorded} />}
        <Attempts attempts={task.attempts} />
        <Events events={task.events} />
      </div>
    </Card>
  )
}

function Recorded({ recorded }: { readonly recorded: NonNullable<Task['recorded']> }) {
  const { say, pick } = useSay()
  return (
    <Facts
      rows={[
        [
          say.task.outcome,
          <span key="outcome" className="strong">
            {pick(recorded.title)}
          </span>,
        ],
        [say.task.chooseReason, recorded.leavingReason === null ? null : pick(recorded.leavingReason.title)],
        [say.task.note, recorded.note],
        [say.tasks.assignee, recorded.by === null ? say.task.system : pick(recorded.by.name)],
        [say.outbox.at, formatMoment(recorded.at)],
      ]}
    />
  )
}

function Attempts({ attempts }: { readonly attempts: Task['attempts'] }) {
  const { say, pick } = useSay()
  if (attempts.length === 0) return <span className="faint">{say.task.noAttempts}</span>
  return (
    <ul className="plain-list">
      {attempts.map(attempt => (
        <li key={attempt.id}>
          <span className="row">
            <StateBadge state={attempt.state} />
            <span className="faint">
              {pick(attempt.channel.title)} · {formatMoment(attempt.at)}
            </span>
          </span>
          {attempt.refusal === null ? null : <div>{pick(attempt.refusal)}</div>}
          {attempt.text === null ? null : <div className="faint">{attempt.text}</div>}
        </li>
      ))}
    </ul>
  )
}

function Events({ events }: { readonly events: Task['events'] }) {
  const { say, pick } = useSay()
  return (
    <Timeline
      items={events.map((event, i) => ({
        key: `${event.at}-${i}`,
        content: (
          <>
            <span>{pick(event.what.title)}</span>{' '}
            <span className="faint small">
              {event.by === null ? say.task.system : pick(event.by.name)} · {formatMoment(event.at)}
            </span>
            {event.note === null ? null : <div className="faint">{pick(event.note)}</div>}
          </>
        ),
      }))}
    />
  )
}
