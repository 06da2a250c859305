import type { DeskDb } from '#desk'
import type { PlainDate, RowScope } from '#kernel'
import type { Staff } from './staff.ts'
import { governance } from './tables.ts'

/** Whose rows a member of staff sees on a day: account managers their own and those they stand in for, others their branch. */
export async function scopeOf(db: DeskDb, staff: Staff, day: PlainDate): Promise<RowScope> {
  if (!staff.roles.includes('account_manager')) return { kind: 'branch', nodePath: staff.unit.path }
  const stoodInFor = await governance(db)
    .selectFrom('governance_stand_in')
    .select('manager_id')
    .distinct()
    .where('stand_in_id', '=', staff.id)
    .where('from_day', '<=', day)
    .where('to_day', '>', day)
    .orderBy('manager_id')
    .execute()
  return { kind: 'own', managerIds: [staff.id, ...stoodInFor.map(row => row.manager_id)] }
}

/** Days `[from, to)` on which one account manager's subscribers are also another's. */
export interface StandIn {
  readonly managerId: string
  readonly standInId: string
  readonly from: PlainDate
  readonly to: PlainDate
}

export async function standIn(db: DeskDb, period: StandIn): Promise<void> {
  await governance(db)
    .insertInto('governance_stand_in')
    .values({
      manager_id: period.managerId,
      stand_in_id: period.standInId,
      from_day: period.from,
      to_day: period.to,
    })
    .onConflict(conflict =>
      conflict.columns(['manager_id', 'stand_in_id', 'from_day']).doUpdateSet({ to_day: period.to }),
    )
    .execute()
}
