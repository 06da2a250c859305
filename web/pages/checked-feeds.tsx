import { Table, type TableColumnsType } from 'antd'
import type { Night } from '#wire'
import { useSay } from '../say/use-say.ts'
import { formatCount } from '../ui/format.ts'
import { SmallTable } from '../ui/small-table.tsx'
import { VerdictBadge } from './run-badges.tsx'
import { TermHint } from './term-hint.tsx'

type CheckedFeed = Night['feeds'][number]
type Check = CheckedFeed['checks'][number]

/** Each feed with what its checks came to; those that did not pass stand first and open. */
export function CheckedFeeds({ feeds }: { readonly feeds: readonly CheckedFeed[] }) {
  const { say, pick } = useSay()
  const worst = { hold: 0, warn: 1, pass: 2 }
  const rows = feeds.toSorted((a, b) => worst[a.verdict] - worst[b.verdict])
  const number = { align: 'right' as const, className: 'number' }
  const columns: TableColumnsType<CheckedFeed> = [
    { title: say.night.feed, key: 'feed', render: (_, row) => pick(row.title) },
    { title: say.night.verdict, key: 'verdict', render: (_, row) => <VerdictBadge verdict={row.verdict} /> },
    {
      title: say.night.rows,
      key: 'rows',
      ...number,
      render: (_, row) => (row.rows === null ? null : formatCount(row.rows)),
    },
    {
      title: <TermHint of="quarantine" text={say.night.quarantined} />,
      key: 'quarantined',
      ...number,
      render: (_, row) => formatCount(row.quarantined),
    },
    { title: say.night.checks, key: 'checks', ...number, render: (_, row) => formatCount(row.checks.length) },
  ]
  return (
    <Table<CheckedFeed>
      size="small"
      rowKey="feed"
      columns={columns}
      dataSource={rows}
      pagination={false}
      scroll={{ x: 'max-content' }}
      expandable={{
        defaultExpandedRowKeys: rows.filter(row => row.verdict !== 'pass').map(row => row.feed),
        expandedRowRender: row => <Checks checks={row.checks} />,
        rowExpandable: row => row.checks.length > 0,
      }}
      locale={{ emptyText: say.none }}
    />
  )
}

export function Checks({ checks }: { readonly checks: readonly Check[] }) {
  const { say, pick } = useSay()
  return (
    <SmallTable
      rows={checks}
      keyOf={check => `${check.id} ${check.found.en}`}
      nothing={say.none}
      pageSize={20}
      columns={[
        { title: say.night.check, of: check => pick(check.title) },
        { title: say.night.verdict, of: check => <VerdictBadge verdict={check.verdict} /> },
        { title: say.night.found, of: check => pick(check.found) },
      ]}
    />
  )
}
