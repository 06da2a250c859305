import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Button, Table, type TableProps } from 'antd'
import type { Reply, TaskRow } from '#wire'
import { Answer, FaultNote } from '../answer.tsx'
import { useReply } from '../api.ts'
import { ExportButton } from '../forms/export.tsx'
import { useSay } from '../say/use-say.ts'
import { changed, type TaskChange, type TaskSearch, taskQuery } from '../search.ts'
import { Page } from '../ui/page.tsx'
import { rowKeys } from '../ui/row-keys.ts'
import { Nothing } from '../ui/states.tsx'
import { usePaging } from '../ui/use-paging.ts'
import { useTaskColumns } from './task-columns.tsx'
import { TaskFilters } from './task-filters.tsx'

const route = getRouteApi('/frame/tasks')
const perPage = 20

/** Whom to call today, and why: the address holds every filter, so a list can be sent to a colleague. */
export function TasksPage() {
  const { say } = useSay()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const narrow = (change: TaskChange) => void navigate({ search: last => changed(last, change) })
  const query = taskQuery(search, perPage)
  const page = useReply('listTasks', { query }, { every: 30_000, keeps: true })
  return (
    <Page title={say.tasks.title} aside={<Aside search={search} />}>
      <Answer to={page}>
        {reply => (
          <div className="stack">
            {page.error === null ? null : <FaultNote error={page.error} again={() => void page.refetch()} />}
            <TaskFilters search={search} reply={reply} onChange={narrow} />
            <TaskTable reply={reply} search={search} isBusy={page.isPlaceholderData} onChange={narrow} />
          </div>
        )}
      </Answer>
    </Page>
  )
}

function Aside({ search }: { readonly search: TaskSearch }) {
  const { say } = useSay()
  const { pageSize: _, page: __, sort: ___, ...query } = taskQuery(search, perPage)
  return (
    <span className="row">
      <span className="faint small">{say.tasks.keys}</span>
      <ExportButton what="tasks" query={query} />
    </span>
  )
}

interface TaskTableProps {
  readonly reply: Reply<'listTasks'>
  readonly search: TaskSearch
  readonly isBusy: boolean
  readonly onChange: (change: TaskChange) => void
}

function TaskTable({ reply, search, isBusy, onChange }: TaskTableProps) {
  const paging = usePaging()
  const navigate = useNavigate()
  const columns = useTaskColumns(search.sort)
  const open = (row: TaskRow) => void navigate({ to: '/tasks/$taskId', params: { taskId: row.id } })
  const turn: TableProps<TaskRow>['onChange'] = ({ current = 1 }, _filters, sorter, { action }) => {
    if (action === 'paginate') return onChange({ page: current })
    const by = Array.isArray(sorter) ? sorter[0] : sorter
    onChange({ sort: sortOf(by?.columnKey, by?.order) })
  }
  return (
    <Table<TaskRow>
      size="small"
      rowKey="id"
      columns={columns}
      dataSource={[...reply.rows]}
      loading={isBusy}
      onRow={rowKeys(reply.rows.length, open)}
      onChange={turn}
      scroll={{ x: 1080 }}
      pagination={paging(reply)}
      locale={{ emptyText: <NoTasks onClear={() => onChange(everything)} /> }}
    />
  )
}

const everything: TaskChange = {
  state: undefined,
  level: undefined,
  channel: undefined,
  day: undefined,
  q: undefined,
}

type Sort = NonNullable<TaskSearch['sort']>

function sortOf(column: unknown, order: 'ascend' | 'descend' | null | undefined): Sort {
  if (column !== 'level' && column !== 'day' && column !== 'arpu' && column !== 'state') return 'priority'
  if (order === 'ascend') return column
  return order === 'descend' ? `-${column}` : 'priority'
}

function NoTasks({ onClear }: { readonly onClear: () => void }) {
  const { say } = useSay()
  return (
    <Nothing
      title={say.tasks.nobody}
      more={say.tasks.nobodyMore}
      action={<Button onClick={onClear}>{say.tasks.clear}</Button>}
    />
  )
}
