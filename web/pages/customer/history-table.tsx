import { useSay } from '../../say/use-say.ts'
import { type SmallColumn, SmallTable } from '../../ui/small-table.tsx'

interface HistoryTableProps<Row> {
  readonly rows: readonly Row[]
  readonly columns: readonly SmallColumn<Row>[]
}

/** One part of a customer's history. */
export function HistoryTable<Row extends { readonly id: string }>({ rows, columns }: HistoryTableProps<Row>) {
  const { say } = useSay()
  return <SmallTable rows={rows} keyOf={row => row.id} nothing={say.customer.nothing} columns={columns} />
}
