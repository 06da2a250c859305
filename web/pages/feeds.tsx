import { Table, type TableColumnsType } from 'antd'
import type { Reply } from '#wire'
import { Answer } from '../answer.tsx'
import { useReply } from '../api.ts'
import { useSay } from '../say/use-say.ts'
import { formatCount } from '../ui/format.ts'
import { Page } from '../ui/page.tsx'
import { Checks } from './checked-feeds.tsx'
import { VerdictBadge } from './run-badges.tsx'

type Feed = Reply<'listFeeds'>['feeds'][number]

/** What the carrier delivers: how far each feed reaches and what its last checks came to. */
export function FeedsPage() {
  const { say } = useSay()
  const feeds = useReply('listFeeds', {}, { every: 30_000 })
  const columns = useColumns()
  return (
    <Page title={say.feeds.title}>
      <Answer to={feeds}>
        {reply => (
          <Table<Feed>
            size="small"
            rowKey="id"
            columns={columns}
            dataSource={[...reply.feeds]}
            pagination={false}
            scroll={{ x: 'max-content' }}
            expandable={{
              expandedRowRender: row => <Checks checks={row.checks} />,
              rowExpandable: row => row.checks.length > 0,
            }}
            locale={{ emptyText: say.feeds.none }}
          />
        )}
      </Answer>
    </Page>
  )
}

function useColumns(): TableColumnsType<Feed> {
  const { say, pick } = useSay()
  const number = { align: 'right' as const, className: 'number' }
  return [
    {
      title: say.feeds.feed,
      key: 'feed',
      render: (_, row) => (
        <>
          <div className="strong">{pick(row.title)}</div>
          <div className="faint small">{pick(row.means)}</div>
        </>
      ),
    },
    {
      title: say.feeds.kind,
      key: 'kind',
      render: (_, row) => (
        <>
          {pick(row.kind.title)}
          <div className="faint small">{say.feeds.source[row.source]}</div>
        </>
      ),
    },
    {
      title: say.feeds.through,
      key: 'through',
      className: 'nowrap',
      render: (_, row) =>
        row.delivered ? row.dataThrough : <span className="faint">{say.feeds.never}</span>,
    },
    {
      title: say.feeds.verdict,
      key: 'verdict',
      render: (_, row) => (row.verdict === null ? null : <VerdictBadge verdict={row.verdict} />),
    },
    {
      title: say.feeds.rows,
      key: 'rows',
      ...number,
      render: (_, row) => (row.rows === null ? null : formatCount(row.rows)),
    },
    {
      title: say.feeds.quarantined,
      key: 'quarantined',
      ...number,
      render: (_, row) => formatCount(row.quarantined),
    },
  ]
}
