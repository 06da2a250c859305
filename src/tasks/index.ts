export { approachedBy, figuresOfSource } from './by-source.ts'
export {
  type Arm,
  decidedArms,
  decidedBefore,
  decisionCounts,
  smsToSend,
  subscribersInHand,
  taskCounts,
} from './decided.ts'
export { followTasks } from './follow.ts'
export { listTasks, type TaskQuery, taskById } from './list.ts'
export { mayMove, moves } from './moves.ts'
export { leavingReasons, outcomes, reasonOrigins } from './outcomes.ts'
export { type DecidedProposal, replaceDay } from './replace-day.ts'
export { taskChannels, taskStates } from './states.ts'
export type { Task, TaskDraft } from './task.ts'
export { claimTask, dropTask, expireTasks, moveMany, recordOutcome } from './work.ts'
