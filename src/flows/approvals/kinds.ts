import type { Application } from '../application.ts'
import { campaignApproval } from '../campaigns/submit.ts'
import { exportApproval } from '../exports/approval.ts'
import { listApproval } from '../lists/decide.ts'
import { ruleApproval } from '../rules/approval.ts'
import { mapApproval } from '../segments/map-approval.ts'
import type { Kind } from './kind.ts'

/** Everything that may need a second person. A policy is one more line here. */
export function approvalKinds(application: Application): Readonly<Record<string, Kind>> {
  return {
    export: exportApproval(application),
    campaign: campaignApproval(),
    list: listApproval(application),
    rule: ruleApproval(),
    map: mapApproval(),
  }
}
