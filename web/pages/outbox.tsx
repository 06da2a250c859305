import { getRouteApi, Link } from '@tanstack/react-router'
import { Select, Table, type TableColumnsType } from 'antd'
import type { Reply } from '#wire'
import { Answer } from '../answer.tsx'
import { useReply } from '../api.ts'
import { useSay } from '../say/use-say.ts'
import { formatMoment } from '../ui/format.ts'
import { Page } from '../ui/page.tsx'
import { Nothing } from '../ui/states.tsx'
import { usePaging } from '../ui/use-paging.ts'
import { StateBadge } from './state-badge.tsx'

type Message = Reply<'listOutbox'>['rows'][number]

const route = getRouteApi('/frame/outbox')

/** Every message that left, waits, or was stopped, newest first. */
export function OutboxPage() {
  const { say, pick } = useSay()
  const paging = usePaging()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const outbox = useReply(
    'listOutbox',
    { query: { pageSize: 20, ...search } },
    { every: 10_000, keeps: true },
  )
  const columns = useColumns()
  return (
    <Page title={say.outbox.title}>
      <Answer to={outbox}>
        {reply => (
          <div className="stack">
            <Select<string>
              aria-label={say.state}
              placeholder={say.state}
              allowClear
              style={{ width: 160 }}
              value={search.state ?? null}
              options={reply.states.map(s => ({ value: s.code, label: pick(s.title) }))}
              onChange={state => void navigate({ search: state ? { state } : {} })}
            />
            <Table<Message>
              size="small"
              rowKey="id"
              columns={columns}
              dataSource={[...reply.rows]}
              pagination={paging(reply, page => void navigate({ search: last => ({ ...last, page }) }))}
              locale={{ emptyText: <Nothing title={say.outbox.none} /> }}
            />
          </div>
        )}
      </Answer>
    </Page>
  )
}

function useColumns(): TableColumnsType<Message> {
  const { say, pick } = useSay()
  return [
    { title: say.outbox.at, key: 'at', className: 'nowrap', render: (_, row) => formatMoment(row.at) },
    {
      title: say.outbox.number,
      key: 'number',
      render: (_, row) => (
        <Link to="/subscribers/$subscriberId" params={{ subscriberId: row.subscriberId }}>
          {row.number ?? row.subscriberId}
        </Link>
      ),
    },
    { title: say.outbox.channel, key: 'channel', render: (_, row) => pick(row.channel.title) },
    {
      title: say.state,
      key: 'state',
      render: (_, row) => (
        <>
          <StateBadge state={row.state} />
          {row.refusal === null ? null : <div className="small">{pick(row.refusal)}</div>}
        </>
      ),
    },
    { title: say.outbox.text, key: 'text', width: 480, render: (_, row) => row.text },
    {
      title: say.outbox.task,
      key: 'task',
      render: (_, row) =>
        row.taskId === null ? null : (
          <Link to="/tasks/$taskId" params={{ taskId: row.taskId }}>
            {say.task.title}
          </Link>
        ),
    },
  ]
}
