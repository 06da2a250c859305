import type { Fault } from '#kernel'

/** The same for a request that does not exist and one of another branch. */
export function approvalUnknown(): Fault<'approval.unknown'> {
  return {
    code: 'approval.unknown',
    en: 'there is no such request among yours',
    zh: '您的范围内没有该审批申请',
  }
}

export function approvalOwn(): Fault<'approval.own'> {
  return {
    code: 'approval.own',
    en: 'whoever asked does not decide: a second person has to',
    zh: '申请人不能审批自己的申请，须由另一人审批',
  }
}

export function approvalLevel(): Fault<'approval.level'> {
  return {
    code: 'approval.level',
    en: 'this request needs somebody of a higher level to decide',
    zh: '该申请须由更高级别的人员审批',
  }
}

export function approvalDecided(state: string): Fault<'approval.decided'> {
  return {
    code: 'approval.decided',
    en: `the request waits no more: it is ${state}`,
    zh: '该申请已不在待审批状态',
    at: { state },
  }
}

export function approvalWaiting(): Fault<'approval.waiting'> {
  return {
    code: 'approval.waiting',
    en: 'the same thing is waiting for a decision already',
    zh: '同一事项已有申请在等待审批',
  }
}

export function approvalNotYours(): Fault<'approval.not-yours'> {
  return {
    code: 'approval.not-yours',
    en: 'only whoever asked can take a request back',
    zh: '只有申请人可以撤回申请',
  }
}

export function unmaskLimit(limit: number): Fault<'unmask.limit'> {
  return {
    code: 'unmask.limit',
    en: `you have had your ${limit} values of today; ask your supervisor`,
    zh: `今天可查看完整值的 ${limit} 次已用完，请联系主管`,
    at: { limit },
  }
}

export function settingUnknown(id: string): Fault<'setting.unknown'> {
  return { code: 'setting.unknown', en: `there is no setting "${id}"`, zh: `没有设置项“${id}”` }
}

export function settingLimits(max: number): Fault<'setting.limits'> {
  return {
    code: 'setting.limits',
    en: `a whole number between 0 and ${max} is expected`,
    zh: `应为 0 至 ${max} 之间的整数`,
  }
}
