import type { Fault } from '#kernel'
import type { Words } from '../view/coded.ts'

export function ruleWaiting(): Fault<'rule.waiting'> {
  return {
    code: 'rule.waiting',
    en: 'this version waits for a second person: take the request back before changing it',
    zh: '该版本正在等待审批：请先撤回申请再修改',
  }
}

export function nothingToTest(days: number): Fault<'rule.nothing-to-test'> {
  return {
    code: 'rule.nothing-to-test',
    en: `no morning that a night left is ${days} days old yet: choose fewer days, or wait`,
    zh: `尚无已满 ${days} 天的历史数据日：请缩短天数，或等待更多夜间流程`,
  }
}

export function ruleForbidden(): Fault<'rule.forbidden'> {
  return { code: 'rule.forbidden', en: 'this role may not change rules', zh: '该角色无权更改规则' }
}

export function ruleNoDraft(): Fault<'rule.no-draft'> {
  return {
    code: 'rule.no-draft',
    en: 'the rule has no draft to put into force',
    zh: '这条规则没有可启用的草稿',
  }
}

export function ruleNotInForce(): Fault<'rule.not-in-force'> {
  return { code: 'rule.not-in-force', en: 'the rule is not in force', zh: '这条规则不在启用状态' }
}

export function ruleSurprising({ zh, en }: Words): Fault<'rule.surprising'> {
  return {
    code: 'rule.surprising',
    en: `${en}; if that is meant, ask again and say so`,
    zh: `${zh}；如确属本意，请注明后再次申请`,
  }
}
