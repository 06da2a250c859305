import { type DeskDb, withinScope } from '#desk'
import { addDays, err, type Fault, ok, type PlainDate, type Result, type RowScope } from '#kernel'
import { staffNowhere, standInSelf, standInSpan } from './organisation-faults.ts'
import { governance } from './tables.ts'

const daysMax = 366

/** Days `[from, to)` on which one member of staff fills another's post beside their own. */
export interface StandIn {
  /** Who is away. */
  readonly forId: string
  /** Who stands in. */
  readonly byId: string
  readonly from: PlainDate
  readonly to: PlainDate
}

/** Begins or changes a stand-in: the same two from the same day are one. Faults stand-in.self, stand-in.span, staff.unknown. */
export async function standIn(db: DeskDb, period: StandIn): Promise<Result<true, Fault>> {
  const { forId, byId, from, to } = period
  if (forId === byId) return err(standInSelf())
  if (from >= to || to > addDays(from, daysMax)) return err(standInSpan())
  const tables = governance(db)
  const known = await tables
    .selectFrom('governance_staff')
    .select('id')
    .where('id', 'in', [forId, byId])
    .where('is_active', '=', true)
    .execute()
  if (known.length < 2) return err(staffNowhere())
  await tables
    .insertInto('governance_stand_in')
    .values({ manager_id: forId, stand_in_id: byId, from_day: from, to_day: to })
    .onConflict(conflict =>
      conflict.columns(['manager_id', 'stand_in_id', 'from_day']).doUpdateSet({ to_day: to }),
    )
    .execute()
  return ok(true)
}

/** Ends a stand-in with the given day: what was stays in the history, what has not begun goes. False when there is none. */
export async function endStandIn(
  db: DeskDb,
  { forId, byId, from }: Omit<StandIn, 'to'>,
  day: PlainDate,
): Promise<boolean> {
  const tables = governance(db)
  if (from >= day) {
    const gone = await tables
      .deleteFrom('governance_stand_in')
      .where('manager_id', '=', forId)
      .where('stand_in_id', '=', byId)
      .where('from_day', '=', from)
      .executeTakeFirst()
    return gone.numDeletedRows > 0n
  }
  const ended = await tables
    .updateTable('governance_stand_in')
    .set({ to_day: day })
    .where('manager_id', '=', forId)
    .where('stand_in_id', '=', byId)
    .where('from_day', '=', from)
    .where('to_day', '>', day)
    .executeTakeFirst()
  return ended.numUpdatedRows > 0n
}

export interface ShownStandIn extends StandIn {
  readonly forName: { readonly zh: string; readonly en: string }
  readonly byName: { readonly zh: string; readonly en: string }
}

/** Stand-ins that run on the day or later, for staff within the scope. */
export async function listStandIns(
  db: DeskDb,
  scope: RowScope,
  day: PlainDate,
): Promise<readonly ShownStandIn[]> {
  const rows = await governance(db)
    .selectFrom('governance_stand_in as period')
    .innerJoin('governance_staff as away', 'away.id', 'period.manager_id')
    .innerJoin('governance_staff as present', 'present.id', 'period.stand_in_id')
    .innerJoin('governance_staff_placed as placed', 'placed.staff_id', 'away.id')
    .where(withinScope(scope, 'placed'))
    .where('period.to_day', '>', day)
    .select([
      'period.manager_id as for_id',
      'period.stand_in_id as by_id',
      'period.from_day',
      'period.to_day',
      'away.name_zh as for_zh',
      'away.name_en as for_en',
      'present.name_zh as by_zh',
      'present.name_en as by_en',
    ])
    .orderBy('period.from_day')
    .orderBy('period.manager_id')
    .orderBy('period.stand_in_id')
    .execute()
  return rows.map(row => ({
    forId: row.for_id,
    byId: row.by_id,
    from: row.from_day,
    to: row.to_day,
    forName: { zh: row.for_zh, en: row.for_en },
    byName: { zh: row.by_zh, en: row.by_en },
  }))
}
