import { digest } from '#kernel'
import type { Words } from './words.ts'

export const attemptStates = {
  prepared: { zh: '待发出', en: 'prepared' },
  handed_over: { zh: '已发出', en: 'handed over' },
  delivered: { zh: '已送达', en: 'delivered' },
  failed: { zh: '未送达', en: 'not delivered' },
  in_doubt: { zh: '待确认', en: 'in doubt' },
  refused: { zh: '未发送', en: 'not sent' },
  called: { zh: '已外呼', en: 'called' },
} as const satisfies Record<string, Words>
export type AttemptState = keyof typeof attemptStates

/**
 * What each piece of news may replace. News comes late, twice and in any order; the state only ever rises:
 * prepared → in doubt → handed over → failed → delivered. What was refused or called stays so.
 */
export const replaces: Readonly<
  Record<'in_doubt' | 'handed_over' | 'failed' | 'delivered', readonly AttemptState[]>
> = {
  in_doubt: ['prepared'],
  handed_over: ['prepared', 'in_doubt'],
  failed: ['prepared', 'in_doubt', 'handed_over'],
  delivered: ['prepared', 'in_doubt', 'handed_over', 'failed'],
}

/** States in which the subscriber was, or may have been, contacted: these count towards the caps. */
export const contactedStates: readonly AttemptState[] = [
  'prepared',
  'handed_over',
  'delivered',
  'in_doubt',
  'called',
]

/** A task is attempted once: its id is the attempt's. */
export function attemptId(taskId: string): string {
  return `contact_${digest(taskId).slice(0, 24)}`
}

/** The answer to a reply is a message of its own. */
export function confirmationId(replyId: string): string {
  return `contact_${digest('confirmation', replyId).slice(0, 24)}`
}
