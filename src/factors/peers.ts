import { ident, type Sql, sql } from '#warehouse'
import type { Making } from './carried.ts'
import { spellingOf, within } from './morning.ts'
import { printMeans, printParts } from './print-peers.ts'

/** Means over those who are alike, found before the wide table: over all subscribers, whatever the ranges. */
export async function foldPeers(
  making: Making,
  tables: ReadonlyMap<string, Sql>,
): Promise<ReadonlyMap<string, Sql>> {
  const { warehouse, morning, kept, ranges } = making
  const made = new Map<string, Sql>()
  for (const peers of morning.plan.peers) {
    const name = ident(`factor_peers_${peers.name}`)
    const parts = ident(`factor_parts_${peers.name}`)
    for (const [i, range] of ranges.entries()) {
      const inRange = new Map([...tables].map(([id, relation]) => [id, within(relation, range)]))
      const spelling = spellingOf(morning, kept, inRange, range, made)
      const query = printParts(morning.plan, peers, spelling)
      await warehouse.run(
        i === 0 ? sql`CREATE OR REPLACE TEMP TABLE ${parts} AS ${query}` : sql`INSERT INTO ${parts} ${query}`,
      )
    }
    await warehouse.run(sql`CREATE OR REPLACE TEMP TABLE ${name} AS ${printMeans(peers, parts)}`)
    await warehouse.run(sql`DROP TABLE ${parts}`)
    made.set(peers.name, name)
  }
  return made
}
