export {
  addCampaign,
  type CampaignQuery,
  campaignById,
  listCampaigns,
  type MoveOrder,
  moveCampaign,
  replan,
  runningCampaigns,
} from './book.ts'
export { type Campaign, sourceOf } from './campaign.ts'
export { freezeMembers, type Member, memberCounts, membersOf } from './members.ts'
export { smsSize } from './message.ts'
export { type CampaignMove, type CampaignState, campaignMoves, campaignStates, movesFrom } from './moves.ts'
export { daysOfPlan, type Known, type Plan, planFaults, planShape, waveAt, wavesDue } from './plan.ts'
export { frozenFaults } from './smaller.ts'
export type { Target } from './target.ts'
