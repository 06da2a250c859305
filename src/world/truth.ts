import path from 'node:path'
import { type Sql, sql, writeParquet } from '#warehouse'
import { plantedEffects } from './effects.ts'
import { managerOf } from './events.ts'
import { never } from './fate.ts'
import { dateOfDn } from './slice.ts'
import type { World } from './tables.ts'

const day = (dn: string): Sql =>
  sql`CASE WHEN ${dateOfDn(dn)} < ${dateOfDn(String(never))} THEN ${dateOfDn(dn)} END`

/** Writes what nobody may read but tests and the report on effects: who leaves and why, second cards, households … */
export async function writeTruth(world: World, root: string): Promise<void> {
  const tables: readonly (readonly [string, Sql])[] = [
    [
      'leaving',
      sql`SELECT sid AS subscriber_id, reason, leave_way AS way, ${day('leave_dn')} AS leaves_on, ${day('leave_dn - decline_days')} AS declines_from,
        ${day('lure_dn')} AS lured_from, CASE WHEN lure_dn < ${never} THEN ${managerOf(world.dice, world.size, 'n')}::VARCHAR END AS lured_by, ${day('dip_from')} AS dips_from, ${day('dip_to')} AS dips_to FROM person ORDER BY n`,
    ],
    [
      'second_card',
      sql`SELECT sid AS subscriber_id, second_number::VARCHAR AS second_number, second_carrier = 0 AS ours, ${day('second_dn')} AS appears_on,
        ${day('forward_dn')} AS forwards_from FROM person WHERE second_dn < ${never} ORDER BY n`,
    ],
    [
      'twin',
      sql`SELECT p.sid AS subscriber_id, o.sid AS twin_of FROM person AS p JOIN person AS o ON o.n = p.twin_of ORDER BY p.n`,
    ],
    ['household', sql`SELECT sid AS subscriber_id, house FROM person ORDER BY n`],
    [
      'rival_manager',
      sql`SELECT (prefix + range)::VARCHAR AS number, carrier FROM range(${world.size.rivalManagers}),
        (VALUES (13011110000, 'rival_a'), (13311110000, 'rival_b')) AS c(prefix, carrier) ORDER BY number`,
    ],
  ]
  for (const [name, rows] of tables)
    await writeParquet(world.warehouse, rows, path.join(root, `${name}.parquet`), [])
}

/** The contacts of a day with what was planted for each: `points` of 0 for a second contact of one day. */
export async function writeContactTruth(world: World, file: string, dn: number): Promise<void> {
  await writeParquet(
    world.warehouse,
    sql`SELECT c.sid AS subscriber_id, ${dateOfDn(String(dn))} AS day, c.made_at, c.kind, c.offer, c.channel, c.rule,
        CASE WHEN c.first THEN c.points ELSE 0 END::DOUBLE AS points, a.recharged AS would_recharge, a.recharged <> (m.n IS NOT NULL) AS does_recharge
      FROM contacted AS c JOIN ahead AS a ON a.n = c.n LEFT JOIN moved AS m ON m.n = c.n ORDER BY c.i`,
    file,
    [],
  )
}

export function effectsCsv(): string {
  const lines = plantedEffects.map(e => `${e.kind},${e.offer},${e.channel},${e.points}`)
  return `${['kind,offer,channel,points', ...lines].join('\n')}\n`
}
