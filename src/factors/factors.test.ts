import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type FeedId, feeds } from '#ingest'
import { addDays, type DaySpan, type PlainDate, plainDate } from '#kernel'
import { openWarehouse, type Row, type Shelf, sql, type Warehouse } from '#warehouse'
import { type FactorCatalogue, readFactors } from './catalogue.ts'
import { monthEndOf } from './morning.ts'
import { runFactors } from './run.ts'
import { dice, type FeedRow, randomRows, shelve, shelveKeys } from './shelf.fixture.ts'
import { isState, slowFactors } from './slow.fixture.ts'
import { factorTable } from './table.ts'

let folder: string
let warehouse: Warehouse
let catalogue: FactorCatalogue

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'weiwan-factors-'))
  warehouse = await openWarehouse({ memoryMiBMax: 1024, threads: 2, spillFolder: path.join(folder, 'spill') })
  catalogue = await readFactors(path.join(import.meta.dirname, '../../catalogue/factors'))
})
afterEach(async () => {
  warehouse.close()
  await rm(folder, { recursive: true, force: true })
})

const subscribers = 4

/** Everything that lies on a shelf, to be asked in the slow way too. */
class Placed {
  readonly shelf: Shelf
  readonly rows = new Map<
    FeedId,
    { readonly span: DaySpan; readonly version: number; readonly rows: FeedRow[] }[]
  >()
  constructor(shelf: Shelf) {
    this.shelf = shelf
  }

  async put(id: FeedId, span: DaySpan, version: number, rows: FeedRow[]): Promise<void> {
    await shelve(warehouse, this.shelf, id, span, rows, version)
    this.rows.set(id, [...(this.rows.get(id) ?? []), { span, version, rows }])
  }

  /** For each day its newest delivery; of state the newest row of each key. */
  seen(id: FeedId, asOf: PlainDate): readonly FeedRow[] {
    const pieces = (this.rows.get(id) ?? []).toSorted((a, b) => b.version - a.version)
    const rows = pieces.flatMap((piece, i) =>
      piece.rows.filter(r => {
        const day = String(r['day'])
        return day < asOf && !pieces.slice(0, i).some(newer => newer.span.from <= day && day < newer.span.to)
      }),
    )
    if (!isState(id)) return rows
    const key = (r: FeedRow) =>
      String(id === 'subscriber' || r[`${id}_id`] === undefined ? r['sub'] : r[`${id}_id`])
    const keyOf = id === 'subscription' ? (r: FeedRow) => String(r['order_id']) : key
    const ordered = rows.toSorted((a, b) => (String(a['day']) < String(b['day']) ? -1 : 1))
    return [...new Map(ordered.map(r => [keyOf(r), r])).values()]
  }
}

async function randomShelf(seed: number, end: PlainDate): Promise<Placed> {
  const roll = dice(seed)
  const placed = new Placed({ root: await mkdtemp(path.join(folder, 'shelf-')) })
  await shelveKeys(warehouse, placed.shelf, subscribers, end)
  for (const feed of feeds) {
    const whole = { from: addDays(end, -520), to: end }
    const cut = addDays(end, -1 - roll(30))
    await placed.put(
      feed.id,
      { from: whole.from, to: cut },
      1,
      randomRows(roll, feed, { from: whole.from, to: cut }, subscribers),
    )
    await placed.put(
      feed.id,
      { from: cut, to: end },
      1,
      randomRows(roll, feed, { from: cut, to: end }, subscribers),
    )
  }
  return placed
}

/** The table as plain rows, numbers rounded where floating point may differ. */
async function computed(placed: Placed, asOf: PlainDate, incremental: boolean): Promise<Row[]> {
  await runFactors(warehouse, { shelf: placed.shelf }, catalogue, asOf, { incremental })
  const table = await factorTable(placed.shelf, asOf)
  return (await warehouse.rows<Row>(sql`SELECT * FROM ${table ?? sql`none`} ORDER BY sub`)).map(rounded)
}

function expected(placed: Placed, asOf: PlainDate): Row[] {
  const seen = new Map(feeds.map(f => [f.id, placed.seen(f.id, asOf)]))
  return slowFactors(catalogue, { asOf, monthEnd: monthEndOf(asOf), feeds: seen }).map(rounded)
}

function rounded(row: Row): Row {
  const cells = Object.entries(row).map(([name, cell]) => [
    name,
    typeof cell === 'number' && !Number.isInteger(cell) ? Number(cell.toPrecision(9)) : cell,
  ])
  return Object.fromEntries(cells)
}

const mornings = [
  '2026-03-01',
  '2026-03-02',
  '2024-02-29',
  '2024-03-01',
  '2026-01-01',
  '2026-07-31',
  '2026-11-22',
]

const parts = 3

/** Every third factor, with all that it is made from: several narrow tables cost less than one wide one. */
function partOf({ factors, columns, byId, faults }: FactorCatalogue, part: number): FactorCatalogue {
  const kept = new Set(factors.filter((_, i) => i % parts === part).map(f => f.id))
  for (const id of kept) for (const needed of byId.get(id)?.needs ?? []) kept.add(needed)
  return {
    factors: factors.filter(f => kept.has(f.id)),
    columns: columns.filter(c => kept.has(c.id)),
    byId,
    faults,
  }
}

test.for(Array.from({ length: parts }, (_, part) => part))(
  'on random feeds factors are what the slow way makes them: at once, night by night, and after a correction (part %i)',
  {
    timeout: 240_000,
  },
  async part => {
    catalogue = partOf(catalogue, part)
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 1e9 }),
        fc.constantFrom(...mornings),
        async (seed, morning) => {
          const asOf = plainDate(morning)
          const placed = await randomShelf(seed, addDays(asOf, 2))
          for (const day of [addDays(asOf, -2), addDays(asOf, -1), asOf]) {
            expect(await computed(placed, day, true)).toEqual(expected(placed, day))
          }
          expect(await computed(placed, asOf, false)).toEqual(expected(placed, asOf))
          const roll = dice(seed + 1)
          const corrected = { from: addDays(asOf, -9), to: addDays(asOf, -8 + roll(3)) }
          for (const feed of feeds.filter(f => f.kind === 'event' || f.kind === 'day')) {
            await placed.put(feed.id, corrected, 2, randomRows(roll, feed, corrected, subscribers))
          }
          expect(await computed(placed, asOf, true)).toEqual(expected(placed, asOf))
        },
      ),
      { numRuns: 1, endOnFailure: true },
    )
  },
)
