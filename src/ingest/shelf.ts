import { parquet, type Sql, sql } from '#warehouse'
import type { Column, ColumnType, Feed } from './contract/feed.ts'

/** One column of a feed as it lies on the shelf. */
export interface ShelfColumn {
  readonly name: string
  readonly type: string
}

export const keyDataset = 'key/subscriber'

const sqlTypes: Readonly<Record<ColumnType, string>> = {
  id: 'VARCHAR',
  text: 'VARCHAR',
  code: 'VARCHAR',
  integer: 'BIGINT',
  money: 'BIGINT',
  number: 'DOUBLE',
  date: 'DATE',
  moment: 'TIMESTAMP',
  flag: 'BOOLEAN',
}

export function sqlType(column: Column): string {
  return sqlTypes[column.type]
}

export function namesSubscriber(feed: Feed): boolean {
  return feed.columns.some(c => c.name === 'subscriber_id')
}

/** `sub` in place of subscriber_id (feed subscriber keeps both), the data day, then the contract's other columns. */
export function shelfColumns(feed: Feed): readonly ShelfColumn[] {
  const head = namesSubscriber(feed) ? [{ name: 'sub', type: 'BIGINT' }] : []
  const rest = feed.columns
    .filter(c => c.name !== 'day' && (c.name !== 'subscriber_id' || feed.id === 'subscriber'))
    .map(c => ({ name: c.name, type: sqlType(c) }))
  return [...head, { name: 'day', type: 'DATE' }, ...rest]
}

/** The feed's key, in the shelf's columns. */
export function shelfKey(feed: Feed): readonly string[] {
  return feed.key.map(name => (name === 'subscriber_id' ? 'sub' : name))
}

export function keyRows(files: readonly string[]): Sql {
  if (files.length === 0)
    return sql`(SELECT CAST(NULL AS BIGINT) AS sub, CAST(NULL AS VARCHAR) AS subscriber_id WHERE FALSE)`
  return sql`(SELECT sub, subscriber_id FROM ${parquet(files)})`
}
