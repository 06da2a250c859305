import { uniform } from '#kernel'
import { type Sql, sql } from '#warehouse'
import type { Delivery } from './deliver.ts'
import { lifeFrom } from './size.ts'
import type { World } from './tables.ts'

/**
 * What is wrong with real files, a little of each: rows sent twice, negative lengths and amounts, lines nobody knows,
 * lines cut in half, rows that come a day late. Rare enough that no check should stop a night for it.
 */
export const dirt = {
  twice: 0.0002,
  negative: 0.0002,
  unknown: 0.0001,
  cut: 0.0005,
  late: 0.0001,
} as const

/** In a small delivery one bad row would be too large a share. */
const rowsMin = 200
const linesMin = 1000

/** The rates for a city: a small one sends clean files. */
export function dirtOf(world: Pick<World, 'plan'>): Readonly<Record<keyof typeof dirt, number>> {
  if (world.plan.subscribers >= linesMin) return dirt
  return { twice: 0, negative: 0, unknown: 0, cut: 0, late: 0 }
}

/** Which lines of a text delivery are cut in half. */
export function spoiltLines(
  world: World,
  { feed, span }: Delivery,
): (line: number, lines: number) => boolean {
  const share = dirtOf(world).cut
  const seed = String(world.plan.seed)
  return (line, lines) => lines >= rowsMin && uniform(seed, 'cut', feed, span.from, String(line)) < share
}

/** Whether a usage event of a lived day comes with the next day's delivery. The history came whole. */
export function lateRow(world: World): Sql {
  return sql`(dn >= ${lifeFrom(world.plan)} AND ${world.dice.uniform('dirt.late', 'n', 'dn', 'k')} < ${dirtOf(world).late}::DOUBLE)`
}

/** After a delivery: what of it is late waits for the next one. */
export async function delayRows(world: World): Promise<void> {
  await world.warehouse.run(
    sql`CREATE OR REPLACE TABLE late AS SELECT * FROM events WHERE ${lateRow(world)} ORDER BY n, dn, k`,
  )
}
