import type { Fault, PlainDate, RowScope } from '#kernel'
import { countsOf, type ListRow, listById, listsForCampaigns, whyNotForCampaign } from '#lists'
import type { Application } from '../application.ts'

/** The list that is a target, how many are on it, and why no campaign may begin with it; undefined: one may. */
export interface ListTarget {
  readonly list: ListRow | undefined
  readonly people: number
  readonly fault: Fault | undefined
}

/** A list as a target of plans made within a scope: one outside it is the same as none. */
export async function listTarget(
  { desk }: Application,
  scope: RowScope,
  id: number,
  day: PlainDate,
): Promise<ListTarget> {
  const [list, counts] = await Promise.all([listById(desk.db, scope, id), countsOf(desk.db, [id])])
  const { kept = 0, added = 0 } = counts.get(id) ?? {}
  const people = kept + added
  return { list, people, fault: whyNotForCampaign({ list, people, day }) }
}

/** The lists that a campaign planned within a scope may be for on a day. */
export async function listChoices({ desk }: Application, scope: RowScope, day: PlainDate) {
  const lists = await listsForCampaigns(desk.db, scope, day)
  const counts = await countsOf(
    desk.db,
    lists.map(list => list.id),
  )
  return lists.map(({ id, title }) => {
    const { kept = 0, added = 0 } = counts.get(id) ?? {}
    return { id, title, people: kept + added }
  })
}
