import { type DeskDb, insertRows } from '#desk'
import { type Arm, campaignTables } from './tables.ts'

export interface Member {
  readonly subscriberId: string
  readonly arm: Arm
  readonly wave: number
}

/** Writes the members of a campaign, once. */
export async function freezeMembers(db: DeskDb, id: number, members: readonly Member[]): Promise<void> {
  await insertRows(
    db,
    'campaign_member',
    members.map(m => ({ campaign_id: id, subscriber_id: m.subscriberId, arm: m.arm, wave: m.wave })),
  )
}

/** The members of these waves, in the order of their keys. */
export async function membersOf(
  db: DeskDb,
  id: number,
  waves: readonly number[],
): Promise<readonly Member[]> {
  if (waves.length === 0) return []
  const rows = await campaignTables(db)
    .selectFrom('campaign_member')
    .select(['subscriber_id', 'arm', 'wave'])
    .where('campaign_id', '=', id)
    .where('wave', 'in', [...waves])
    .orderBy('subscriber_id')
    .execute()
  return rows.map(r => ({ subscriberId: r.subscriber_id, arm: r.arm, wave: r.wave }))
}

/** How many members each arm and wave has. */
export async function memberCounts(
  db: DeskDb,
  id: number,
): Promise<readonly { readonly arm: Arm; readonly wave: number; readonly count: number }[]> {
  const rows = await campaignTables(db)
    .selectFrom('campaign_member')
    .select(eb => ['arm', 'wave', eb.fn.countAll<number>().as('count')])
    .where('campaign_id', '=', id)
    .groupBy(['arm', 'wave'])
    .orderBy('wave')
    .orderBy('arm')
    .execute()
  return rows.map(r => ({ ...r, count: Number(r.count) }))
}
