import type { PlainDate } from '#kernel'
import type { KnownFactors } from './known-factor.ts'
import { bindRule, type Rule } from './rule.ts'
import { sentence } from './sentence.ts'
import { selecting } from './where.ts'

/** Every rule's SQL at its default thresholds, with its sentences: committed, so that a review sees what a change means. */
export function compiledRules(rules: readonly Rule[], factors: KnownFactors, asOf: PlainDate): string {
  return rules
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map(rule => {
      const condition = bindRule(rule, asOf)
      const said = (['zh', 'en'] as const).map(lang => `-- ${sentence(condition, factors, lang)}`)
      const head = `-- ${rule.id}, version ${rule.version}: ${rule.title.zh} / ${rule.title.en}`
      return `${[head, ...said].join('\n')}\nSELECT subscriber_id FROM factor WHERE ${selecting(condition).text};\n`
    })
    .join('\n')
}
