import { type Column, type FeedId, feedOf } from '#ingest'
import { ident, join, raw, type Sql, sql } from '#warehouse'
import { shelfName } from './rows.ts'

const sqlTypes: Readonly<Record<Column['type'], string>> = {
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

/** A feed without rows: our own feeds before the first of their kind was written. */
export function emptyFeed(id: FeedId): Sql {
  const feed = feedOf(id)
  const own = feed.columns
    .filter(c => c.name !== 'day')
    .map(c => ({
      name: shelfName(feed, c.name),
      type: c.name === 'subscriber_id' ? 'BIGINT' : sqlTypes[c.type],
    }))
  const columns = [...own, { name: 'day', type: 'DATE' }]
  const empty = columns.map(c => sql`CAST(NULL AS ${raw(c.type)}) AS ${ident(c.name)}`)
  return sql`(SELECT ${join(empty)} WHERE FALSE)`
}
