import { mkdir, symlink } from 'node:fs/promises'
import path from 'node:path'
import { type Feed, type FeedId, feedOf, feeds } from '#ingest'
import { addDays, type DaySpan, daysOf, monthStart, type PlainDate } from '#kernel'
import { type Cell, nextVersion, pieces, type Shelf, type Warehouse } from '#warehouse'
import { type Dice, dice, type FeedRow, randomRows, shelve, shelveKeys } from './shelf.fixture.ts'

/** What goes wrong with a day of a feed. `late: 3` comes three mornings after it should. */
export type Mishap = { readonly feed: FeedId; readonly nth: number } & (
  | { readonly is: 'late'; readonly mornings: number }
  | { readonly is: 'empty' | 'never' }
)

/** Days back from the morning `nth`, delivered again with other rows. */
export interface Correction {
  readonly feed: FeedId
  readonly nth: number
  readonly back: number
  readonly days: number
}

export interface WorldPlan {
  readonly seed: number
  readonly first: PlainDate
  readonly subscribers: number
  readonly mishaps: readonly Mishap[]
  readonly corrections: readonly Correction[]
  /** Feeds that come for the first time before the morning `nth`. */
  readonly begins: Partial<Readonly<Record<FeedId, number>>>
  /** New subscribers before a morning; the last of them has the number of one who has left. */
  readonly joins: Readonly<Record<number, number>>
}

/**
 * A few subscribers whose feeds come morning after morning, as they do: most days in time, some late, empty or never, some
 * again with other rows. The same plan gives the same deliveries.
 */
export class LivingWorld {
  readonly shelf: Shelf
  readonly #warehouse: Warehouse
  readonly #plan: WorldPlan
  readonly #roll: Dice
  readonly #classes = new Map<number, string>()
  readonly #left = new Set<number>()
  readonly #lacking: { readonly feed: FeedId; readonly day: PlainDate; readonly due: number }[] = []
  readonly #told = new Map<FeedId, PlainDate>()
  #subscribers: number
  /** What happened before the newest morning, for whoever has to find out. */
  news: string[] = []

  constructor(warehouse: Warehouse, shelf: Shelf, plan: WorldPlan) {
    this.#warehouse = warehouse
    this.shelf = shelf
    this.#plan = plan
    this.#roll = dice(plan.seed)
    this.#subscribers = plan.subscribers
  }

  /** What a subscriber is like, without naming it: where to look when something differs. */
  classOf(sub: number): string {
    const came = this.#classes.get(sub) ?? 'there from the start'
    return this.#left.has(sub) ? `${came}, once gone` : came
  }

  /** Everything but what comes just before the first morning. */
  async history(): Promise<void> {
    const first = addDays(this.#plan.first, -1)
    await shelveKeys(this.#warehouse, this.shelf, this.#subscribers, addDays(first, -1))
    for (const feed of feeds) {
      if (this.#beginsAt(feed.id) > 0) continue
      const chunks = chunksOf({ from: historyFrom(feed, first), to: first }, isDense(feed) ? 7 : 140)
      const rows = chunks.flatMap(chunk => randomRows(this.#roll, feed, chunk, this.#subscribers))
      await this.#put(feed, { from: historyFrom(feed, first), to: first }, rows, first)
    }
  }

  /** What comes between the morning before and this one. */
  async liveTo(nth: number): Promise<PlainDate> {
    const morning = addDays(this.#plan.first, nth)
    this.news = []
    await this.#join(nth, morning)
    for (const feed of feeds) await this.#deliver(feed, nth, morning)
    for (const found of this.#lacking.filter(l => l.due === nth)) {
      this.news.push(`${found.feed} of ${found.day} came late`)
      await this.#again(feedOf(found.feed), dayOf(found.day), morning)
    }
    for (const { feed, back, days } of this.#plan.corrections.filter(c => c.nth === nth)) {
      const from = addDays(morning, -back)
      this.news.push(`${feed} of ${days} days from ${from} corrected`)
      await this.#again(feedOf(feed), { from, to: addDays(from, days) }, morning)
    }
    return morning
  }

  /** Another shelf with the deliveries there are now, and nothing made of them. */
  async fresh(root: string): Promise<Shelf> {
    await mkdir(root, { recursive: true })
    for (const name of ['feed', 'key']) await symlink(path.join(this.shelf.root, name), path.join(root, name))
    return { root }
  }

  async #join(nth: number, morning: PlainDate): Promise<void> {
    const count = this.#plan.joins[nth] ?? 0
    if (count === 0) return
    const before = this.#subscribers
    this.#subscribers += count
    for (let sub = before + 1; sub <= this.#subscribers; sub++) this.#classes.set(sub, 'joined')
    await shelveKeys(this.#warehouse, this.shelf, this.#subscribers, addDays(morning, -1), before)
    this.news.push(`${count} joined`)
  }

  async #deliver(feed: Feed, nth: number, morning: PlainDate): Promise<void> {
    const day = addDays(morning, -1)
    const mishap = this.#plan.mishaps.find(m => m.feed === feed.id && m.nth === nth)
    if (nth < this.#beginsAt(feed.id)) return
    if (mishap !== undefined) {
      this.news.push(`${feed.id} of ${day}: ${mishap.is}`)
      if (mishap.is === 'late') this.#lacking.push({ feed: feed.id, day, due: nth + mishap.mornings })
      if (mishap.is === 'empty') await this.#put(feed, dayOf(day), [], morning)
      this.#told.set(feed.id, morning)
      return
    }
    if (feed.kind === 'month') {
      if (day === monthStart(day)) await this.#again(feed, dayOf(day), morning)
    } else if (isDaily(feed)) {
      await this.#again(feed, dayOf(day), morning)
    } else if (this.#roll(4) === 0) {
      await this.#again(feed, { from: this.#told.get(feed.id) ?? day, to: morning }, morning)
      this.#told.set(feed.id, morning)
    }
  }

  /** New rows for days, whether there were any before or not. */
  async #again(feed: Feed, span: DaySpan, morning: PlainDate): Promise<void> {
    const rows = randomRows(this.#roll, feed, span, this.#subscribers)
    if (feed.kind !== 'state') return this.#put(feed, span, rows, morning)
    // Of state only what changed: one thing in four, whoever has just joined, and the number that is given out again.
    const isNew = (r: FeedRow) => Number(r['sub']) > this.#plan.subscribers
    const some = rows.filter(r => this.#roll(4) === 0 || (feed.id === 'subscriber' && isNew(r)))
    await this.#put(feed, span, feed.id === 'subscriber' ? this.#reissued(some) : some, morning)
  }

  #reissued(rows: readonly FeedRow[]): readonly FeedRow[] {
    const gone = rows.find(r => r['status'] === 'closed' && Number(r['sub']) <= this.#plan.subscribers)
    const taken = rows.find(r => Number(r['sub']) > this.#plan.subscribers && r['status'] === 'active')
    for (const r of rows) if (hasLeft(r)) this.#left.add(Number(r['sub']))
    if (gone === undefined || taken === undefined) return rows
    this.#classes.set(Number(taken['sub']), 'with a number given out again')
    return rows.map(r => (r === taken ? { ...r, number: gone['number'] as Cell } : r))
  }

  async #put(feed: Feed, span: DaySpan, rows: readonly FeedRow[], learnedOn: PlainDate): Promise<void> {
    const version = nextVersion(await pieces(this.shelf, `feed/${feed.id}`), span)
    await shelve(this.#warehouse, this.shelf, feed.id, span, rows, version, learnedOn)
  }

  #beginsAt(feed: FeedId): number {
    return this.#plan.begins[feed] ?? 0
  }
}

function historyFrom(feed: Feed, first: PlainDate): PlainDate {
  if (feed.kind === 'state') return addDays(first, -1)
  if (isDense(feed)) return addDays(first, -95)
  return monthStart(addDays(first, -400))
}

function isDense(feed: Feed): boolean {
  return feed.kind === 'day' || feed.id === 'usage'
}

function isDaily(feed: Feed): boolean {
  return isDense(feed) || feed.id === 'recharge' || feed.id === 'subscriber'
}

function hasLeft(row: FeedRow): boolean {
  return row['status'] === 'closed' || row['status'] === 'ported_out'
}

function dayOf(day: PlainDate): DaySpan {
  return { from: day, to: addDays(day, 1) }
}

function chunksOf(span: DaySpan, days: number): readonly DaySpan[] {
  const all = daysOf(span)
  return all.filter((_, i) => i % days === 0).map((from, i) => ({ from, to: all[(i + 1) * days] ?? span.to }))
}
