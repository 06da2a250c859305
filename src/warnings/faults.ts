import type { Fault } from '#kernel'

export function unknownSignal(rule: string, path: string): Fault<'warning.unknown-rule'> {
  return {
    code: 'warning.unknown-rule',
    en: `there is no rule "${rule}"`,
    zh: `没有规则“${rule}”`,
    at: { path, rule },
  }
}

export function signalTwice(rule: string, path: string): Fault<'warning.rule-twice'> {
  return {
    code: 'warning.rule-twice',
    en: `rule "${rule}" is a signal twice`,
    zh: `规则“${rule}”作为信号重复出现`,
    at: { path, rule },
  }
}

export function levelsOutOfOrder(path: string): Fault<'warning.levels-out-of-order'> {
  return {
    code: 'warning.levels-out-of-order',
    en: 'high must begin above medium, and medium above low',
    zh: '高级别起点应高于中级别，中级别应高于低级别',
    at: { path },
  }
}

export function planTwice(id: string, path: string): Fault<'warning.plan-twice'> {
  return {
    code: 'warning.plan-twice',
    en: `there are two warning plans "${id}"`,
    zh: `预警方案“${id}”重复`,
    at: { path, id },
  }
}

export function signalAsksItself(rule: string, path: string): Fault<'warning.signal-asks-itself'> {
  return {
    code: 'warning.signal-asks-itself',
    en: `rule "${rule}" asks about the warnings of the same morning: it cannot be a sign for them`,
    zh: `规则“${rule}”询问当日的预警等级，不能作为预警信号`,
    at: { path, rule },
  }
}
