import type { Fault } from '#kernel'
import type { Words } from './known-factor.ts'

type At = Readonly<Record<string, string | number>>

export function malformed(at: At, en: string, zh: string): Fault<'catalogue.malformed'> {
  return { code: 'catalogue.malformed', en: `badly written: ${en}`, zh: `写法有误：${zh}`, at }
}

export function strangeKey(path: string, key: string): Fault<'catalogue.malformed'> {
  return malformed({ path }, `"${key}" means nothing here`, `此处不识别“${key}”`)
}

export function unknownOperator(at: At, op: string): Fault<'rule.unknown-operator'> {
  return {
    code: 'rule.unknown-operator',
    en: `there is no comparison "${op}"`,
    zh: `没有比较方式“${op}”`,
    at,
  }
}

export function unknownFactor(at: At, factor: string): Fault<'rule.unknown-factor'> {
  const kind = kinds[/(tag|segment|warned)\./.exec(factor)?.[1] ?? ''] ?? { zh: '因子', en: 'factor' }
  return {
    code: 'rule.unknown-factor',
    en: `there is no ${kind.en} "${factor}" that can be asked about here`,
    zh: `此处没有可用的${kind.zh}“${factor}”`,
    at,
  }
}

const kinds: Readonly<Record<string, Words>> = {
  tag: { zh: '标签', en: 'tag' },
  segment: { zh: '客群维度', en: 'axis of the segments' },
  warned: { zh: '预警方案', en: 'warning plan' },
}

export function noMorningBefore(at: At, factor: string): Fault<'rule.no-morning-before'> {
  return {
    code: 'rule.no-morning-before',
    en: `what ${factor} was the morning before cannot be asked here`,
    zh: `此处不能询问 ${factor} 前一日的取值`,
    at,
  }
}

export function asksItself(at: At): Fault<'rule.asks-itself'> {
  return {
    code: 'rule.asks-itself',
    en: 'a rule that is worth points makes warnings: it cannot ask about the warnings of the same morning',
    zh: '有分值的规则会产生预警，不能询问当日的预警等级',
    at,
  }
}

export function wrongOperator(
  at: At,
  op: string,
  factor: string,
  type: string,
): Fault<'rule.wrong-operator'> {
  return {
    code: 'rule.wrong-operator',
    en: `"${op}" cannot be asked of ${factor}, which is a ${type}`,
    zh: `${factor} 的类型为 ${type}，不能使用“${op}”`,
    at,
  }
}

export function wrongValue(at: At, value: string, factor: string, type: string): Fault<'rule.wrong-value'> {
  return {
    code: 'rule.wrong-value',
    en: `${value} is not a value of ${factor}, which is a ${type}`,
    zh: `${value} 不是 ${factor} 的取值（类型 ${type}）`,
    at,
  }
}

export function emptyRange(at: At, factor: string): Fault<'rule.empty-range'> {
  return {
    code: 'rule.empty-range',
    en: `the range for ${factor} contains nothing: its start is not below its end`,
    zh: `${factor} 的区间为空：起点不小于终点`,
    at,
  }
}

export function unknownParameter(at: At, name: string): Fault<'rule.unknown-parameter'> {
  return {
    code: 'rule.unknown-parameter',
    en: `there is no parameter "${name}"`,
    zh: `没有参数“${name}”`,
    at,
  }
}

export function unusedParameter(at: At, name: string): Fault<'rule.unused-parameter'> {
  return {
    code: 'rule.unused-parameter',
    en: `parameter "${name}" is declared but not used`,
    zh: `参数“${name}”已声明但未使用`,
    at,
  }
}

export function unitDiffers(
  at: At,
  name: string,
  unit: string,
  factor: string,
  other: string,
): Fault<'rule.unit-differs'> {
  return {
    code: 'rule.unit-differs',
    en: `parameter "${name}" is in ${unit}, ${factor} is in ${other}`,
    zh: `参数“${name}”的单位是 ${unit}，而 ${factor} 的单位是 ${other}`,
    at,
  }
}

export function parameterOutOfRange(
  at: At,
  name: string,
  value: string,
  range: string,
): Fault<'rule.parameter-out-of-range'> {
  return {
    code: 'rule.parameter-out-of-range',
    en: `parameter "${name}" is ${value}, allowed is ${range}`,
    zh: `参数“${name}”的值 ${value} 超出允许范围 ${range}`,
    at,
  }
}

export function duplicateRule(at: At, id: string): Fault<'rule.duplicate'> {
  return { code: 'rule.duplicate', en: `rule "${id}" is defined twice`, zh: `规则“${id}”重复定义`, at }
}

export function tooLarge(at: At, what: string, zh: string): Fault<'rule.too-large'> {
  return { code: 'rule.too-large', en: `the condition is too large: ${what}`, zh: `条件过大：${zh}`, at }
}

export function unreadable(at: At, en: string): Fault<'catalogue.unreadable'> {
  return {
    code: 'catalogue.unreadable',
    en: `the catalogue file cannot be read: ${en}`,
    zh: `目录文件无法读取：${en}`,
    at,
  }
}

export function ruleHeld(at: At, title: Words, why: Words): Fault<'rule.held'> {
  return { code: 'rule.held', en: `"${title.en}" is held: ${why.en}`, zh: `“${title.zh}”暂停：${why.zh}`, at }
}

export function matchesNobody(at: At, title: Words, of: number): Fault<'rule.matches-nobody'> {
  return {
    code: 'rule.matches-nobody',
    en: `"${title.en}" matches none of ${of} subscribers`,
    zh: `“${title.zh}”在 ${of} 个用户中无一命中`,
    at,
  }
}

export function matchesEverybody(at: At, title: Words, of: number): Fault<'rule.matches-everybody'> {
  return {
    code: 'rule.matches-everybody',
    en: `"${title.en}" matches all ${of} subscribers`,
    zh: `“${title.zh}”命中了全部 ${of} 个用户`,
    at,
  }
}

export function testFails(at: At, matches: boolean): Fault<'rule.test-failed'> {
  return {
    code: 'rule.test-failed',
    en: `a test of the rule fails: it must ${matches ? '' : 'not '}match here`,
    zh: `规则测试未通过：此处${matches ? '应' : '不应'}命中`,
    at,
  }
}

export function testOfAnother(at: At, factor: string): Fault<'rule.test-strange'> {
  return {
    code: 'rule.test-strange',
    en: `a test gives a value for ${factor}, which the condition does not ask about`,
    zh: `测试给出了 ${factor} 的取值，但条件并未用到它`,
    at,
  }
}

export function testValueWrong(at: At, factor: string, type: string): Fault<'rule.test-value'> {
  return {
    code: 'rule.test-value',
    en: `a test gives ${factor}, which is a ${type}, a value of another type`,
    zh: `测试给 ${factor}（类型 ${type}）的取值类型不符`,
    at,
  }
}

export function validityEmpty(at: At): Fault<'rule.validity-empty'> {
  return {
    code: 'rule.validity-empty',
    en: 'the rule ends before it begins',
    zh: '规则的失效日不晚于生效日',
    at,
  }
}

export function notValid(at: At, title: Words, from: string, to: string): Fault<'rule.not-valid'> {
  return {
    code: 'rule.not-valid',
    en: `"${title.en}" is for mornings from ${from} to before ${to}`,
    zh: `“${title.zh}”仅在 ${from} 至 ${to}（不含）有效`,
    at,
  }
}

export function nobodyToAsk(): Fault<'rule.nobody-to-ask'> {
  return {
    code: 'rule.nobody-to-ask',
    en: 'the factor table has no subscribers: no rule was counted',
    zh: '因子表中没有用户：未统计任何规则',
  }
}
