export {
  exportWarnings,
  keepPlans,
  lastLook,
  type PlanDay,
  plansLookedAt,
  type WarningFeedRow,
  warningCounts,
  warningRulesOn,
  warningsOf,
  warningsOn,
} from './book.ts'
export { type LifeSpan, type LifeState, lifeAfter, type WarningLife } from './life.ts'
export { exportLives, type LifeFeedRow } from './life-feed.ts'
export {
  type LifeCount,
  type LifeQuery,
  livesBefore,
  livesOf,
  livesOn,
  type PlanLife,
  replaceLives,
} from './lives.ts'
export {
  isLookedAt,
  levelOf,
  type PlanSignal,
  readWarningPlans,
  ruleOf,
  type WarningLevel,
  type WarningPlan,
} from './plan.ts'
export { raiseWarnings, type WarningCounts, type WarningRun } from './raise.ts'
export { type Signal, signalReason, type Warning, type WarningRule } from './warning.ts'
