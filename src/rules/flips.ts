import type { Cell, Row } from '#warehouse'
import { type BoundComparison, type BoundCondition, isComparison } from './condition.ts'
import { holds } from './holds.ts'
import type { KnownFactors } from './known-factor.ts'
import { type Language, sayValue } from './say-value.ts'
import { knownFactor, sayComparison } from './sentence.ts'

/** A condition of one morning, with one subscriber's factors of that morning. */
export interface Asked {
  readonly condition: BoundCondition
  readonly row: Row
}

/** One comparison that came out otherwise than the morning before. */
export interface Flip {
  readonly factor: string
  /** Whether it holds now. */
  readonly held: boolean
  readonly before: Cell
  readonly now: Cell
  readonly text: Readonly<Record<Language, string>>
}

/**
 * The comparisons of a rule that came out otherwise than the morning before, in the order in which they are written: because
 * the value is another, or because the day it is compared with has moved on. Both mornings are asked of the same rule.
 */
export function flipsOf(now: Asked, before: Asked, factors: KnownFactors): readonly Flip[] {
  const [asked, was] = [comparisonsIn(now.condition), comparisonsIn(before.condition)]
  if (asked.length !== was.length) throw new TypeError('not the same rule on both mornings')
  return asked.flatMap((comparison, i): Flip[] => {
    const earlier = was[i]
    if (earlier === undefined) return []
    const held = holds(comparison, now.row)
    if (held === holds(earlier, before.row)) return []
    const { factor } = comparison
    const [valueBefore, value] = [before.row[factor] ?? null, now.row[factor] ?? null]
    const say = (lang: Language) =>
      saidFlip({ comparison, held, before: valueBefore, now: value }, factors, lang)
    return [{ factor, held, before: valueBefore, now: value, text: { zh: say('zh'), en: say('en') } }]
  })
}

function comparisonsIn(condition: BoundCondition): readonly BoundComparison[] {
  if (isComparison(condition)) return [condition]
  const parts = condition.op === 'not' ? [condition.of] : condition.of
  return parts.flatMap(comparisonsIn)
}

interface Said extends Pick<Flip, 'held' | 'before' | 'now'> {
  readonly comparison: BoundComparison
}

/** "余额由 ¥12.00 变为 ¥8.50（低于 ¥10.00：由否变是）". */
function saidFlip({ comparison, held, before, now }: Said, factors: KnownFactors, lang: Language): string {
  const factor = knownFactor(comparison.factor, factors)
  const [was, is] = [sayValue(before, factor, lang), sayValue(now, factor, lang)]
  const asked = sayComparison(comparison, factor, lang)
  const title = factor.title[lang]
  if (lang === 'zh') {
    const turned = held ? '由否变是' : '由是变否'
    const value = was === is ? `${title}仍为 ${is}` : `${title}由 ${was} 变为 ${is}`
    return `${value}（${asked}：${turned}）`
  }
  const turned = held ? 'holds now' : 'holds no more'
  const value = was === is ? `${title} is still ${is}` : `${title} went from ${was} to ${is}`
  return `${value} (${asked}: ${turned})`
}
