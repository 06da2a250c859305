import { Link, useNavigate } from '@tanstack/react-router'
import { Table, type TableColumnsType } from 'antd'
import type { Reply } from '#wire'
import { Answer } from '../answer.tsx'
import { useReply } from '../api.ts'
import { useSay } from '../say/use-say.ts'
import { formatCount, formatMoment, formatSeconds } from '../ui/format.ts'
import { Page } from '../ui/page.tsx'
import { rowKeys } from '../ui/row-keys.ts'
import { Nothing } from '../ui/states.tsx'
import { RunBadge, VerdictBadge } from './run-badges.tsx'

type NightRow = Reply<'listNights'>['rows'][number]

/** Every night that ran, newest first. */
export function NightsPage() {
  const { say } = useSay()
  const navigate = useNavigate()
  const nights = useReply('listNights', {}, { every: 15_000 })
  const columns = useColumns()
  const open = (row: NightRow) => void navigate({ to: '/nights/$day', params: { day: row.day } })
  return (
    <Page title={say.night.title}>
      <Answer to={nights}>
        {({ rows }) => (
          <Table<NightRow>
            size="small"
            rowKey="day"
            columns={columns}
            dataSource={[...rows]}
            onRow={rowKeys(Math.min(rows.length, 30), open)}
            pagination={rows.length > 30 ? { pageSize: 30, showSizeChanger: false } : false}
            scroll={{ x: 'max-content' }}
            locale={{ emptyText: <Nothing title={say.night.none} more={say.night.noneMore} /> }}
          />
        )}
      </Answer>
    </Page>
  )
}

function useColumns(): TableColumnsType<NightRow> {
  const { say } = useSay()
  const number = { align: 'right' as const, className: 'number' }
  return [
    {
      title: say.day,
      key: 'day',
      render: (_, row) => (
        <Link to="/nights/$day" params={{ day: row.day }} tabIndex={-1}>
          {row.day}
        </Link>
      ),
    },
    { title: say.state, key: 'state', render: (_, row) => <RunBadge state={row.state} /> },
    {
      title: say.night.feeds,
      key: 'feeds',
      render: (_, row) => (row.feedVerdict === null ? null : <VerdictBadge verdict={row.feedVerdict} />),
    },
    { title: say.night.warnings, key: 'warnings', ...number, render: (_, row) => countOf(row.warnings) },
    { title: say.night.tasks, key: 'tasks', ...number, render: (_, row) => countOf(row.tasks) },
    { title: say.night.heldCount, key: 'held', ...number, render: (_, row) => formatCount(row.heldRules) },
    {
      title: say.night.started,
      key: 'started',
      render: (_, row) => (row.startedAt === null ? null : formatMoment(row.startedAt)),
    },
    {
      title: say.night.seconds,
      key: 'seconds',
      ...number,
      render: (_, row) =>
        row.seconds === null ? null : say.night.secondsOf({ seconds: formatSeconds(row.seconds) }),
    },
  ]
}

function countOf(count: number | null): string | null {
  return count === null ? null : formatCount(count)
}
