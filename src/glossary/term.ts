/** One word per idea. English in code, tables, API and fault codes; Chinese on screens, in reports and in the catalogue. */
export interface Term {
  readonly en: string
  readonly zh: string
  /** Chinese does not show it and translators guess wrong. */
  readonly part: 'noun' | 'verb' | 'adjective'
  /** Only where it is not simply + s. */
  readonly plural?: string
  readonly means: { readonly en: string; readonly zh: string }
  /** Words we refuse for this idea, in either language. */
  readonly not: readonly string[]
}

type Means = Term['means']

export function noun(
  en: string,
  zh: string,
  means: Means,
  not: readonly string[] = [],
  plural?: string,
): Term {
  return { en, zh, part: 'noun', means, not, ...(plural === undefined ? {} : { plural }) }
}

export function verb(en: string, zh: string, means: Means, not: readonly string[] = []): Term {
  return { en, zh, part: 'verb', means, not }
}

export function adjective(en: string, zh: string, means: Means, not: readonly string[] = []): Term {
  return { en, zh, part: 'adjective', means, not }
}

/** "subscribers", "policies", "staff": the English plural for lists and headings. */
export function pluralOf(term: Term): string {
  return term.plural ?? `${term.en}s`
}
