import type { Words } from './words.ts'

export const taskStates = {
  open: { zh: '待处理', en: 'open' },
  claimed: { zh: '处理中', en: 'in hand' },
  done: { zh: '已完成', en: 'done' },
  dropped: { zh: '已放弃', en: 'dropped' },
  expired: { zh: '已过期', en: 'expired' },
  sending: { zh: '发送中', en: 'being sent' },
  sent: { zh: '已发送', en: 'sent' },
  refused: { zh: '未发送', en: 'not sent' },
  in_doubt: { zh: '待确认', en: 'in doubt' },
  failed: { zh: '发送失败', en: 'failed' },
} as const satisfies Record<string, Words>
export type TaskState = keyof typeof taskStates

export const taskChannels = {
  call: { zh: '外呼', en: 'call' },
  sms: { zh: '短信', en: 'SMS' },
} as const satisfies Record<string, Words>
export type TaskChannel = keyof typeof taskChannels
