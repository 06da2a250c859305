export {
  exportWarnings,
  type WarningFeedRow,
  warningCounts,
  warningRulesOn,
  warningsOf,
  warningsOn,
} from './book.ts'
export { levelOf, readWarningPlans, type WarningLevel, type WarningPlan } from './plan.ts'
export { raiseWarnings, type WarningCounts, type WarningRun } from './raise.ts'
export { type Signal, signalReason, type Warning, type WarningRule } from './warning.ts'
