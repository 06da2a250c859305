import type { Fault } from '#kernel'

export function listUnknown(): Fault<'list.unknown'> {
  return { code: 'list.unknown', en: 'there is no such list', zh: '没有这份名单' }
}

export function listForbidden(): Fault<'list.forbidden'> {
  return {
    code: 'list.forbidden',
    en: 'this role may not do this with lists',
    zh: '该角色无权对名单进行此操作',
  }
}

export function listNotNow(): Fault<'list.not-now'> {
  return {
    code: 'list.not-now',
    en: 'as the list stands now, this cannot be done with it',
    zh: '名单的当前状态不允许此操作',
  }
}

export function listMakesTasks(): Fault<'list.makes-tasks'> {
  return {
    code: 'list.makes-tasks',
    en: 'this list makes tasks by itself, and its people would be approached twice: make one for a campaign',
    zh: '该名单自行生成任务，用户会被重复触达：请为活动另建名单',
  }
}

export function listStopped(): Fault<'list.stopped'> {
  return { code: 'list.stopped', en: 'this list was stopped', zh: '该名单已停止' }
}

export function listNotApproved(): Fault<'list.not-approved'> {
  return {
    code: 'list.not-approved',
    en: 'nobody has approved this list: only an approved one may be worked',
    zh: '该名单未获批准：批准后才能使用',
  }
}

export function listExpired(): Fault<'list.expired'> {
  return {
    code: 'list.expired',
    en: 'the mornings for which this list was approved are over',
    zh: '该名单的有效期已过',
  }
}

export function listEmpty(): Fault<'list.empty'> {
  return { code: 'list.empty', en: 'nobody is on the list', zh: '名单中没有用户' }
}

export function listTooLong(most: number): Fault<'list.too-long'> {
  return { code: 'list.too-long', en: `more than ${most} lines`, zh: `超过 ${most} 行` }
}

export function actionUnknown(): Fault<'list.action-unknown'> {
  return {
    code: 'list.action-unknown',
    en: 'the policy knows no such action',
    zh: '维系政策中没有这个动作',
  }
}

/** Out of scope is the same as nowhere. */
export function notFound(): Fault<'list.not-found'> {
  return {
    code: 'list.not-found',
    en: 'there is no such subscriber in your part of the base',
    zh: '您所辖范围内没有该用户',
  }
}

export function repeated(line: number): Fault<'list.repeated'> {
  return {
    code: 'list.repeated',
    en: `the same subscriber as on line ${line}`,
    zh: `与第 ${line} 行是同一用户`,
  }
}

export function keyMissing(): Fault<'list.key-missing'> {
  return {
    code: 'list.key-missing',
    en: 'neither a subscriber nor a number stands here',
    zh: '既没有用户标识也没有号码',
  }
}

export function keyMalformed(): Fault<'list.key-malformed'> {
  return {
    code: 'list.key-malformed',
    en: 'this is no subscriber and no number (a masked number cannot be looked up)',
    zh: '不是用户标识也不是号码（掩码号码无法查找）',
  }
}

export function formulaInCell(): Fault<'list.formula'> {
  return { code: 'list.formula', en: 'a formula stands here', zh: '此处是公式' }
}

export function columnsMissing(): Fault<'list.columns-missing'> {
  return {
    code: 'list.columns-missing',
    en: 'a column "subscriber" or "number" is needed',
    zh: '需要“用户标识”或“号码”列',
  }
}

export function columnTwice(): Fault<'list.column-twice'> {
  return { code: 'list.column-twice', en: 'two columns mean the same', zh: '有两列含义相同' }
}

export function decisionUnknown(): Fault<'list.decision-unknown'> {
  return {
    code: 'list.decision-unknown',
    en: 'a decision is keep, remove or add',
    zh: '处理意见应为：保留、剔除或新增',
  }
}

export function reasonMissing(): Fault<'list.reason-missing'> {
  return {
    code: 'list.reason-missing',
    en: 'who is removed or added needs a reason',
    zh: '剔除或新增必须填写原因',
  }
}

export function addedAlready(): Fault<'list.added-already'> {
  return {
    code: 'list.added-already',
    en: 'is on the list already and cannot be added',
    zh: '已在名单中，不能新增',
  }
}

export function notOnList(): Fault<'list.not-on-list'> {
  return {
    code: 'list.not-on-list',
    en: 'was not on the list: to add somebody, say so and why',
    zh: '原不在名单中；如需新增，请注明“新增”及原因',
  }
}

export function leftOut(count: number): Fault<'list.left-out'> {
  return {
    code: 'list.left-out',
    en: `${count} of the list are not in the file: whoever is to go is marked as removed, with a reason`,
    zh: `名单中有 ${count} 位用户未出现在文件中；要剔除的须标注“剔除”并填写原因`,
  }
}
