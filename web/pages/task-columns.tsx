import { Link } from '@tanstack/react-router'
import type { TableColumnsType } from 'antd'
import type { TaskRow } from '#wire'
import { useSay } from '../say/use-say.ts'
import type { TaskSearch } from '../search.ts'
import { formatFen } from '../ui/format.ts'
import { LevelBadge } from './level-badge.tsx'
import { StateBadge } from './state-badge.tsx'
import { TermHint } from './term-hint.tsx'

/** Columns of the work list; those that can be sorted show which way the address says. */
export function useTaskColumns(sort: TaskSearch['sort']): TableColumnsType<TaskRow> {
  const { say, pick } = useSay()
  const sortable = (column: string) => ({ key: column, sorter: true, sortOrder: orderOf(column, sort) })
  return [
    {
      title: <TermHint of="level" text={say.tasks.level} />,
      ...sortable('level'),
      render: (_, row) => <LevelBadge level={row.level} />,
    },
    {
      title: say.tasks.subscriber,
      key: 'subscriber',
      render: (_, row) => (
        <Link to="/tasks/$taskId" params={{ taskId: row.id }} className="nowrap" tabIndex={-1}>
          {row.number ?? row.subscriberId}
          {row.customerName === null ? null : ` ${row.customerName}`}
        </Link>
      ),
    },
    {
      title: say.tasks.why,
      key: 'why',
      width: 360,
      render: (_, row) => (
        <>
          <div>{row.signals.map(pick).join(say.comma)}</div>
          <div className="faint small clamp" title={pick(row.reason)}>
            {pick(row.reason)}
          </div>
        </>
      ),
    },
    {
      title: <TermHint of="offer" text={say.tasks.offer} />,
      key: 'offer',
      render: (_, row) =>
        row.offerTitle === null ? <span className="faint">{say.none}</span> : pick(row.offerTitle),
    },
    { title: say.tasks.channel, key: 'channel', render: (_, row) => pick(row.channel.title) },
    {
      title: <TermHint of="arpu" text={say.tasks.arpu} />,
      ...sortable('arpu'),
      align: 'right',
      className: 'number',
      render: (_, row) =>
        row.arpuFen === null ? <span className="faint">{say.missing}</span> : formatFen(row.arpuFen),
    },
    {
      title: say.state,
      ...sortable('state'),
      render: (_, row) => <StateBadge state={row.state} outcome={row.outcome} />,
    },
    { title: say.tasks.day, ...sortable('day'), className: 'nowrap', render: (_, row) => row.day },
    {
      title: say.tasks.assignee,
      key: 'assignee',
      className: 'nowrap',
      render: (_, row) =>
        row.assignee === null ? <span className="faint">{say.none}</span> : pick(row.assignee.name),
    },
  ]
}

function orderOf(column: string, sort: TaskSearch['sort']): 'ascend' | 'descend' | null {
  if (sort === column) return 'ascend'
  return sort === `-${column}` ? 'descend' : null
}
