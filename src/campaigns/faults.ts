import type { Fault } from '#kernel'
import type { Words } from './words.ts'

export function unknownThing(
  kind: 'rule' | 'offer' | 'script',
  id: string,
  path: string,
): Fault<'campaign.unknown-name'> {
  const called = { rule: '规则', offer: '方案', script: '话术' }[kind]
  return {
    code: 'campaign.unknown-name',
    en: `there is no ${kind} "${id}"`,
    zh: `没有${called}“${id}”`,
    at: { path, [kind]: id },
  }
}

export function unknownPlaceholder(name: string, path: string): Fault<'campaign.unknown-placeholder'> {
  return {
    code: 'campaign.unknown-placeholder',
    en: `nothing fills "{${name}}"`,
    zh: `“{${name}}”没有可填入的值`,
    at: { path },
  }
}

export function wrongChannel(offer: string, channel: string): Fault<'campaign.wrong-channel'> {
  const zh = channel === 'call' ? '外呼' : '短信'
  const en = channel === 'call' ? 'a call' : 'SMS'
  return {
    code: 'campaign.wrong-channel',
    en: `offer "${offer}" cannot go by ${en}: it lacks the channel, or the words for it`,
    zh: `方案“${offer}”不能走${zh}：未开通该渠道，或缺少话术、文本`,
    at: { path: '/channels' },
  }
}

export function periodEmpty(): Fault<'campaign.period-empty'> {
  return {
    code: 'campaign.period-empty',
    en: 'the period ends before it begins',
    zh: '活动期的结束日须晚于开始日',
    at: { path: '/period' },
  }
}

export function dayPast(path: string): Fault<'campaign.day-past'> {
  return { code: 'campaign.day-past', en: 'this day is past', zh: '该日期已过', at: { path } }
}

export function badWaves(): Fault<'campaign.bad-waves'> {
  return {
    code: 'campaign.bad-waves',
    en: 'waves begin within the period, one after the other, and make 100 percent together',
    zh: '各批次须在活动期内先后开始，且比例合计为 100%',
    at: { path: '/waves' },
  }
}

export function unknownCampaign(): Fault<'campaign.unknown'> {
  return { code: 'campaign.unknown', en: 'there is no such campaign', zh: '没有这个活动' }
}

export function illegalMove(move: Words, state: Words): Fault<'campaign.move-illegal'> {
  return {
    code: 'campaign.move-illegal',
    en: `a campaign that is ${state.en} cannot be ${move.en}`,
    zh: `活动处于“${state.zh}”，不能${move.zh}`,
  }
}

export function changedMeanwhile(): Fault<'campaign.changed-meanwhile'> {
  return {
    code: 'campaign.changed-meanwhile',
    en: 'somebody else changed the campaign meanwhile: look at it again',
    zh: '活动已被他人修改，请重新查看后再操作',
  }
}

export function frozenPart(path: string): Fault<'campaign.frozen'> {
  return {
    code: 'campaign.frozen',
    en: 'this was approved and is frozen at the launch: a running campaign can only become smaller or say other words',
    zh: '此项已审批并在启动时固定：进行中的活动只能缩小规模或修改文字',
    at: { path },
  }
}
