import type { PlainDate } from '#kernel'
import {
  type BoundCondition,
  factorsUsed,
  type KnownFactor,
  type KnownFactors,
  type Language,
  reason,
  reasonText,
  type Words,
} from '#rules'
import type { Cell } from '#warehouse'

/** A rule that fired, with the values of every factor it asked about: enough to print the reason. */
export interface Signal {
  readonly rule: string
  readonly points: number
  readonly values: Readonly<Record<string, Cell>>
}

/** One subscriber at risk on one as-of day, by one plan. */
export interface Warning {
  readonly day: PlainDate
  readonly plan: string
  readonly subscriberId: string
  readonly level: 'high' | 'medium' | 'low'
  readonly points: number
  /** In the order of the plan. */
  readonly signals: readonly Signal[]
}

/** A rule as it warned on one day, its parameters filled in. */
export interface WarningRule {
  readonly day: PlainDate
  readonly rule: string
  readonly version: number
  readonly title: Words
  readonly points: number
  readonly action: string | null
  readonly controlPercent: number
  readonly condition: BoundCondition
  /** How many subscribers satisfied it, warned about or not. */
  readonly subscribers: number
}

/** Why a signal fired, as one line with the values: from the rule as it was that day. */
export function signalReason(
  signal: Signal,
  rule: WarningRule,
  factors: KnownFactors,
  lang: Language,
): string {
  return reasonText(reason(rule.condition, signal.values, remembering(rule, factors), lang), lang)
}

/** The catalogue may have dropped a factor since that day: it is then called by its id, which the rule remembers. */
function remembering(rule: WarningRule, factors: KnownFactors): KnownFactors {
  const dropped = factorsUsed(rule.condition).filter(id => !factors.has(id))
  if (dropped.length === 0) return factors
  const called = dropped.map((id): [string, KnownFactor] => {
    return [id, { id, title: { en: id, zh: id }, type: 'text', feeds: [] }]
  })
  return new Map([...factors, ...called])
}
