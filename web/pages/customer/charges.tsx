import { Table, type TableColumnsType } from 'antd'
import type { Subscriber } from '#wire'
import { useSay } from '../../say/use-say.ts'
import { formatFen, formatMonth } from '../../ui/format.ts'

type Bill = Subscriber['bills'][number]

/** What each month's charges are made of: one column per part that any bill has. */
export function Charges({ bills }: { readonly bills: readonly Bill[] }) {
  const { say, pick } = useSay()
  if (bills.length === 0) return null
  const parts = new Map(bills.flatMap(bill => bill.parts.map(part => [part.code, part.title] as const)))
  const columns: TableColumnsType<Bill> = [
    { title: say.customer.month, key: 'month', render: (_, bill) => formatMonth(bill.month) },
    ...[...parts].map(([code, title]) => ({
      title: pick(title),
      key: code,
      align: 'right' as const,
      className: 'number',
      render: (_: unknown, bill: Bill) => {
        const part = bill.parts.find(p => p.code === code)
        return part === undefined ? '' : formatFen(part.amountFen)
      },
    })),
    {
      title: say.customer.bill,
      key: 'total',
      align: 'right',
      className: 'number strong',
      render: (_, bill) => formatFen(bill.totalFen),
    },
  ]
  return (
    <section>
      <h3>{say.customer.charges}</h3>
      <Table<Bill>
        size="small"
        rowKey="month"
        columns={columns}
        dataSource={[...bills]}
        pagination={bills.length > 6 ? { pageSize: 6, showSizeChanger: false } : false}
      />
    </section>
  )
}
