import type { ColumnType, Generated } from 'kysely'
import type { DeskDb } from '#desk'

type Tables = {
  governance_setting: { id: string; value: number; changed_by: string | null; changed_at: Date }
  governance_approval: {
    id: Generated<number>
    kind: string
    subject: string
    title: ColumnType<unknown, string, never>
    changes: ColumnType<unknown, string, never>
    payload: ColumnType<unknown, string, never>
    reason: string
    size: number
    level: 'supervisor' | 'administrator'
    maker_id: string
    node_path: string
    made_at: Date
    expires_at: Date
    state: 'waiting' | 'approved' | 'rejected' | 'cancelled' | 'expired'
    decided_by: ColumnType<string | null, never, string>
    decided_at: ColumnType<Date | null, never, Date>
    comment: ColumnType<string | null, never, string>
  }
}

export function approvalTables(db: DeskDb): DeskDb<Tables> {
  return db.withTables<Tables>()
}
