import { type Precision, together } from '#evaluate'
import type { PlainDate } from '#kernel'
import { type KnownFactors, type Rule, sayValue, type Tried, type TriedThreshold, tried } from '#rules'
import { shownPrecision } from './faring.ts'

/** A threshold at one of its values. */
export interface Variant {
  readonly turnable: TriedThreshold
  readonly value: TriedThreshold['value']
}

/** As many as one scan a morning answers at once. */
const variantsMax = 100

/** Every threshold of a rule at every value worth trying, by what a morning holds. */
export async function variantsOf(at: Tried, rule: Rule, day: PlainDate): Promise<readonly Variant[]> {
  const turnables = await tried.turnables(at, rule, day)
  return turnables
    .flatMap(turnable => turnable.values.map(value => ({ turnable, value })))
    .slice(0, variantsMax)
}

export function conditionOf(rule: Rule, { turnable, value }: Variant, day: PlainDate) {
  return tried.turned(rule, turnable, value, day)
}

/** Fewer than these, and the next month says something else. */
const hitsMin = 30

export interface VariantFared extends Variant {
  /** Morning by morning. */
  readonly found: readonly Precision[]
}

/**
 * How each value of each threshold would have fared, all mornings together, and which is advised: the one whose precision and
 * recall have the highest harmonic mean (F1), if it found at least 30 to whom it happened; its own stays where none is better.
 */
export function thresholdsFared(variants: readonly VariantFared[], known: KnownFactors) {
  return [...Map.groupBy(variants, v => v.turnable)].flatMap(([turnable, own]) => {
    const { parameter, factor: id, part, path, value } = turnable
    const factor = known.get(id)
    if (factor === undefined) return []
    const unit = parameter === undefined ? factor : { ...parameter, feeds: [] }
    const tries = own.map(one => ({ value: one.value, fared: together(one.found) }))
    const best = tries.filter(t => t.fared.precision.successes >= hitsMin).toSorted(byBalance)[0]
    const present = tries.find(t => t.value === value)
    const isBetter = best !== undefined && (present === undefined || byBalance(best, present) < 0)
    return [
      {
        parameter: parameter?.id ?? null,
        path: [...path],
        part,
        factor: { id, title: parameter?.title ?? factor.title },
        value,
        advised: best === undefined ? null : isBetter ? best.value : value,
        tries: tries.map(t => ({
          value: t.value,
          shown: { zh: sayValue(t.value, unit, 'zh'), en: sayValue(t.value, unit, 'en') },
          balance: balanceOf(t.fared) ?? null,
          fared: shownPrecision(t.fared),
        })),
      },
    ]
  })
}

function byBalance(a: { readonly fared: Precision }, b: { readonly fared: Precision }): number {
  return (balanceOf(b.fared) ?? -1) - (balanceOf(a.fared) ?? -1)
}

/** F1: near the smaller of the two, so that neither is bought with the other. */
function balanceOf({ precision, recall }: Precision): number | undefined {
  const [p, r] = [precision.share, recall.share]
  if (p === undefined || r === undefined || p + r === 0) return undefined
  return (2 * p * r) / (p + r)
}
