export type { Campaign, CampaignCheck, CampaignChoices, CampaignPlan, CampaignReport } from './campaigns.ts'
export type { CareCalendar } from './care.ts'
export type { Effect, EffectVerdict } from './effects.ts'
export { type Body, endpoints, pathParts, type Query, type Reply } from './endpoints.ts'
export type { Night, RunState, Verdict } from './nights.ts'
export { isUpload, type PathParts, pathTo, type RouteId, routes, type UploadId, uploads } from './routes.ts'
export type { Rule, RuleState } from './rules.ts'
export type { SegmentMap, SegmentMoves, TriedMap } from './segments.ts'
export type { FactorHistory, Subscriber } from './subscribers.ts'
export type { Tag, TagRow } from './tags.ts'
export type { TaskRow } from './tasks.ts'
export type { WarningPage } from './warnings.ts'
export {
  type Coded,
  type FactorValue,
  fault,
  type Level,
  type ValuedFactor,
  type WireFault,
  type Words,
} from './words.ts'
