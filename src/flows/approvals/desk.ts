import { decideApproval, listApprovals, showApproval, staffActing } from './decide.ts'

/** What people do with requests that need a second person. */
export const approvalDesk = {
  list: listApprovals,
  show: showApproval,
  decide: decideApproval,
  acting: staffActing,
} as const
