import { isTag } from './beside.ts'
import {
  type BoundComparison,
  type BoundCondition,
  type ComparisonOp,
  type Group,
  isComparison,
  type Literal,
} from './condition.ts'
import type { KnownFactor, KnownFactors } from './known-factor.ts'
import { type Language, sayValue } from './say-value.ts'

/** The condition as a person reads it. Nested groups stand in brackets, so that the words have one reading. */
export function sentence(condition: BoundCondition, factors: KnownFactors, lang: Language): string {
  return said(condition, factors, lang, false)
}

function said(condition: BoundCondition, factors: KnownFactors, lang: Language, isInside: boolean): string {
  if (isComparison(condition)) {
    return sayAsked(condition, knownFactor(condition.factor, factors), lang)
  }
  if (condition.op !== 'not' && condition.turned !== undefined) return saidTurned(condition, factors, lang)
  if (condition.op === 'not') {
    const inner = said(condition.of, factors, lang, false)
    return lang === 'zh' ? `并非（${inner}）` : `not (${inner})`
  }
  const parts = condition.of.map(part => said(part, factors, lang, true))
  const joined = parts.join(conjunction[condition.op][lang])
  if (!isInside || parts.length === 1) return joined
  return lang === 'zh' ? `（${joined}）` : `(${joined})`
}

/** What turned since the morning before: of the two mornings that are asked, what is said of this one. */
function saidTurned({ turned, of }: Group<Literal>, factors: KnownFactors, lang: Language): string {
  const [first] = of
  const now = first?.op === 'not' && turned === 'left' ? first.of : first
  const inner = now === undefined ? '' : said(now, factors, lang, false)
  if (lang === 'zh')
    return turned === 'entered' ? `较前一日新满足（${inner}）` : `较前一日不再满足（${inner}）`
  return turned === 'entered'
    ? `newly since the morning before (${inner})`
    : `no longer since the morning before (${inner})`
}

/** A comparison with what it asks about: "余额 低于 ¥10.00", "has tag "late payer"". */
export function sayAsked(c: BoundComparison, factor: KnownFactor, lang: Language): string {
  const title = factor.title[lang]
  const isHad = c.op === 'is_true'
  if (!isTag(factor.id) || (!isHad && c.op !== 'is_false'))
    return `${title} ${sayComparison(c, factor, lang)}`
  if (lang === 'zh') return `${isHad ? '有' : '没有'}${title}`
  return `${isHad ? 'has' : 'does not have'} ${title}`
}

const conjunction = {
  all: { zh: '，且 ', en: ' and ' },
  any: { zh: '，或 ', en: ' or ' },
} as const

/** What is asked, without the factor's name: "低于 ¥10.00", "is below ¥10.00". */
export function sayComparison(c: BoundComparison, factor: KnownFactor, lang: Language): string {
  const say = (value: string | number) => sayValue(value, factor, lang)
  const verb = verbOf(c.op, factor, lang)
  if ('values' in c) return `${verb} ${c.values.map(say).join(' / ')}`
  if ('value' in c) return `${verb} ${say(c.value)}`
  if ('from' in c) {
    return lang === 'zh'
      ? `不小于 ${say(c.from)} 且小于 ${say(c.to)}`
      : `is from ${say(c.from)} to below ${say(c.to)}`
  }
  return verb
}

/** The words of an operator: days come before and after, other quantities below and above. */
export function verbOf(op: ComparisonOp, factor: Pick<KnownFactor, 'type'>, lang: Language): string {
  return (factor.type === 'date' && dateVerbs[op]?.[lang]) || verbs[op][lang]
}

const verbs: Readonly<Record<ComparisonOp, { readonly zh: string; readonly en: string }>> = {
  eq: { zh: '等于', en: 'is' },
  ne: { zh: '不等于', en: 'is not' },
  lt: { zh: '低于', en: 'is below' },
  le: { zh: '不高于', en: 'is at most' },
  gt: { zh: '高于', en: 'is above' },
  ge: { zh: '不低于', en: 'is at least' },
  between: { zh: '介于', en: 'is between' },
  is: { zh: '是', en: 'is' },
  is_not: { zh: '不是', en: 'is not' },
  one_of: { zh: '属于', en: 'is one of' },
  contains: { zh: '包含', en: 'contains' },
  starts_with: { zh: '开头是', en: 'starts with' },
  has: { zh: '含有', en: 'has' },
  has_any: { zh: '含有其一', en: 'has any of' },
  has_all: { zh: '含有全部', en: 'has all of' },
  is_true: { zh: '为是', en: 'is true' },
  is_false: { zh: '为否', en: 'is false' },
  missing: { zh: '缺失', en: 'is missing' },
  present: { zh: '有值', en: 'is known' },
  changed: { zh: '较前一日有变化', en: 'differs from the morning before' },
  risen: { zh: '较前一日上升', en: 'has risen since the morning before' },
  fallen: { zh: '较前一日下降', en: 'has fallen since the morning before' },
}

const dateVerbs: Partial<typeof verbs> = {
  lt: { zh: '早于', en: 'is before' },
  le: { zh: '不晚于', en: 'is on or before' },
  gt: { zh: '晚于', en: 'is after' },
  ge: { zh: '不早于', en: 'is on or after' },
  risen: { zh: '较前一日推后', en: 'is later than the morning before' },
  fallen: { zh: '较前一日提前', en: 'is earlier than the morning before' },
}

export function knownFactor(id: string, factors: KnownFactors): KnownFactor {
  const factor = factors.get(id)
  if (factor === undefined) throw new TypeError(`no factor ${id}: the condition was not checked`)
  return factor
}
