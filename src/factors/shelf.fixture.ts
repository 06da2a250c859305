import { type Column, type Feed, type FeedId, feedOf, shelfColumns } from '#ingest'
import { addDays, addMonths, type DaySpan, daysOf, digest, monthStart, type PlainDate } from '#kernel'
import {
  type Cell,
  ident,
  join,
  raw,
  type Shelf,
  type Sql,
  shelve as shelvePiece,
  sql,
  type Warehouse,
} from '#warehouse'
import { shelfName } from './rows.ts'

/** A feed's row as it lies on the shelf: `sub` for subscriber_id, `day` beside the contract's columns. */
export type FeedRow = Readonly<Record<string, Cell>>

/** Puts rows on the shelf as a load would. */
export async function shelve(
  warehouse: Warehouse,
  shelf: Shelf,
  id: FeedId,
  span: DaySpan,
  rows: readonly FeedRow[],
  version = 1,
  learnedOn = span.to,
): Promise<void> {
  const columns = shelfColumns(feedOf(id))
  const dataset = `feed/${id}`
  const values = rows.map(r => sql`(${join(columns.map(c => typed(r[c.name] ?? null, c.type)))})`)
  const names = join(columns.map(c => ident(c.name)))
  const nothing = join(columns.map(c => typed(null, c.type)))
  const all = values.length === 0 ? sql`(VALUES (${nothing}))` : sql`(VALUES ${join(values)})`
  const query = sql`SELECT * FROM ${all} AS t(${names}) WHERE ${rows.length > 0}`
  const fingerprint = digest(id, span.from, span.to, JSON.stringify(rows))
  await shelvePiece(warehouse, shelf, { dataset, span, version, fingerprint, learnedOn }, query, [])
}

function typed(value: Cell, type: string): Sql {
  return sql`CAST(${value as string | number | boolean | null} AS ${raw(type)})`
}

/** Keys of subscribers 1…n, or of those after the first so many. */
export async function shelveKeys(
  warehouse: Warehouse,
  shelf: Shelf,
  count: number,
  day: PlainDate,
  after = 0,
): Promise<void> {
  const span = { from: day, to: addDays(day, 1) }
  const dataset = 'key/subscriber'
  const query = sql`SELECT 1 + range AS sub, 'u' || (1 + range) AS subscriber_id FROM range(${after}, ${count})`
  const stamp = { dataset, span, version: 1, fingerprint: `keys ${count}`, learnedOn: day }
  await shelvePiece(warehouse, shelf, stamp, query, [])
}

/** Numbers from a seed, for making worlds that differ and can be made again. */
export type Dice = (below: number) => number

export function dice(seed: number): Dice {
  let state = seed >>> 0
  return below => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

/** Small random feeds for a few subscribers: few values, so that ties and meetings happen; empty values where the contract allows. */
export function randomRows(roll: Dice, feed: Feed, span: DaySpan, subscribers: number): FeedRow[] {
  const days = daysOf(span)
  if (feed.kind === 'state') return stateRows(roll, feed, span, subscribers)
  const rows = Array.from({ length: roll(10) * subscribers }, () => {
    const day = days[roll(days.length)] ?? span.from
    const row: Record<string, Cell> = { day: feed.kind === 'month' ? monthStart(day) : day }
    for (const c of feed.columns) {
      const name = shelfName(feed, c.name)
      if (name !== 'day') row[name] = cell(roll, feed, c, String(row['day']) as PlainDate, subscribers)
    }
    if (feed.kind === 'month') row['month'] = addMonths(String(row['day']) as PlainDate, -1)
    return row
  })
  return unique(feed, rows)
}

function stateRows(roll: Dice, feed: Feed, span: DaySpan, subscribers: number): FeedRow[] {
  const key = shelfName(feed, feed.key[0] ?? '')
  const keyed = key === 'sub' || feed.id === 'subscriber'
  const rows = Array.from({ length: keyed ? subscribers : 6 }, (_, i) => {
    const row: Record<string, Cell> = { day: span.from }
    for (const c of feed.columns) row[shelfName(feed, c.name)] = cell(roll, feed, c, span.to, subscribers)
    if (keyed) row['sub'] = i + 1
    row[key] = keyed && key === 'sub' ? i + 1 : feed.id === 'subscriber' ? `u${i + 1}` : `${feed.id} ${i}`
    return row
  })
  return rows.filter(() => roll(8) > 0)
}

function cell(roll: Dice, feed: Feed, column: Column, day: PlainDate, subscribers: number): Cell {
  if (column.nullable && roll(4) === 0) return null
  if (column.name === 'subscriber_id') return feed.id === 'subscriber' ? '' : 1 + roll(subscribers)
  if (column.references !== undefined) return `${column.references} ${roll(7)}`
  if (column.name === 'previous_plan_id') return `plan ${roll(7)}`
  if (column.name === 'model') return roll(3) > 0 ? 'elsewhere' : 'other'
  if (column.type === 'date') return feed.dayColumn === column.name ? day : addDays(day, roll(500) - 460)
  return valueOfType(roll, column, day)
}

function valueOfType(roll: Dice, column: Column, day: PlainDate): Cell {
  const codes = Object.keys(column.values ?? {})
  switch (column.type) {
    case 'code':
      return codes[roll(codes.length)] ?? ''
    case 'flag':
      return roll(2) === 0
    case 'date':
      return day
    case 'moment':
      return `${day} ${String(roll(24)).padStart(2, '0')}:00:00`
    case 'number':
      return column.max === 1 ? roll(1000) / 1000 : roll(100_000) / 100
    case 'integer':
    case 'money':
      return roll(4000) - (column.min === undefined ? 1000 : 0)
    case 'id':
    case 'text':
      return `${column.name} ${roll(4)}`
  }
}

function unique(feed: Feed, rows: readonly FeedRow[]): FeedRow[] {
  const keys = feed.key.map(k => shelfName(feed, k)).filter(k => !k.endsWith('_id'))
  if (keys.length < 2) return [...rows]
  return [...new Map(rows.map(r => [keys.map(k => String(r[k])).join(' '), r])).values()]
}
