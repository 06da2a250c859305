import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Modal, Table, type TableColumnsType } from 'antd'
import { useState } from 'react'
import type { Reply } from '#wire'
import { Answer } from '../../answer.tsx'
import { useReply } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'
import { Badge } from '../../ui/badge.tsx'
import { formatCount } from '../../ui/format.ts'
import { Page } from '../../ui/page.tsx'
import { Nothing } from '../../ui/states.tsx'
import { usePaging } from '../../ui/use-paging.ts'
import { useMay } from '../use-may.ts'
import { NewList } from './new-list.tsx'

type List = Reply<'listLists'>['rows'][number]

const route = getRouteApi('/frame/lists')

export const listTones = {
  draft: 'calm',
  waiting: 'warn',
  approved: 'good',
  refused: 'bad',
  cancelled: 'calm',
  stopped: 'calm',
} as const

/** Lists of people's own: what each is for, where it stands, how many are on it. */
export function ListsPage() {
  const { say, pick } = useSay()
  const words = say.lists
  const { page = 1 } = route.useSearch()
  const navigate = route.useNavigate()
  const lists = useReply('listLists', { query: { page, pageSize: 20 } }, { every: 15_000, keeps: true })
  const mayChange = useMay('list.change')
  const paging = usePaging()
  const [isOpen, setOpen] = useState(false)
  const columns: TableColumnsType<List> = [
    {
      title: words.list,
      key: 'title',
      render: (_, row) => (
        <>
          <Link to="/lists/$listId" params={{ listId: String(row.id) }}>
            {row.title}
          </Link>
          <div className="faint small">{row.reason}</div>
        </>
      ),
    },
    {
      title: words.from,
      key: 'from',
      render: (_, row) => (row.rule === null ? words.file : pick(row.rule.title)),
    },
    { title: words.maker, key: 'maker', render: (_, row) => pick(row.maker.name) },
    {
      title: words.people,
      key: 'people',
      align: 'right',
      className: 'number',
      render: (_, { counts }) => formatCount(counts.kept + counts.added),
    },
    {
      title: say.state,
      key: 'state',
      render: (_, row) => <ListState list={row} />,
    },
  ]
  return (
    <Page title={words.title}>
      <Answer to={lists}>
        {reply => (
          <div className="stack">
            <div className="row">
              <span className="faint grow">{words.means}</span>
              {mayChange ? (
                <Button type="primary" onClick={() => setOpen(true)}>
                  {words.add}
                </Button>
              ) : null}
            </div>
            <Table<List>
              size="small"
              rowKey="id"
              columns={columns}
              dataSource={[...reply.rows]}
              scroll={{ x: 760 }}
              pagination={paging(reply, next => void navigate({ search: { page: next } }))}
              locale={{ emptyText: <Nothing title={words.none} more={words.noneMore} /> }}
            />
            <Modal
              open={isOpen}
              title={words.add}
              footer={null}
              destroyOnHidden
              onCancel={() => setOpen(false)}
            >
              <NewList actions={reply.actions} rules={reply.rules} />
            </Modal>
          </div>
        )}
      </Answer>
    </Page>
  )
}

export function ListState({ list }: { readonly list: Pick<List, 'state'> }) {
  const { pick } = useSay()
  const tone = listTones[list.state.code as keyof typeof listTones] ?? 'calm'
  return <Badge tone={tone}>{pick(list.state.title)}</Badge>
}
