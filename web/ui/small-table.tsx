import { Table } from 'antd'
import type { ReactNode } from 'react'

export interface SmallColumn<Row> {
  readonly title: string
  readonly of: (row: Row) => ReactNode
  readonly isNumber?: boolean
}

interface SmallTableProps<Row> {
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  readonly columns: readonly SmallColumn<Row>[]
  readonly nothing: string
  readonly pageSize?: number
}

/** A short list inside a screen: no sorting, a page at a time when it is long. */
export function SmallTable<Row extends object>({
  rows,
  keyOf,
  columns,
  nothing,
  pageSize = 8,
}: SmallTableProps<Row>) {
  if (rows.length === 0) return <span className="faint">{nothing}</span>
  return (
    <Table<Row>
      size="small"
      rowKey={keyOf}
      dataSource={[...rows]}
      columns={columns.map(({ title, of, isNumber }) => ({
        title,
        key: title,
        render: (_: unknown, row: Row) => of(row),
        ...(isNumber === true ? { align: 'right' as const, className: 'number' } : {}),
      }))}
      pagination={rows.length > pageSize ? { pageSize, showSizeChanger: false } : false}
    />
  )
}
