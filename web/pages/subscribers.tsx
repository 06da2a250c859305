import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Input, Table, type TableColumnsType } from 'antd'
import type { Reply } from '#wire'
import { Answer } from '../answer.tsx'
import { useReply } from '../api.ts'
import { ExportButton } from '../forms/export.tsx'
import { useSay } from '../say/use-say.ts'
import { Page } from '../ui/page.tsx'
import { rowKeys } from '../ui/row-keys.ts'
import { Nothing } from '../ui/states.tsx'
import { usePaging } from '../ui/use-paging.ts'
import { LevelBadge } from './level-badge.tsx'
import { useMay } from './use-may.ts'

type Found = Reply<'findSubscribers'>['rows'][number]

const route = getRouteApi('/frame/subscribers')

/** Quick look-up by number or id, within what one may see. */
export function SubscribersPage() {
  const { say } = useSay()
  const { q, page } = route.useSearch()
  const byNumber = useMay('number.plain')
  const sought = byNumber ? say.customer.search : say.customer.searchById
  const navigate = route.useNavigate()
  return (
    <Page
      title={say.customer.find}
      aside={<ExportButton what="subscribers" query={q === undefined ? {} : { q }} />}
    >
      <div className="stack">
        <search>
          <Input.Search
            aria-label={sought}
            placeholder={sought}
            size="large"
            allowClear
            enterButton
            style={{ maxWidth: 420 }}
            defaultValue={q ?? ''}
            onSearch={text => void navigate({ search: text.trim() === '' ? {} : { q: text.trim() } })}
          />
        </search>
        {q === undefined ? (
          <p className="faint">{byNumber ? say.customer.searchHint : say.customer.searchByIdHint}</p>
        ) : (
          <FoundList q={q} page={page ?? 1} />
        )}
      </div>
    </Page>
  )
}

function FoundList({ q, page }: { readonly q: string; readonly page: number }) {
  const { say } = useSay()
  const paging = usePaging()
  const navigate = useNavigate()
  const columns = useColumns()
  const found = useReply('findSubscribers', { query: { q, page, pageSize: 20 } }, { keeps: true })
  const open = (row: Found) =>
    void navigate({ to: '/subscribers/$subscriberId', params: { subscriberId: row.id } })
  return (
    <Answer to={found}>
      {reply => (
        <Table<Found>
          size="small"
          rowKey="id"
          columns={columns}
          dataSource={[...reply.rows]}
          onRow={rowKeys(reply.rows.length, open)}
          scroll={{ x: 'max-content' }}
          pagination={paging(reply, to => void navigate({ to: '/subscribers', search: { q, page: to } }))}
          locale={{ emptyText: <Nothing title={say.customer.nobody} more={say.customer.nobodyMore} /> }}
        />
      )}
    </Answer>
  )
}

function useColumns(): TableColumnsType<Found> {
  const { say, pick } = useSay()
  return [
    {
      title: say.customer.number,
      key: 'number',
      render: (_, row) => (
        <Link to="/subscribers/$subscriberId" params={{ subscriberId: row.id }} tabIndex={-1}>
          {row.number ?? row.id}
        </Link>
      ),
    },
    { title: say.customer.name, key: 'name', render: (_, row) => row.customerName },
    { title: say.customer.status, key: 'status', render: (_, row) => pick(row.status.title) },
    { title: say.customer.plan, key: 'plan', render: (_, row) => row.planName },
    {
      title: say.tasks.level,
      key: 'level',
      render: (_, row) => (row.level === null ? null : <LevelBadge level={row.level} />),
    },
    {
      title: say.customer.openTask,
      key: 'task',
      render: (_, row) =>
        row.openTaskId === null ? null : (
          <Link
            to="/tasks/$taskId"
            params={{ taskId: row.openTaskId }}
            onClick={event => event.stopPropagation()}
          >
            {say.task.title}
          </Link>
        ),
    },
  ]
}
