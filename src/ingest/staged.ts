import { addDays } from '#kernel'
import { dateOf, ident, join, raw, type Sql, sql } from '#warehouse'
import type { Column, Feed, FeedId } from './contract/feed.ts'
import { converted } from './convert.ts'
import type { FeedMapping } from './mapping.ts'
import { mappableColumns } from './mapping-column.ts'
import type { Reason } from './reasons.ts'
import { namesSubscriber, sqlType } from './shelf.ts'
import { givenFor, type SourceTable } from './source-table.ts'
import { toLocal } from './zone.ts'

/** What is known already: keys, and what other feeds named. */
export interface Known {
  /** Relation (sub, subscriber_id). */
  readonly keys: Sql
  /** New subscriber ids are welcome: the feed gives out keys. */
  readonly givesKeys: boolean
  /** For each feed that was delivered and is referred to: a relation (key) of what it named. */
  readonly named: ReadonlyMap<FeedId, Sql>
}

interface StagedColumn {
  readonly column: Column
  readonly given?: Sql
  readonly value: Sql
  /** The value can fail to be read although something is given. */
  readonly mayFail: boolean
}

/**
 * The delivery as relations, each adding to the one before. `dated`: `line`, `day`, v_<column> (the contract's value) and
 * g_<column> (as given). `counted`: and `strangers`, how many nullable references name what is unknown. `keyed`: and `sub`.
 * `judged`: and `bad`: NULL or '<column>:<reason>', the first thing wrong with the row.
 */
export interface Staged {
  readonly dated: Sql
  readonly counted: Sql
  readonly keyed: Sql
  readonly judged: Sql
  /** Columns that have a g_. */
  readonly given: readonly string[]
}

export function staged(mapping: FeedMapping, table: SourceTable, known: Known, timeZone: string): Staged {
  const { feed } = mapping
  const columns = stagedColumns(mapping, table, timeZone)
  const given = columns.flatMap(c =>
    c.given === undefined ? [] : [sql`${c.given} AS ${ident(`g_${c.column.name}`)}`],
  )
  const values = columns.map(c => sql`${c.value} AS ${ident(`v_${c.column.name}`)}`)
  const read = sql`SELECT *, ${join(values)} FROM (SELECT line, ${join(given)} FROM ${table.relation})`
  const dated = sql`(SELECT *, ${dayOf(feed, columns, table, timeZone)} AS day FROM (${read}))`
  const hasSub = namesSubscriber(feed)
  const keyJoin = hasSub ? sql`LEFT JOIN ${known.keys} AS k ON k.subscriber_id = v_subscriber_id` : sql``
  const sub = hasSub ? sql`, k.sub AS sub` : sql``
  const strangers = references(feed, known)
  const nameJoins = strangers.map(s => {
    const names = ident(`n_${s.column.name}`)
    return sql`LEFT JOIN ${s.named} AS ${names} ON ${names}.key = ${ident(`v_${s.column.name}`)}`
  })
  const named = join(nameJoins, ' ')
  const counted = strangers
    .filter(s => s.column.nullable)
    .map(s => sql`CASE WHEN ${isStranger(s.column)} THEN 1 ELSE 0 END`)
  const total = counted.length === 0 ? sql`0` : join(counted, ' + ')
  const bad = badness(feed, columns, table, known, strangers)
  return {
    given: columns.filter(c => c.given !== undefined).map(c => c.column.name),
    dated,
    counted: sql`(SELECT d.*, ${total} AS strangers FROM ${dated} AS d ${counted.length === 0 ? sql`` : named})`,
    keyed: sql`(SELECT d.*${sub} FROM ${dated} AS d ${keyJoin})`,
    judged: sql`(SELECT d.*${sub}, ${bad} AS bad FROM ${dated} AS d ${keyJoin} ${named})`,
  }
}

function stagedColumns(mapping: FeedMapping, table: SourceTable, timeZone: string): readonly StagedColumn[] {
  return mappableColumns(mapping.feed).flatMap((column): StagedColumn[] => {
    const from = mapping.columns.get(column.name)
    const given = from && givenFor(column, from, table)
    if (from === undefined || given === undefined) {
      const isContract = mapping.feed.columns.includes(column)
      return isContract ? [{ column, value: sql`CAST(NULL AS ${raw(sqlType(column))})`, mayFail: false }] : []
    }
    const g = ident(`g_${column.name}`)
    const value = converted(column, from, { sql: g, type: given.type }, timeZone)
    return [{ column, given: given.sql, value, mayFail: value.text !== g.text }]
  })
}

/** The data day of a row; see Feed. */
function dayOf(feed: Feed, columns: readonly StagedColumn[], table: SourceTable, timeZone: string): Sql {
  if (feed.kind === 'month') return sql`CAST(v_month + INTERVAL 1 MONTH AS DATE)`
  const name = feed.dayColumn ?? (columns.some(c => c.column.name === 'day') ? 'day' : undefined)
  if (name === undefined) return dateOf(addDays(table.span.to, -1))
  const value = ident(`v_${name}`)
  const isMoment = columns.some(c => c.column.name === name && c.column.type === 'moment')
  return isMoment ? sql`CAST(${toLocal(timeZone, value)} AS DATE)` : value
}

interface Reference {
  readonly column: Column
  readonly named: Sql
}

function references(feed: Feed, known: Known): readonly Reference[] {
  return feed.columns.flatMap(column => {
    if (column.references === undefined || column.references === 'subscriber') return []
    const named = known.named.get(column.references)
    return named === undefined ? [] : [{ column, named }]
  })
}

function isStranger(column: Column): Sql {
  return sql`(${ident(`v_${column.name}`)} IS NOT NULL AND ${ident(`n_${column.name}`)}.key IS NULL)`
}

function badness(
  feed: Feed,
  columns: readonly StagedColumn[],
  table: SourceTable,
  known: Known,
  strangers: readonly Reference[],
): Sql {
  const cases = columns.flatMap(columnFaults)
  const when = (condition: Sql, name: string, reason: Reason) =>
    sql`WHEN ${condition} THEN ${`${name}:${reason}`}`
  const { from, to } = table.span
  cases.push(when(sql`day < ${dateOf(from)} OR day >= ${dateOf(to)}`, feed.dayColumn ?? 'day', 'day-outside'))
  if (namesSubscriber(feed) && !known.givesKeys) {
    cases.push(when(sql`k.sub IS NULL`, 'subscriber_id', 'unknown-subscriber'))
  }
  for (const { column } of strangers.filter(s => !s.column.nullable)) {
    cases.push(when(isStranger(column), column.name, 'unknown-reference'))
  }
  return sql`CASE ${join(cases, ' ')} END`
}

function columnFaults({ column, given, mayFail }: StagedColumn): Sql[] {
  const value = ident(`v_${column.name}`)
  const when = (condition: Sql, reason: Reason) => sql`WHEN ${condition} THEN ${`${column.name}:${reason}`}`
  if (given === undefined) return []
  const found: Sql[] = []
  const g = ident(`g_${column.name}`)
  if (!column.nullable) found.push(when(sql`${g} IS NULL`, 'missing'))
  if (mayFail) {
    const reason = column.type === 'code' ? 'code' : 'unparsable'
    found.push(when(sql`${value} IS NULL AND ${g} IS NOT NULL`, reason))
  }
  if (column.min !== undefined) {
    if (column.min >= 0) found.push(when(sql`${value} < 0`, 'negative'))
    if (column.min !== 0) found.push(when(sql`${value} < ${column.min}`, 'range'))
  }
  if (column.max !== undefined) found.push(when(sql`${value} > ${column.max}`, 'range'))
  if (column.type === 'date' || column.type === 'moment') {
    found.push(when(sql`${value} < DATE '1900-01-01' OR ${value} > DATE '9999-12-31'`, 'range'))
  }
  if (column.name === 'month') found.push(when(sql`day(${value}) <> 1`, 'range'))
  return found
}
