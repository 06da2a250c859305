import Type from 'typebox'
import type { Fault, PlainDate } from '#kernel'
import {
  type BoundCondition,
  bind,
  type Condition,
  check,
  factorsUsed,
  type KnownFactors,
  parseCondition,
  readEntriesAs,
  type Words,
} from '#rules'
import { classTwice } from './faults.ts'

/** What tags are about, in the order in which people look for them. */
export const tagGroups = {
  attributes: { zh: '基本属性', en: 'attributes' },
  consumption: { zh: '消费与缴费', en: 'consumption and paying' },
  usage: { zh: '使用行为', en: 'use' },
  information: { zh: '信息偏好', en: 'information preference' },
  preference: { zh: '渠道与回馈偏好', en: 'channel and feedback preference' },
  wealth: { zh: '财富与身份', en: 'wealth and identity' },
  sensitivity: { zh: '敏感度', en: 'sensitivity' },
  region: { zh: '区域与活动', en: 'region and mobility' },
  binding: { zh: '绑定', en: 'binding' },
  service: { zh: '服务经历', en: 'service met' },
  risk: { zh: '离网倾向', en: 'churn tendency' },
} as const satisfies Record<string, Words>
export type TagGroup = keyof typeof tagGroups

/** One fact about a subscriber: a condition over factors with a name. */
export interface Tag {
  readonly id: string
  /** Raised by its owner with every change of meaning. */
  readonly version: number
  readonly group: TagGroup
  readonly title: Words
  readonly means: Words
  readonly owner: string
  /** Only active ones are given to anybody. */
  readonly state: 'draft' | 'active' | 'retired'
  readonly source: 'rule'
  readonly condition: Condition
}

const words = Type.Object(
  { zh: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) },
  { additionalProperties: false },
)

const tagShape = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z][a-z0-9_]{0,47}$' }),
    version: Type.Integer({ minimum: 1 }),
    group: Type.Enum(Object.keys(tagGroups) as TagGroup[]),
    title: words,
    means: words,
    owner: Type.String({ minLength: 1 }),
    state: Type.Enum(['draft', 'active', 'retired']),
    source: Type.Literal('rule'),
    condition: Type.Unknown(),
  },
  { additionalProperties: false },
)

export interface TagBook {
  readonly tags: readonly Tag[]
  readonly faults: readonly Fault[]
}

/** Reads the library of a folder. All faults at once, with file and line. */
export async function readTags(folder: string, factors: KnownFactors): Promise<TagBook> {
  const { entries, faults } = await readEntriesAs(folder, tagShape)
  const tags = new Map<string, Tag>()
  const wrong = entries.flatMap(({ value, place }) => {
    const parsed = parseCondition(value.condition)
    const own = parsed.condition === undefined ? parsed.faults : check(parsed.condition, factors, [])
    if (parsed.condition === undefined || own.length > 0) return own.map(place)
    if (tags.has(value.id)) return [place(classTwice(value.id, 'id'))]
    tags.set(value.id, { ...value, condition: parsed.condition })
    return []
  })
  return { tags: [...tags.values()], faults: [...faults, ...wrong] }
}

/** Every factor a tag asks about, each once. */
export function tagUses(tag: Tag): readonly string[] {
  return factorsUsed(tag.condition)
}

export function bindTag(tag: Tag, asOf: PlainDate): BoundCondition {
  return bind(tag.condition, { asOf, parameters: [] })
}

/** The column of a tag in the segments of a morning: true or false, null where the tag was off. */
export function tagColumn(id: string): string {
  return `tag_${id}`
}
