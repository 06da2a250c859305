import { Link, useNavigate } from '@tanstack/react-router'
import { Table, type TableColumnsType } from 'antd'
import type { Reply, SegmentMap } from '#wire'
import { useSay } from '../../say/use-say.ts'
import { formatFen } from '../../ui/format.ts'
import { rowKeys } from '../../ui/row-keys.ts'
import { Nothing } from '../../ui/states.tsx'
import { usePaging } from '../../ui/use-paging.ts'
import { LevelBadge } from '../level-badge.tsx'
import { unknownClass } from './cells.ts'
import { useClassName } from './use-class-name.ts'

type Customers = Reply<'listSegmentCustomers'>
type Customer = Customers['rows'][number]

interface CustomerTableProps {
  readonly customers: Customers
  readonly axes: Pick<SegmentMap, 'value' | 'stage'>
  readonly onPage: (page: number) => void
}

/** The customers behind a count, a page at a time. */
export function CustomerTable({ customers, axes, onPage }: CustomerTableProps) {
  const { say } = useSay()
  const open = useNavigate()
  const paging = usePaging()
  const columns = useColumns(axes)
  return (
    <Table<Customer>
      size="small"
      rowKey="id"
      columns={columns}
      dataSource={[...customers.rows]}
      onRow={rowKeys(customers.rows.length, row => {
        void open({ to: '/subscribers/$subscriberId', params: { subscriberId: row.id } })
      })}
      scroll={{ x: 'max-content' }}
      pagination={paging(customers, onPage)}
      locale={{ emptyText: <Nothing title={say.segments.nobody} /> }}
    />
  )
}

function useColumns(axes: CustomerTableProps['axes']): TableColumnsType<Customer> {
  const { say } = useSay()
  const nameOf = useClassName()
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
    {
      title: say.tasks.arpu,
      key: 'arpu',
      align: 'right',
      className: 'number',
      render: (_, row) => (row.arpuFen === null ? null : formatFen(row.arpuFen)),
    },
    {
      title: say.segments.value,
      key: 'value',
      render: (_, row) => nameOf(axes.value, row.value ?? unknownClass),
    },
    {
      title: say.segments.stage,
      key: 'stage',
      render: (_, row) => nameOf(axes.stage, row.stage ?? unknownClass),
    },
    { title: say.segments.brand, key: 'brand', render: (_, row) => row.brand },
    {
      title: say.tasks.level,
      key: 'level',
      render: (_, row) => (row.level === null ? null : <LevelBadge level={row.level} />),
    },
  ]
}
