import type { Cell, Row } from '#warehouse'
import { beforeOf } from './beside.ts'
import { type BoundComparison, type BoundCondition, comparesMornings, isComparison } from './condition.ts'
import { holds } from './holds.ts'
import type { KnownFactor, KnownFactors } from './known-factor.ts'
import { type Language, sayValue } from './say-value.ts'
import { knownFactor, sayAsked, sayComparison, sentence } from './sentence.ts'

/** One comparison that made a condition come out as it did, with the value it met. */
export interface ReasonPart {
  readonly factor: string
  readonly value: Cell
  readonly text: string
}

/**
 * Why the condition holds for this row: the comparisons that decided it, with the values. Of an `any` only those that
 * held; under a `not`, those that did not. Empty when it does not hold.
 */
export function reason(
  condition: BoundCondition,
  row: Row,
  factors: KnownFactors,
  lang: Language,
): readonly ReasonPart[] {
  if (!holds(condition, row)) return []
  return decisive(condition, row, true).map(({ comparison, held }) =>
    partOf(comparison, held, row, factors, lang),
  )
}

/** The reason as one line: "余额 ¥8.50（低于 ¥10.00）；…". */
export function reasonText(parts: readonly ReasonPart[], lang: Language): string {
  return [...new Set(parts.map(p => p.text))].join(lang === 'zh' ? '；' : '; ')
}

interface Decisive {
  readonly comparison: BoundComparison
  readonly held: boolean
}

/** The comparisons to which `condition` owes that it is `outcome`. */
function decisive(condition: BoundCondition, row: Row, outcome: boolean): Decisive[] {
  if (isComparison(condition)) return [{ comparison: condition, held: outcome }]
  if (condition.op === 'not') return decisive(condition.of, row, !outcome)
  const deciding = condition.of.filter(part => holds(part, row) === outcome)
  return deciding.flatMap(part => decisive(part, row, outcome))
}

function partOf(
  c: BoundComparison,
  held: boolean,
  row: Row,
  factors: KnownFactors,
  lang: Language,
): ReasonPart {
  const factor = knownFactor(c.factor, factors)
  const value = row[c.factor] ?? null
  const asked = sayComparison(c, factor, lang).replace(/^(is|has) /, '')
  if (held && tellsAll.has(c.op)) return { factor: c.factor, value, text: sayAsked(c, factor, lang) }
  const met = comparesMornings(c.op) ? metBefore(c.factor, row, factor, lang) : sayValue(value, factor, lang)
  if (held && c.op === 'one_of') return { factor: c.factor, value, text: `${factor.title[lang]} ${met}` }
  const detail = held ? asked : lang === 'zh' ? `并非${asked}` : `not: ${asked}`
  const text =
    lang === 'zh' ? `${factor.title.zh} ${met}（${detail}）` : `${factor.title.en} ${met} (${detail})`
  return { factor: c.factor, value, text }
}

/** Both values of a comparison with the morning before. */
function metBefore(id: string, row: Row, factor: KnownFactor, lang: Language): string {
  const [now, was] = [row[id] ?? null, row[beforeOf(id)] ?? null].map(value => sayValue(value, factor, lang))
  return lang === 'zh' ? `${now}，前一日 ${was}` : `${now}, the morning before ${was}`
}

/** Comparisons whose wording already is the value. */
const tellsAll: ReadonlySet<BoundComparison['op']> = new Set(['missing', 'is_true', 'is_false', 'is'])

/** A condition with the outcome of each of its parts for one row. */
export interface Explanation {
  readonly text: string
  readonly held: boolean
  /** Of a comparison: the value it met, and that value as it is shown. */
  readonly factor?: string
  readonly value?: Cell
  readonly shown?: string
  readonly parts: readonly Explanation[]
}

/** The whole tree for one row, whether it holds or not: what a person opens to see which part failed. */
export function explain(
  condition: BoundCondition,
  row: Row,
  factors: KnownFactors,
  lang: Language,
): Explanation {
  const held = holds(condition, row)
  const text = sentence(condition, factors, lang)
  if (isComparison(condition)) {
    const value = row[condition.factor] ?? null
    const shown = sayValue(value, knownFactor(condition.factor, factors), lang)
    return { text, held, factor: condition.factor, value, shown, parts: [] }
  }
  const parts = condition.op === 'not' ? [condition.of] : condition.of
  return { text, held, parts: parts.map(part => explain(part, row, factors, lang)) }
}
