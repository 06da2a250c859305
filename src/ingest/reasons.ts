import type { Words } from './contract/feed.ts'

/** Why a row is kept aside, as codes that stay and sentences that people read. */
export const reasons = {
  columns: {
    en: 'not a row of this file: wrong number of columns or a broken quote',
    zh: '列数不符或引号不完整',
  },
  missing: { en: 'a value that may not be missing is', zh: '必填值缺失' },
  unparsable: { en: 'the value is not of its type', zh: '取值无法解析' },
  code: { en: 'the code is not one of the agreed ones', zh: '未约定的代码' },
  negative: { en: 'an amount or quantity below zero', zh: '金额或数量为负' },
  range: { en: 'the value is out of its range', zh: '取值超出范围' },
  'day-outside': { en: 'the day lies outside the delivery', zh: '日期不在交付范围内' },
  'unknown-subscriber': { en: 'no such subscriber', zh: '用户不存在' },
  'unknown-reference': { en: 'it names something that was never delivered', zh: '引用的对象不存在' },
  duplicate: { en: 'the same key came earlier in this delivery', zh: '本次交付中主键重复' },
} as const satisfies Readonly<Record<string, Words>>

export type Reason = keyof typeof reasons
