import type { Generated } from 'kysely'
import type { DeskDb } from '#desk'
import type { PlainDate } from '#kernel'

export const listStates = {
  draft: { zh: '草稿', en: 'draft' },
  waiting: { zh: '待审批', en: 'waits for a decision' },
  approved: { zh: '已批准', en: 'approved' },
  refused: { zh: '未获批准', en: 'not approved' },
  cancelled: { zh: '已取消', en: 'cancelled' },
  stopped: { zh: '已停止', en: 'stopped' },
} as const
export type ListState = keyof typeof listStates

export const lineStates = {
  kept: { zh: '保留', en: 'kept' },
  added: { zh: '新增', en: 'added' },
  removed: { zh: '剔除', en: 'removed' },
} as const
export type LineState = keyof typeof lineStates

type Tables = {
  list_list: {
    id: Generated<number>
    title: string
    reason: string
    action: string | null
    days: number
    control_percent: number
    rule_id: string | null
    rule_day: PlainDate | null
    /** Who made it: it is theirs, and of those whose branch their unit lies in. */
    manager_id: string
    node_path: string
    state: ListState
    approval_id: number | null
    /** The first morning that may work it. */
    first_day: PlainDate | null
    made_at: Date
    changed_at: Date
  }
  list_line: { list_id: number; subscriber_id: string; line: number; state: LineState; reason: string }
  list_fault: {
    list_id: number
    line: number
    column_name: string | null
    code: string
    zh: string
    en: string
  }
}

export function listTables(db: DeskDb): DeskDb<Tables> {
  return db.withTables<Tables>()
}
