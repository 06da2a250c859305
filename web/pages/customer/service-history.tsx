import { Link } from '@tanstack/react-router'
import type { Subscriber } from '#wire'
import { useSay } from '../../say/use-say.ts'
import { formatMoment } from '../../ui/format.ts'
import { SmallTable } from '../../ui/small-table.tsx'
import { LevelBadge } from '../level-badge.tsx'
import { StateBadge } from '../state-badge.tsx'
import { HistoryTable } from './history-table.tsx'

interface Rows<K extends 'warnings' | 'contacts' | 'serviceContacts' | 'faults' | 'visits'> {
  readonly rows: Subscriber[K]
}

export function Warnings({ rows }: Rows<'warnings'>) {
  const { say, pick } = useSay()
  return (
    <SmallTable
      rows={rows}
      keyOf={row => `${row.raisedOn} ${row.plan.code}`}
      nothing={say.customer.nothing}
      columns={[
        { title: say.day, of: row => <span className="nowrap">{row.raisedOn}</span> },
        { title: say.warningLives.plan, of: row => pick(row.plan.title) },
        { title: say.tasks.level, of: row => <LevelBadge level={row.level} /> },
        { title: say.reason, of: row => pick(row.reason) },
      ]}
    />
  )
}

export function Contacts({ rows }: Rows<'contacts'>) {
  const { say, pick } = useSay()
  return (
    <HistoryTable
      rows={rows}
      columns={[
        { title: say.day, of: row => <TaskLink taskId={row.taskId} text={formatMoment(row.at)} /> },
        { title: say.customer.channel, of: row => pick(row.channel.title) },
        { title: say.state, of: row => <StateBadge state={row.state} /> },
        { title: say.customer.outcome, of: row => (row.outcome === null ? '' : pick(row.outcome.title)) },
      ]}
    />
  )
}

function TaskLink({ taskId, text }: { readonly taskId: string | null; readonly text: string }) {
  if (taskId === null) return text
  return (
    <Link to="/tasks/$taskId" params={{ taskId }} className="nowrap">
      {text}
    </Link>
  )
}

export function ServiceContacts({ rows }: Rows<'serviceContacts'>) {
  const { say, pick } = useSay()
  const yesNo = (value: boolean | null) => (value === null ? '' : value ? say.yes : say.no)
  return (
    <HistoryTable
      rows={rows}
      columns={[
        { title: say.day, of: row => formatMoment(row.at) },
        { title: say.customer.kind, of: row => pick(row.kind.title) },
        { title: say.customer.topic, of: row => row.topic },
        { title: say.customer.closed, of: row => row.closedOn ?? say.customer.stillOpen },
        { title: say.customer.satisfied, of: row => yesNo(row.satisfied) },
      ]}
    />
  )
}

export function Faults({ rows }: Rows<'faults'>) {
  const { say, pick } = useSay()
  return (
    <HistoryTable
      rows={rows}
      columns={[
        { title: say.day, of: row => row.reportedOn },
        { title: say.customer.kind, of: row => pick(row.kind.title) },
        { title: say.customer.repaired, of: row => row.repairedOn ?? say.customer.stillOpen },
      ]}
    />
  )
}

export function Visits({ rows }: Rows<'visits'>) {
  const { say, pick } = useSay()
  return (
    <HistoryTable
      rows={rows}
      columns={[
        { title: say.day, of: row => row.visitedOn },
        { title: say.customer.way, of: row => pick(row.way.title) },
        { title: say.customer.reached, of: row => (row.reached ? say.yes : say.no) },
      ]}
    />
  )
}
