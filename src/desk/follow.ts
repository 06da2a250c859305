import { type Kysely, sql } from 'kysely'
import type { Placed } from '#kernel'

/** Whose place changed: subscribers one by one, or whole units by their old and new paths. */
export interface Rearranged {
  readonly subscribers?: readonly (Placed & { readonly subscriberId: string })[]
  readonly units?: readonly { readonly from: string; readonly to: string }[]
}

/**
 * Rows follow their subscribers to whoever answers for them now: `withinScope` asks these columns who may see a row. The table
 * carries `subscriber_id`, `manager_id` and `node_path`.
 */
export async function followPlaces<Tables>(
  db: Kysely<Tables>,
  table: string,
  { subscribers = [], units = [] }: Rearranged,
): Promise<void> {
  if (subscribers.length > 0) {
    await sql`
      update ${sql.table(table)} as held set manager_id = moved.manager_id, node_path = moved.node_path
      from unnest(${subscribers.map(s => s.subscriberId)}::text[], ${subscribers.map(s => s.managerId)}::text[],
        ${subscribers.map(s => s.nodePath)}::text[]) as moved (subscriber_id, manager_id, node_path)
      where held.subscriber_id = moved.subscriber_id`.execute(db)
  }
  if (units.length > 0) {
    await sql`
      update ${sql.table(table)} as held set node_path = moved.path
      from unnest(${units.map(u => u.from)}::text[], ${units.map(u => u.to)}::text[]) as moved (was, path)
      where held.node_path collate "C" = moved.was`.execute(db)
  }
}
