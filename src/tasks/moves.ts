import { err, type Fault, ok, type Result } from '#kernel'
import { alreadyClaimed, moveIllegal, wrongChannel } from './faults.ts'
import { type TaskChannel, type TaskState, taskChannels, taskStates } from './states.ts'
import type { Person, Words } from './words.ts'

interface Move {
  readonly title: Words
  readonly channels: readonly TaskChannel[]
  readonly from: readonly TaskState[]
  readonly to: TaskState
}

/** Every legal move. The API refuses, buttons grey out and the docs draw the diagram from this table. */
export const moves = {
  claim: { title: { zh: '领取', en: 'claimed' }, channels: ['call'], from: ['open'], to: 'claimed' },
  release: { title: { zh: '退回', en: 'given back' }, channels: ['call'], from: ['claimed'], to: 'open' },
  outcome: {
    title: { zh: '登记结果', en: 'completed' },
    channels: ['call'],
    from: ['open', 'claimed'],
    to: 'done',
  },
  drop: {
    title: { zh: '放弃', en: 'dropped' },
    channels: ['call', 'sms'],
    from: ['open', 'claimed'],
    to: 'dropped',
  },
  expire: {
    title: { zh: '过期', en: 'expired' },
    channels: ['call', 'sms'],
    from: ['open', 'claimed'],
    to: 'expired',
  },
  send: { title: { zh: '发送', en: 'sent' }, channels: ['sms'], from: ['open'], to: 'sending' },
  sent: {
    title: { zh: '发出', en: 'handed over' },
    channels: ['sms'],
    from: ['sending', 'in_doubt'],
    to: 'sent',
  },
  refuse: {
    title: { zh: '不予发送', en: 'refused' },
    channels: ['sms'],
    from: ['open', 'sending'],
    to: 'refused',
  },
  retry: { title: { zh: '稍后重试', en: 'put back' }, channels: ['sms'], from: ['sending'], to: 'open' },
  doubt: { title: { zh: '存疑', en: 'put in doubt' }, channels: ['sms'], from: ['sending'], to: 'in_doubt' },
  fail: {
    title: { zh: '失败', en: 'failed' },
    channels: ['sms'],
    from: ['sending', 'in_doubt', 'sent'],
    to: 'failed',
  },
} as const satisfies Record<string, Move>
export type TaskMove = keyof typeof moves

export interface Movable {
  readonly state: TaskState
  readonly channel: TaskChannel
  readonly assignee: Person | null
}

/** Whether this member of staff may make the move now; the fault says why not. */
export function mayMove(task: Movable, move: TaskMove, by: string | null): Result<TaskState, Fault> {
  const rule: Move = moves[move]
  if (!rule.channels.includes(task.channel)) return err(wrongChannel(rule.title, taskChannels[task.channel]))
  if (task.assignee !== null && by !== null && task.assignee.id !== by && task.state === 'claimed') {
    return err(alreadyClaimed(task.assignee.name))
  }
  if (!rule.from.includes(task.state)) return err(moveIllegal(rule.title, taskStates[task.state]))
  return ok(rule.to)
}
