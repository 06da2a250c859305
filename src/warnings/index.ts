export {
  exportWarnings,
  type WarningFeedRow,
  warningCounts,
  warningRulesOn,
  warningsOf,
  warningsOn,
} from './book.ts'
export { type LifeSpan, type LifeState, lifeAfter, type WarningLife } from './life.ts'
export { type LifeCount, type LifeQuery, lifeOf, livesBefore, livesOn, replaceLives } from './lives.ts'
export { levelOf, readWarningPlans, type WarningLevel, type WarningPlan } from './plan.ts'
export { raiseWarnings, type WarningCounts, type WarningRun } from './raise.ts'
export { type Signal, signalReason, type Warning, type WarningRule } from './warning.ts'
