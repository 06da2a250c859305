import { getRouteApi } from '@tanstack/react-router'
import { Segmented, Table, type TableColumnsType } from 'antd'
import type { Reply } from '#wire'
import { Answer } from '../../answer.tsx'
import { useReply } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'
import type { Which } from '../../search.ts'
import { Badge } from '../../ui/badge.tsx'
import { formatMoment } from '../../ui/format.ts'
import { Facts, Page } from '../../ui/page.tsx'
import { Nothing } from '../../ui/states.tsx'
import { usePaging } from '../../ui/use-paging.ts'
import { useMay } from '../use-may.ts'
import { Decide } from './decide.tsx'

type Approval = Reply<'listApprovals'>['rows'][number]

const route = getRouteApi('/frame/approvals')
const choices: readonly Which[] = ['to-decide', 'mine', 'all']

/** What waits for a second person, and what came of it. The address holds which. */
export function ApprovalsPage() {
  const { say, pick } = useSay()
  const paging = usePaging()
  const mayDecide = useMay('approval.decide')
  const { which = mayDecide ? 'to-decide' : 'mine', page = 1 } = route.useSearch()
  const navigate = route.useNavigate()
  const approvals = useReply(
    'listApprovals',
    { query: { which, page, pageSize: 20 } },
    { every: 15_000, keeps: true },
  )
  const columns: TableColumnsType<Approval> = [
    {
      title: say.approvals.request,
      key: 'request',
      render: (_, row) => (
        <>
          {pick(row.title)}
          <div className="faint small">{row.reason}</div>
        </>
      ),
    },
    { title: say.approvals.maker, key: 'maker', render: (_, row) => pick(row.maker.name) },
    { title: say.approvals.level, key: 'level', render: (_, row) => pick(row.level.title) },
    {
      title: say.approvals.made,
      key: 'made',
      className: 'nowrap',
      render: (_, row) => formatMoment(row.madeAt),
    },
    {
      title: say.approvals.expires,
      key: 'expires',
      className: 'nowrap',
      render: (_, row) => formatMoment(row.expiresAt),
    },
    {
      title: say.state,
      key: 'state',
      render: (_, row) => (
        <Badge tone={tones[row.state.code as keyof typeof tones] ?? 'calm'}>{pick(row.state.title)}</Badge>
      ),
    },
  ]
  return (
    <Page title={say.approvals.title}>
      <Answer to={approvals}>
        {reply => (
          <div className="stack">
            <Segmented<Which>
              aria-label={say.approvals.title}
              value={which}
              options={choices.map(value => ({ value, label: say.approvals.which[value] }))}
              onChange={value => void navigate({ search: { which: value } })}
            />
            <Table<Approval>
              size="small"
              rowKey="id"
              columns={columns}
              dataSource={[...reply.rows]}
              scroll={{ x: 800 }}
              expandable={{ expandedRowRender: row => <Details approval={row} /> }}
              pagination={paging(reply, next => void navigate({ search: last => ({ ...last, page: next }) }))}
              locale={{ emptyText: <Nothing title={say.approvals.none} more={say.approvals.noneMore} /> }}
            />
          </div>
        )}
      </Answer>
    </Page>
  )
}

const tones = { waiting: 'warn', approved: 'good', rejected: 'bad' } as const

/** The change line by line, who decided, and what may be done. */
function Details({ approval }: { readonly approval: Approval }) {
  const { say, pick } = useSay()
  const { changes, decidedBy, decidedAt, comment } = approval
  return (
    <div className="stack">
      <Table
        size="small"
        rowKey={change => pick(change.field)}
        pagination={false}
        dataSource={[...changes]}
        columns={[
          { title: say.approvals.changes, key: 'field', render: (_, change) => pick(change.field) },
          {
            title: say.approvals.before,
            key: 'before',
            render: (_, { before }) => (before === null ? '—' : pick(before)),
          },
          {
            title: say.approvals.after,
            key: 'after',
            render: (_, { after }) => (after === null ? '—' : pick(after)),
          },
        ]}
      />
      <Facts
        rows={[
          [
            say.approvals.decided,
            decidedBy === null || decidedAt === null
              ? null
              : say.approvals.decidedBy({ name: pick(decidedBy.name), at: formatMoment(decidedAt) }),
          ],
          [say.approvals.comment, comment],
        ]}
      />
      <Decide approval={approval} />
    </div>
  )
}
