import { decideApproval, listApprovals, showApproval, staffActing, staffAsking } from './decide.ts'

/** What people do with requests that need a second person. */
export const approvalDesk = {
  list: listApprovals,
  show: showApproval,
  decide: decideApproval,
  acting: staffActing,
  asking: staffAsking,
} as const
