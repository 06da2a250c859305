import type { Cap, Limits } from './proposal.ts'

/** Why a proposal was answered as it was. Counted, shown and kept: codes are never reused for another meaning. */
export type ReasonCode =
  | 'most-valuable'
  | 'control-universal'
  | 'control-rule'
  | 'opted-out'
  | 'open-complaint'
  | 'open-fault'
  | 'past-deadline'
  | 'not-worth-its-cost'
  | 'task-in-hand'
  | 'cap-channel'
  | 'cap-overall'
  | 'no-manager'
  | 'manager-hours'
  | 'channel-rate'
  | 'source-limit'
  | 'another-chosen'

export interface Reason {
  readonly code: ReasonCode
  readonly en: string
  readonly zh: string
}

/** Every reason as a sentence, with the caps in force. */
export function reasons({ caps: { call, sms, overall } }: Limits): Readonly<Record<ReasonCode, Reason>> {
  const calls = inWords(call)
  const texts = inWords(sms)
  const all = inWords(overall)
  return {
    ...fixed,
    'cap-channel': {
      code: 'cap-channel',
      en: `contacted often enough through this channel (calls ${calls.en}; SMS ${texts.en})`,
      zh: `该渠道触达次数已达上限（外呼：${calls.zh}；短信：${texts.zh}）`,
    },
    'cap-overall': {
      code: 'cap-overall',
      en: `contacted often enough (${all.en})`,
      zh: `触达总次数已达上限（${all.zh}）`,
    },
  }
}

function inWords(cap: Cap): { en: string; zh: string } {
  return {
    en: `at most ${cap.per7DaysMax} in 7 days, ${cap.per30DaysMax} in 30`,
    zh: `7 天 ${cap.per7DaysMax} 次、30 天 ${cap.per30DaysMax} 次`,
  }
}

function reason(code: ReasonCode, en: string, zh: string): Reason {
  return { code, en, zh }
}

const fixed = {
  'most-valuable': reason(
    'most-valuable',
    'the most valuable proposal for this subscriber',
    '对该用户价值最高的建议',
  ),
  'control-universal': reason(
    'control-universal',
    'kept aside: in the universal control group',
    '保留不触达：属于全局对照组',
  ),
  'control-rule': reason(
    'control-rule',
    'kept aside: in the control group of the rule',
    '保留不触达：属于该规则的对照组',
  ),
  'opted-out': reason('opted-out', 'the subscriber does not want this channel', '用户已拒收该渠道'),
  'open-complaint': reason(
    'open-complaint',
    'nothing is sold while a complaint is open',
    '有未结投诉，暂不营销',
  ),
  'open-fault': reason('open-fault', 'nothing is sold while a fault is open', '有未修复故障，暂不营销'),
  'past-deadline': reason('past-deadline', 'its last day has passed', '已过最后期限'),
  'not-worth-its-cost': reason(
    'not-worth-its-cost',
    'it costs more than it is expected to bring',
    '成本高于预期收益',
  ),
  'task-in-hand': reason(
    'task-in-hand',
    'a task for this subscriber is already open',
    '该用户已有未完成的任务',
  ),
  'no-manager': reason('no-manager', 'no account manager answers for the subscriber', '该用户没有客户经理'),
  'manager-hours': reason(
    'manager-hours',
    'the account manager’s time went to more valuable proposals',
    '客户经理的工时已分配给价值更高的建议',
  ),
  'channel-rate': reason(
    'channel-rate',
    'the channel’s capacity went to more valuable proposals',
    '渠道容量已分配给价值更高的建议',
  ),
  'source-limit': reason(
    'source-limit',
    'what the campaign may reach or spend today went to more valuable proposals',
    '活动当日的触达上限或预算已用于价值更高的建议',
  ),
  'another-chosen': reason(
    'another-chosen',
    'another proposal for the same subscriber was chosen',
    '该用户已选用另一条建议',
  ),
} as const satisfies Partial<Record<ReasonCode, Reason>>
