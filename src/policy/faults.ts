import type { Fault } from '#kernel'

export function unknownOffer(id: string): Fault<'policy.unknown-offer'> {
  return {
    code: 'policy.unknown-offer',
    en: `there is no offer "${id}"`,
    zh: `没有方案“${id}”`,
    at: { offer: id },
  }
}

export function unknownScript(id: string): Fault<'policy.unknown-script'> {
  return {
    code: 'policy.unknown-script',
    en: `there is no script "${id}"`,
    zh: `没有话术“${id}”`,
    at: { script: id },
  }
}

export function wrongChannel(offer: string, channel: string, path: string): Fault<'policy.wrong-channel'> {
  return {
    code: 'policy.wrong-channel',
    en: `offer "${offer}" cannot go by ${channel}: it lacks the channel or the words for it`,
    zh: `方案“${offer}”不能走 ${channel} 渠道：未开通该渠道或缺少文本`,
    at: { path },
  }
}

export function twoAnswers(action: string, valueClass: string, path: string): Fault<'policy.two-answers'> {
  return {
    code: 'policy.two-answers',
    en: `"${action}" for value class ${valueClass} has two rows`,
    zh: `“${action}”对价值等级 ${valueClass} 有两条政策`,
    at: { path },
  }
}

export function unknownPlaceholder(name: string, path: string): Fault<'policy.unknown-placeholder'> {
  return {
    code: 'policy.unknown-placeholder',
    en: `nothing fills "{${name}}"`,
    zh: `“{${name}}”没有可填入的值`,
    at: { path },
  }
}

export function definedTwice(kind: string, id: string): Fault<'policy.defined-twice'> {
  return {
    code: 'policy.defined-twice',
    en: `${kind} "${id}" is defined twice`,
    zh: `${kind}“${id}”重复定义`,
    at: { id },
  }
}
