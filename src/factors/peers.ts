import { ident, type Sql, sql } from '#warehouse'
import type { Making } from './carried.ts'
import { spellingOf, within } from './morning.ts'
import type { Peers } from './plan.ts'
import { printAlike, printMeans, printParts } from './print-peers.ts'
import { withSubscribersMade } from './subscribers.ts'

/** Means over those who are alike, found before the wide table: over all subscribers, whatever the ranges. */
export async function foldPeers(
  making: Making,
  tables: ReadonlyMap<string, Sql>,
): Promise<ReadonlyMap<string, Sql>> {
  const { warehouse, morning, ranges } = making
  const made = new Map<string, Sql>()
  for (const peers of Map.groupBy(morning.plan.peers, p => p.level).values()) {
    for (const [i, range] of ranges.entries())
      await foldRange(making, peers, { tables, made }, range, i === 0)
    for (const one of peers) {
      const name = ident(`factor_peers_${one.name}`)
      await warehouse.run(sql`CREATE OR REPLACE TEMP TABLE ${name} AS ${printMeans(one, partsOf(one))}`)
      await warehouse.run(sql`DROP TABLE ${partsOf(one)}`)
      made.set(one.name, name)
    }
  }
  return made
}

interface Found {
  readonly tables: ReadonlyMap<string, Sql>
  /** The means of lower levels. */
  readonly made: ReadonlyMap<string, Sql>
}

/** A range's sums and counts for all peers of one level, from one table of what they need. */
async function foldRange(
  { warehouse, morning, kept }: Making,
  peers: readonly Peers[],
  { tables, made }: Found,
  range: Making['ranges'][number],
  isFirst: boolean,
): Promise<void> {
  const inRange = new Map([...tables].map(([id, relation]) => [id, within(relation, range)]))
  const spelling = await withSubscribersMade(warehouse, spellingOf(morning, kept, inRange, range, made))
  const alike = ident('factor_alike')
  const rows = printAlike(morning.plan, peers, spelling)
  await warehouse.joinedAsWritten(() => warehouse.run(sql`CREATE OR REPLACE TEMP TABLE ${alike} AS ${rows}`))
  for (const one of peers) {
    const query = printParts(morning.plan, one, alike)
    await warehouse.run(
      isFirst
        ? sql`CREATE OR REPLACE TEMP TABLE ${partsOf(one)} AS ${query}`
        : sql`INSERT INTO ${partsOf(one)} ${query}`,
    )
  }
  await warehouse.run(sql`DROP TABLE ${alike}`)
}

function partsOf(peers: Peers): Sql {
  return ident(`factor_parts_${peers.name}`)
}
