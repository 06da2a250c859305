export { compileFactors, type FactorCatalogue, readFactors } from './catalogue.ts'
export {
  compiledCatalogue,
  explainFactor,
  explainValue,
  type FactorExplained,
  type ValueExplained,
} from './explain.ts'
export type { Factor, FactorType, Words } from './factor.ts'
export { type FactorHistory, factorHistory } from './history.ts'
export type { OffFactor } from './off.ts'
export { assessFactors, factorStatistics, factorVerdicts } from './quality.ts'
export { type Reconciliation, type ReconciliationSpan, reconcileFactors } from './quality-reconcile.ts'
export type { FactorStatistics } from './quality-statistics.ts'
export type { FactorVerdict } from './quality-verdict.ts'
export { lastRestatement, type Restatement, restateFactors } from './restate.ts'
export { type FactorsOptions, type FactorsRun, runFactors } from './run.ts'
export type { SourceRows } from './source-rows.ts'
export { factorDays, factorsOff, factorTable } from './table.ts'
export { dropVectors, writeVectors } from './vector-write.ts'
export { type FactorVectors, openVectors } from './vectors.ts'
