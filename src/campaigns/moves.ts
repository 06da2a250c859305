import { err, type Fault, ok, type Result } from '#kernel'
import { illegalMove } from './faults.ts'
import type { Words } from './words.ts'

export const campaignStates = {
  draft: { zh: '草稿', en: 'a draft' },
  waiting: { zh: '待审批', en: 'waiting for approval' },
  ready: { zh: '待启动', en: 'approved' },
  running: { zh: '进行中', en: 'running' },
  paused: { zh: '已暂停', en: 'paused' },
  closed: { zh: '已结束', en: 'closed' },
} as const satisfies Record<string, Words>
export type CampaignState = keyof typeof campaignStates

interface Move {
  readonly title: Words
  readonly from: readonly CampaignState[]
  readonly to: CampaignState
}

/** Every legal move. The API refuses and buttons grey out by this table. What waits for a decision is taken back there. */
export const campaignMoves = {
  submit: { title: { zh: '提交审批', en: 'submitted' }, from: ['draft'], to: 'waiting' },
  approve: { title: { zh: '通过', en: 'approved' }, from: ['waiting'], to: 'ready' },
  withdraw: { title: { zh: '退回草稿', en: 'made a draft again' }, from: ['waiting', 'ready'], to: 'draft' },
  launch: { title: { zh: '启动', en: 'launched' }, from: ['ready'], to: 'running' },
  pause: { title: { zh: '暂停', en: 'paused' }, from: ['running'], to: 'paused' },
  resume: { title: { zh: '恢复', en: 'resumed' }, from: ['paused'], to: 'running' },
  close: {
    title: { zh: '结束', en: 'closed' },
    from: ['draft', 'ready', 'running', 'paused'],
    to: 'closed',
  },
} as const satisfies Record<string, Move>
export type CampaignMove = keyof typeof campaignMoves

/** The state a move leads to, or why it may not be made. */
export function moved(state: CampaignState, move: CampaignMove): Result<CampaignState, Fault> {
  const { from, to, title }: Move = campaignMoves[move]
  return from.includes(state) ? ok(to) : err(illegalMove(title, campaignStates[state]))
}

/** What may be done now, in the order of the table. */
export function movesFrom(state: CampaignState): readonly CampaignMove[] {
  return (Object.keys(campaignMoves) as CampaignMove[]).filter(m =>
    (campaignMoves[m] as Move).from.includes(state),
  )
}
