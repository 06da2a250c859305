import type { Subscriber } from '#wire'
import { useSay } from '../../say/use-say.ts'
import { formatFen, formatMoment } from '../../ui/format.ts'
import { HistoryTable } from './history-table.tsx'

interface Rows<K extends 'recharges' | 'orders' | 'contracts'> {
  readonly rows: Subscriber[K]
}

export function Recharges({ rows }: Rows<'recharges'>) {
  const { say, pick } = useSay()
  return (
    <HistoryTable
      rows={rows}
      columns={[
        { title: say.day, of: row => formatMoment(row.at) },
        { title: say.customer.amount, of: row => formatFen(row.amountFen), isNumber: true },
        { title: say.customer.way, of: row => (row.way === null ? '' : pick(row.way.title)) },
      ]}
    />
  )
}

export function Bought({ rows }: Rows<'orders'>) {
  const { say, pick } = useSay()
  return (
    <HistoryTable
      rows={rows}
      columns={[
        { title: say.customer.from, of: row => row.orderedOn },
        { title: say.customer.to, of: row => row.cancelledOn ?? say.customer.stillOpen },
        { title: say.customer.kind, of: row => pick(row.kind.title) },
        { title: say.customer.item, of: row => row.title },
      ]}
    />
  )
}

export function Contracts({ rows }: Rows<'contracts'>) {
  const { say, pick } = useSay()
  return (
    <HistoryTable
      rows={rows}
      columns={[
        { title: say.customer.from, of: row => row.startsOn },
        { title: say.customer.to, of: row => row.endedEarlyOn ?? row.endsOn },
        { title: say.customer.kind, of: row => pick(row.kind.title) },
        { title: say.customer.floor, of: row => formatFen(row.floorFen), isNumber: true },
      ]}
    />
  )
}
