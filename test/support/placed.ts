import type { Application } from '#flows'
import type { Placed, PlainDate } from '#kernel'
import { addDays } from '#kernel'
import { coverage, parquet, pieceFiles, pieces, sql } from '#warehouse'

/** Who answers for whom on a morning, as the shelf has it. */
export async function tableOf(
  { shelf, warehouse }: Application,
  day: PlainDate,
): Promise<readonly (Placed & { readonly subscriberId: string })[]> {
  const read = async (dataset: string) => {
    const [found] = coverage(await pieces(shelf, dataset), { from: day, to: addDays(day, 1) })
    if (found === undefined) throw new Error(`no ${dataset} of ${day}`)
    return parquet(pieceFiles(shelf, found.piece))
  }
  return (await warehouse()).rows(
    sql`SELECT f.subscriber_id AS "subscriberId", p.manager_id AS "managerId", p.node_path AS "nodePath"
      FROM ${await read('factor')} AS f JOIN ${await read('placed')} AS p ON p.sub = f.sub ORDER BY f.subscriber_id`,
  )
}
