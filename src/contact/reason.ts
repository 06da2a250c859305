import { type Fen, yuan } from '#kernel'
import type { ContactPolicy } from './policy.ts'
import type { ContactChannel, Words } from './words.ts'

/** Why a contact was not made, or not yet. Kept with the attempt; codes are never reused for another meaning. */
export interface Reason extends Words {
  readonly code: string
}

function reason(code: string, en: string, zh: string): Reason {
  return { code: `contact.${code}`, en, zh }
}

export const optedOut = reason('opted-out', 'the subscriber does not want to be contacted', '用户已拒绝接收')
export const noNumber = reason('no-number', 'no number is known for the subscriber', '没有该用户的号码')
export const numberChanged = reason(
  'number-changed',
  'the number has changed since the morning',
  '号码已变更',
)
export const contactedToday = reason(
  'contacted-today',
  'the subscriber was already contacted today',
  '今日已触达过该用户',
)
export const ruleNoLonger = reason(
  'rule-no-longer-holds',
  'on what is known now, the rule no longer holds',
  '按最新情况，规则条件已不成立',
)
export const sourceUnreachable = reason(
  'source-unreachable',
  'what is known now could not be asked for: tried again later',
  '暂时无法取得最新情况：稍后重试',
)
export const channelUnreachable = reason(
  'channel-unreachable',
  'the channel cannot be reached, nothing left: tried again later',
  '渠道暂不可用，消息未发出：稍后重试',
)
export const inDoubt = reason(
  'in-doubt',
  'it may or may not have left: only a receipt can tell, it is not sent again',
  '是否发出不明：等待回执确认，不再自动重发',
)
export const undelivered = reason('undelivered', 'the network could not deliver it', '网络未能送达')

export function lineStatus(status: string): Reason {
  return reason('line-status', `the line is ${status} now`, `线路当前状态为 ${status}`)
}

export function recharged(amountFen: number): Reason {
  const amount = yuan(amountFen as Fen)
  return reason('recharged', `recharged ${amount} since the morning`, `清单生成后已充值 ${amount}`)
}

export function capReached(policy: ContactPolicy, kind: ContactChannel | 'overall'): Reason {
  const { per7DaysMax, per30DaysMax } = policy.caps[kind]
  const channel = {
    call: { en: 'by call', zh: '外呼' },
    sms: { en: 'by SMS', zh: '短信' },
    overall: { en: 'in all', zh: '全部渠道合计' },
  }[kind]
  return reason(
    `cap-${kind}`,
    `contacted as often as allowed ${channel.en}: ${per7DaysMax} in 7 days, ${per30DaysMax} in 30`,
    `${channel.zh}触达已达上限：7 天 ${per7DaysMax} 次、30 天 ${per30DaysMax} 次`,
  )
}

export function quietHours(from: string, to: string): Reason {
  return reason('quiet-hours', `nobody is contacted from ${from} to ${to}`, `${from} 至 ${to} 为免打扰时段`)
}

export function rejected(en: string, zh: string): Reason {
  return reason('rejected', `the channel refused it: ${en}`, `渠道拒绝：${zh}`)
}
