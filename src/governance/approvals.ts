import { approve, askApproval, cancelApproval, expireApprovals, reject, stateAt } from './approval.ts'
import { approvalById, listApprovals } from './approval-list.ts'
import { approvalLevels, approvalStates } from './approval-row.ts'

/** The one mechanism for whatever needs a second person. A kind says what to do when approved, and when not. */
export const approvals = {
  levels: approvalLevels,
  states: approvalStates,
  stateAt,
  ask: askApproval,
  approve,
  reject,
  cancel: cancelApproval,
  expire: expireApprovals,
  list: listApprovals,
  byId: approvalById,
} as const
