import type { Application } from '../application.ts'
import { campaignApproval } from '../campaigns/submit.ts'
import { exportApproval } from '../exports/approval.ts'
import { listApproval } from '../lists/decide.ts'
import type { Kind } from './kind.ts'

/** Everything that may need a second person. A rule, a policy or a campaign is one more line here. */
export function approvalKinds(application: Application): Readonly<Record<string, Kind>> {
  return {
    export: exportApproval(application),
    campaign: campaignApproval(),
    list: listApproval(application),
  }
}
