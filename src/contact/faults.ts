import type { Fault } from '#kernel'

export function rechargeDiffers(id: string): Fault<'recharge.differs'> {
  return {
    code: 'recharge.differs',
    en: `recharge ${id} was told before with another subscriber, amount or time`,
    zh: `充值 ${id} 此前已上报，但用户、金额或时间不一致`,
  }
}

export function messageUnknown(id: string): Fault<'message.unknown'> {
  return { code: 'message.unknown', en: `there is no message ${id}`, zh: `没有消息 ${id}` }
}
