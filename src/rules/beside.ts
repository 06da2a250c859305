import type { FactorType, KnownFactor, KnownFactors, Words } from './known-factor.ts'

/**
 * What a condition may ask about beside the factors: columns of the same row, named so that no factor can be called the same.
 * `tag.<id>` is a flag; `segment.value`, `segment.stage` and `segment.brand` are coded text; `warned.<plan>` is the level of the
 * morning's warning; `before.<any of these, or a factor>` is the same of the morning before.
 */
export const besideForm = /^(before\.)?((tag|segment|warned)\.)?[a-z][a-z0-9_]{0,62}$/

/** Whether a subscriber was in the base the morning before: whoever was not has turned nothing. */
export const inBaseBefore = 'before.in_base'

export function beforeOf(id: string): string {
  return `before.${id}`
}

/** The column whose value of the morning before this is; undefined of a column of this morning. */
export function ofBefore(id: string): string | undefined {
  return id.startsWith('before.') ? id.slice('before.'.length) : undefined
}

/** What stands beside the factors, of this morning or the one before. */
export function isBeside(id: string): boolean {
  return id.includes('.')
}

export function isTag(id: string): boolean {
  return (ofBefore(id) ?? id).startsWith('tag.')
}

/** Whether it is what warnings are raised from that is asked of the same morning's warnings. */
export function asksWarned(uses: readonly string[]): boolean {
  return uses.some(id => id.startsWith('warned.'))
}

interface Named {
  readonly id: string
  readonly title: Words
  readonly feeds: readonly string[]
}

/** A place on the map: its codes with what they mean. */
interface Axis extends Named {
  readonly values?: Readonly<Record<string, Words>>
}

export interface Beside {
  readonly tags: readonly Named[]
  readonly axes: readonly Axis[]
  readonly plans: readonly Named[]
}

const levels: Readonly<Record<string, Words>> = {
  high: { zh: '高', en: 'high' },
  medium: { zh: '中', en: 'medium' },
  low: { zh: '低', en: 'low' },
  stable: { zh: '无预警', en: 'none' },
}

/** The factors, with all that may be asked about beside them. */
function withBeside(factors: KnownFactors, { tags, axes, plans }: Beside): KnownFactors {
  const text: FactorType = 'text'
  const today: readonly KnownFactor[] = [
    ...factors.values(),
    ...tags.map(tag => ({
      ...tag,
      id: `tag.${tag.id}`,
      type: 'flag' as const,
      title: { zh: `标签“${tag.title.zh}”`, en: `tag "${tag.title.en}"` },
    })),
    ...axes.map(axis => ({
      ...axis,
      id: `segment.${axis.id}`,
      type: text,
      title: { zh: `客群${axis.title.zh}`, en: `${axis.title.en} of the segment` },
    })),
    ...plans.map(plan => ({
      ...plan,
      id: `warned.${plan.id}`,
      type: text,
      values: levels,
      title: { zh: `“${plan.title.zh}”的等级`, en: `level of "${plan.title.en}"` },
    })),
  ]
  const before = today.map(known => ({
    ...known,
    id: beforeOf(known.id),
    title: { zh: `前一日的${known.title.zh}`, en: `${known.title.en} the morning before` },
  }))
  const there: KnownFactor = {
    id: inBaseBefore,
    type: 'flag',
    title: { zh: '前一日在册', en: 'in the base the morning before' },
    feeds: ['subscriber'],
  }
  return new Map([...today, there, ...before].map(known => [known.id, known]))
}

/** What a condition may ask about beside the factors, for those who know what there is. */
export const besides = {
  /** A column's name of the morning before, and back. */
  before: beforeOf,
  ofBefore,
  inBase: inBaseBefore,
  is: isBeside,
  asksWarned,
  known: withBeside,
} as const
