import { uniform } from '#kernel'
import { type Sql, sql } from '#warehouse'
import type { Delivery } from './deliver.ts'
import type { Dice } from './dice.ts'
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

export function isLate(dice: Dice, share: number): Sql {
  return sql`${dice.uniform('dirt.late', 'n', 'dn', 'k')} < ${share}::DOUBLE`
}

/** Takes the day's late rows out of `events` into `late`, and puts yesterday's in. */
export async function delayRows(world: World): Promise<void> {
  const { warehouse, dice } = world
  const late = isLate(dice, dirtOf(world).late)
  await warehouse.run(
    sql`CREATE OR REPLACE TABLE later AS SELECT * FROM events WHERE ${late} ORDER BY dn, n, k`,
  )
  await warehouse.run(sql`CREATE OR REPLACE TABLE events AS
    SELECT * FROM (SELECT * FROM events WHERE NOT ${late} UNION ALL SELECT * FROM late) ORDER BY dn, n, k`)
  await warehouse.run(sql`CREATE OR REPLACE TABLE late AS SELECT * FROM later ORDER BY dn, n, k`)
}
