import type { Fault } from '#kernel'

export function segmentsNotMade(day: string): Fault<'segment.not-made'> {
  return {
    code: 'segment.not-made',
    en: `nobody was placed on the map on ${day}: run its night first`,
    zh: `${day} 没有客户分布：请先运行该日的夜间流程`,
  }
}

export function tagUnknown(): Fault<'tag.unknown'> {
  return { code: 'tag.unknown', en: 'there is no such tag', zh: '没有这个标签' }
}

export function tagNoDraft(): Fault<'tag.no-draft'> {
  return { code: 'tag.no-draft', en: 'the tag has no draft to put into force', zh: '该标签没有可启用的草稿' }
}

export function tagNotInForce(): Fault<'tag.not-in-force'> {
  return { code: 'tag.not-in-force', en: 'the tag is not in force', zh: '该标签不在启用状态' }
}

export function tagForbidden(): Fault<'tag.forbidden'> {
  return { code: 'tag.forbidden', en: 'this role may not change tags', zh: '该角色无权更改标签' }
}

export function tagNotFilled(): Fault<'tag.not-filled'> {
  return {
    code: 'tag.not-filled',
    en: 'this tag is given by its condition: only one whose source is an import is filled from a file',
    zh: '该标签按条件给出：只有来源为导入的标签可以用文件填充',
  }
}

export function mapForbidden(): Fault<'segment.forbidden'> {
  return {
    code: 'segment.forbidden',
    en: 'this role may not change the map of customers',
    zh: '该角色无权更改客户分布图',
  }
}

export function mapNotOne(): Fault<'segment.not-one'> {
  return { code: 'segment.not-one', en: 'exactly one map is expected', zh: '应恰好有一张客户分布图' }
}

export function mapNoDraft(): Fault<'segment.no-draft'> {
  return {
    code: 'segment.no-draft',
    en: 'there is no draft of the map to put into force',
    zh: '没有可启用的客户分布图草稿',
  }
}

export function mapWaiting(): Fault<'segment.waiting'> {
  return {
    code: 'segment.waiting',
    en: 'this version waits for a second person: take the request back before changing it',
    zh: '该版本正在等待审批：请先撤回申请再修改',
  }
}

export function classUnanswered(id: string, path: string): Fault<'segment.class-unanswered'> {
  return {
    code: 'segment.class-unanswered',
    en: `offers and managers are by value class high, middle and low: nothing answers "${id}"`,
    zh: `方案与客户经理按高、中、低（high、middle、low）三级安排：“${id}”无从对应`,
    at: { path, id },
  }
}
