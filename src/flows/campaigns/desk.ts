import { addPlan, changePlan, checkPlan } from './draft.ts'
import { dryRun } from './dry-run.ts'
import { planIn } from './plan-file.ts'
import { closeCampaign, launchCampaign, pauseCampaign, resumeCampaign } from './run.ts'
import { campaignChoices, listPlans, showCampaign } from './show.ts'
import { submitCampaign } from './submit.ts'
import { testSend } from './test-send.ts'

/** What people do with campaigns. */
export const campaignDesk = {
  choices: campaignChoices,
  list: listPlans,
  show: showCampaign,
  planIn,
  check: checkPlan,
  add: addPlan,
  change: changePlan,
  submit: submitCampaign,
  dryRun,
  testSend,
  launch: launchCampaign,
  pause: pauseCampaign,
  resume: resumeCampaign,
  close: closeCampaign,
} as const
