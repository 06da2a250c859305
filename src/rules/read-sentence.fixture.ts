import { check, typesOfOp } from './check.ts'
import type { ComparisonOp, Condition, Literal } from './condition.ts'
import type { KnownFactor, KnownFactors } from './known-factor.ts'
import type { Language } from './say-value.ts'
import { verbOf } from './sentence.ts'

/**
 * Reads a sentence back into the condition that it says: a reader that knows the titles of factors and the words of operators,
 * and nothing of how sentences are made. Anything that can be read in two ways, or not at all, throws.
 */
export function readSentence(text: string, factors: KnownFactors, lang: Language): Condition {
  const reader = new Reader(text, factors, lang)
  const condition = reader.joined()
  if (!reader.atEnd) throw new Error(`what follows cannot be read: ${reader.rest}`)
  if (check(condition, factors, []).length > 0) throw new Error(`nobody could have written: ${text}`)
  return condition
}

const words = {
  zh: {
    and: '，且 ',
    or: '，或 ',
    open: '（',
    close: '）',
    not: '并非（',
    entered: '较前一日新满足（',
    left: '较前一日不再满足（',
  },
  en: {
    and: ' and ',
    or: ' or ',
    open: '(',
    close: ')',
    not: 'not (',
    entered: 'newly since the morning before (',
    left: 'no longer since the morning before (',
  },
} as const

class Reader {
  #at = 0
  readonly #text: string
  readonly #factors: readonly KnownFactor[]
  readonly #lang: Language

  constructor(text: string, factors: KnownFactors, lang: Language) {
    this.#text = text
    // The longest title that fits is meant.
    this.#factors = [...factors.values()].toSorted((a, b) => b.title[lang].length - a.title[lang].length)
    this.#lang = lang
  }

  get atEnd(): boolean {
    return this.#at === this.#text.length
  }

  get rest(): string {
    return this.#text.slice(this.#at)
  }

  /** Parts that all are joined by the same word. */
  joined(): Condition {
    const { and, or } = words[this.#lang]
    const parts = [this.#part()]
    const op = this.#sees(and) ? 'all' : 'any'
    while (this.#takes(op === 'all' ? and : or)) parts.push(this.#part())
    const [only] = parts
    return parts.length === 1 && only !== undefined ? only : { op, of: parts }
  }

  #part(): Condition {
    const say = words[this.#lang]
    for (const op of ['not', 'entered', 'left'] as const) {
      if (!this.#takes(say[op])) continue
      const of = this.joined()
      this.#must(say.close)
      return { op, of }
    }
    if (!this.#takes(say.open)) return this.#comparison()
    const inner = this.joined()
    this.#must(say.close)
    return inner
  }

  #comparison(): Condition {
    const [has, hasNot] = this.#lang === 'zh' ? ['有', '没有'] : ['has ', 'does not have ']
    for (const [word, op] of [
      [has, 'is_true'],
      [hasNot, 'is_false'],
    ] as const) {
      const tag = this.#factors.find(
        f => f.id.startsWith('tag.') && this.#sees(`${word}${f.title[this.#lang]}`),
      )
      if (tag === undefined) continue
      this.#must(`${word}${tag.title[this.#lang]}`)
      return { op, factor: tag.id }
    }
    const factor = this.#factors.find(f => this.#takes(`${f.title[this.#lang]} `))
    if (factor === undefined) throw new Error(`no factor begins here: ${this.rest}`)
    return this.#asked(factor)
  }

  #asked(factor: KnownFactor): Condition {
    const range = this.#lang === 'zh' ? ['不小于 ', ' 且小于 '] : ['is from ', ' to below ']
    if (this.#takes(range[0] ?? '')) {
      const from = this.#value(factor)
      this.#must(range[1] ?? '')
      return { op: 'between', factor: factor.id, from, to: this.#value(factor) }
    }
    const ops = (Object.keys(typesOfOp) as ComparisonOp[])
      .filter(op => op !== 'between' && typesOfOp[op].includes(factor.type))
      .map(op => ({ op, verb: verbOf(op, factor, this.#lang) }))
      .toSorted((a, b) => b.verb.length - a.verb.length)
    const found = ops.find(({ verb }) => this.#takes(verb))
    if (found === undefined) throw new Error(`no operator begins here: ${this.rest}`)
    const { op } = found
    if (bare.has(op)) return { op, factor: factor.id } as Condition
    this.#must(' ')
    if (!many.has(op)) return { op, factor: factor.id, value: this.#value(factor) } as Condition
    const values = [this.#value(factor)]
    while (this.#takes(' / ')) values.push(this.#value(factor))
    return { op, factor: factor.id, values } as Condition
  }

  #value({ type, unit, values }: KnownFactor): Literal {
    const code = Object.entries(values ?? {}).find(([, title]) => this.#takes(title[this.#lang]))
    if (code !== undefined) return code[0]
    switch (type) {
      case 'money':
        return Math.round(Number(this.#matched(/^-?¥\d+\.\d\d/).replace('¥', '')) * 100)
      case 'date':
        return this.#matched(/^\d{4}-\d\d-\d\d/)
      case 'number':
      case 'integer': {
        const number = Number(this.#matched(/^-?\d+(\.\d+)?/))
        if (unit === 'day') this.#matched(/^ (天|days?)/)
        return number
      }
      case 'text':
      case 'flag':
      case 'list':
        return this.#matched(this.#lang === 'zh' ? /^“[^”]*”/ : /^"[^"]*"/).slice(1, -1)
    }
  }

  #matched(form: RegExp): string {
    const found = form.exec(this.rest)?.[0]
    if (found === undefined) throw new Error(`no value like ${form.source} begins here: ${this.rest}`)
    this.#at += found.length
    return found
  }

  #sees(word: string): boolean {
    return this.#text.startsWith(word, this.#at)
  }

  #takes(word: string): boolean {
    if (!this.#sees(word)) return false
    this.#at += word.length
    return true
  }

  #must(word: string): void {
    if (!this.#takes(word)) throw new Error(`“${word}” is expected here: ${this.rest}`)
  }
}

const bare: ReadonlySet<ComparisonOp> = new Set([
  ...(['is_true', 'is_false', 'missing', 'present', 'changed', 'risen', 'fallen'] as const),
])
const many: ReadonlySet<ComparisonOp> = new Set(['one_of', 'has_any', 'has_all'])
