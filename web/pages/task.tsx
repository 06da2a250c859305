import { getRouteApi, Link } from '@tanstack/react-router'
import { Card } from 'antd'
import type { Reply } from '#wire'
import { Answer } from '../answer.tsx'
import { useReply } from '../api.ts'
import { useSay } from '../say/use-say.ts'
import { Page } from '../ui/page.tsx'
import { CustomerView } from './customer/view.tsx'
import { LevelBadge } from './level-badge.tsx'
import { StateBadge } from './state-badge.tsx'
import { TaskActs } from './task-acts.tsx'
import { TaskHistory } from './task-history.tsx'
import { TaskOffer } from './task-offer.tsx'
import { TaskWhy } from './task-why.tsx'

type Task = Reply<'showTask'>

const route = getRouteApi('/frame/tasks/$taskId')

/** One task: why it is here, what to do, say and offer, and what came of it; beside it, who the customer is. */
export function TaskPage() {
  const { taskId } = route.useParams()
  const task = useReply('showTask', { parts: { id: taskId } })
  return <Answer to={task}>{found => <OneTask task={found} />}</Answer>
}

function OneTask({ task }: { readonly task: Task }) {
  const { say, pick } = useSay()
  const subscriber = useReply('showSubscriber', { parts: { id: task.subscriberId } })
  const aside = (
    <span className="row">
      <LevelBadge level={task.level} />
      <StateBadge state={task.state} outcome={task.outcome} />
      <span className="faint">
        {pick(task.channel.title)} · {task.day}
      </span>
      <Link to="/tasks">{say.nav.tasks}</Link>
    </span>
  )
  return (
    <Page title={say.task.of({ number: task.number ?? task.subscriberId })} aside={aside}>
      <div className="two">
        <div className="stack">
          <TaskWhy task={task} />
          <TaskActs task={task} />
          <Script task={task} />
          <TaskOffer task={task} />
          <TaskHistory task={task} />
        </div>
        <Card
          size="small"
          title={<h2>{say.task.customerView}</h2>}
          extra={
            <Link to="/subscribers/$subscriberId" params={{ subscriberId: task.subscriberId }}>
              {say.task.wholeView}
            </Link>
          }
        >
          <Answer to={subscriber}>{found => <CustomerView subscriber={found} />}</Answer>
        </Card>
      </div>
    </Page>
  )
}

function Script({ task }: { readonly task: Task }) {
  const { say, pick } = useSay()
  return (
    <Card size="small" title={<h2>{say.task.script}</h2>}>
      {task.script === null ? (
        <span className="faint">{say.task.noScript}</span>
      ) : (
        <p className="script">{pick(task.script)}</p>
      )}
    </Card>
  )
}
