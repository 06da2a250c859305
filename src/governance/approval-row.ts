import type { Permission } from './roles.ts'

interface Words {
  readonly zh: string
  readonly en: string
}

/** Who has to decide, by size; each level's permission. */
export const approvalLevels = {
  supervisor: { zh: '主管', en: 'supervisor', permission: 'approval.decide' },
  administrator: { zh: '管理员', en: 'administrator', permission: 'approval.decide-large' },
} as const satisfies Record<string, Words & { readonly permission: Permission }>
export type ApprovalLevel = keyof typeof approvalLevels

export const approvalStates = {
  waiting: { zh: '待审批', en: 'waiting' },
  approved: { zh: '已通过', en: 'approved' },
  rejected: { zh: '已驳回', en: 'rejected' },
  cancelled: { zh: '已撤回', en: 'taken back' },
  expired: { zh: '已过期', en: 'expired' },
} as const satisfies Record<string, Words>
export type ApprovalState = keyof typeof approvalStates

/** One line of a change as people read it; null: not there. */
export interface ReadableChange {
  readonly field: Words
  readonly before: Words | null
  readonly after: Words | null
}

export interface Approval {
  readonly id: number
  readonly kind: string
  readonly subject: string
  readonly title: Words
  readonly changes: readonly ReadableChange[]
  readonly payload: unknown
  readonly reason: string
  readonly size: number
  readonly level: ApprovalLevel
  readonly makerId: string
  readonly nodePath: string
  readonly madeAt: Date
  readonly expiresAt: Date
  readonly state: ApprovalState
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
  readonly comment: string | null
}

interface ApprovalRow {
  readonly id: number
  readonly kind: string
  readonly subject: string
  readonly title: unknown
  readonly changes: unknown
  readonly payload: unknown
  readonly reason: string
  readonly size: number
  readonly level: ApprovalLevel
  readonly maker_id: string
  readonly node_path: string
  readonly made_at: Date
  readonly expires_at: Date
  readonly state: ApprovalState
  readonly decided_by: string | null
  readonly decided_at: Date | null
  readonly comment: string | null
}

export function toApproval(row: ApprovalRow): Approval {
  const { id, kind, subject, payload, reason, size, level, state, comment } = row
  return {
    id,
    kind,
    subject,
    title: row.title as Words,
    changes: row.changes as readonly ReadableChange[],
    payload,
    reason,
    size,
    level,
    makerId: row.maker_id,
    nodePath: row.node_path,
    madeAt: row.made_at,
    expiresAt: row.expires_at,
    state,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    comment,
  }
}
