export { type Application, type ApplicationOptions, openApplication } from './application.ts'
export { decideApproval, listApprovals, showApproval, staffActing } from './approvals/decide.ts'
export { type Asker, askerFrom, asking, businessDay, freshness } from './asker.ts'
export { exportAudit, sealAudit, sealable, verifyAudit, verifyAuditFile } from './audit/chain.ts'
export { type Looker, type LookQuery, lookIntoAudit } from './audit/look.ts'
export { readCatalogue } from './catalogue.ts'
export { type LivedDay, type LiveOrder, liveOn } from './demo/live.ts'
export { workTheDay } from './demo/staff-day.ts'
export { asOnlyServer, demoPassword, type Founded, foundDemo } from './demo/start.ts'
export {
  askExport,
  cancelExport,
  type Download,
  downloadExport,
  listExports,
  showExport,
} from './exports/ask.ts'
export { exportsMade } from './exports/make.ts'
export { type Loaded, loadFeeds } from './feeds.ts'
export { type NightReport, runNight } from './night/night.ts'
export { stopNight } from './night/stop.ts'
export { effects, effectsAt } from './view/effects.ts'
export { factorHistoryFor, showFactorHistory } from './view/factor-history.ts'
export { explainFactorFor, listFactors } from './view/factors.ts'
export { findSubscribers } from './view/find.ts'
export { feedReport, listNights, showNight } from './view/nights.ts'
export { listOutbox } from './view/outbox.ts'
export { factorQuality, reconcileOn } from './view/quality.ts'
export { restatementOf } from './view/restate.ts'
export { countRulesOn, explainRuleFor, listRules, showRule } from './view/rules.ts'
export { showSubscriber } from './view/subscriber.ts'
export { unmaskChoices, unmaskValue } from './view/unmask.ts'
export { type UsedBy, whatUses } from './what-uses.ts'
export { listTasksOf } from './work/list-of.ts'
export { sendAllDue, sendTask } from './work/send.ts'
export { claimTask, dropTask, listTasks, outcomeChoices, recordOutcome, showTask } from './work/tasks.ts'
export { tellReceipt, tellRecharge, tellReply } from './work/tell.ts'
export { simulateCarrier } from './world.ts'
