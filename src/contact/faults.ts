import type { Fault } from '#kernel'
import type { Words } from './words.ts'

export function rechargeDiffers(id: string): Fault<'recharge.differs'> {
  return {
    code: 'recharge.differs',
    en: `recharge ${id} was told before with another subscriber, amount or time`,
    zh: `充值 ${id} 此前已上报，但用户、金额或时间不一致`,
  }
}

export function channelUnreachable(): Fault<'channel.unreachable'> {
  return {
    code: 'channel.unreachable',
    en: 'the SMS channel cannot be reached: nothing was sent; try again later',
    zh: '短信渠道暂不可用，消息未发出：请稍后再试',
  }
}

export function channelRejected(why: Words): Fault<'channel.rejected'> {
  return {
    code: 'channel.rejected',
    en: `the SMS channel refused it, nothing was sent: ${why.en}`,
    zh: `短信渠道拒绝，消息未发出：${why.zh}`,
  }
}

export function testSendsSpent(most: number): Fault<'test-send.limit'> {
  return {
    code: 'test-send.limit',
    en: `you have sent ${most} messages to try them within an hour: wait a little`,
    zh: `您一小时内已试发 ${most} 条：请稍后再试`,
  }
}

export function messageUnknown(id: string): Fault<'message.unknown'> {
  return { code: 'message.unknown', en: `there is no message ${id}`, zh: `没有消息 ${id}` }
}
