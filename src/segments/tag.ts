import Type from 'typebox'
import { stringify } from 'yaml'
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
  shapeFaults,
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

/** One fact about a subscriber, with a name. */
interface TagWords {
  readonly id: string
  /** Raised by its owner with every change of meaning. */
  readonly version: number
  readonly group: TagGroup
  readonly title: Words
  readonly means: Words
  readonly owner: string
  /** Only active ones are given to anybody. */
  readonly state: 'draft' | 'active' | 'retired'
}

/** Given by a condition over factors. */
export interface RuleTag extends TagWords {
  readonly source: 'rule'
  readonly condition: Condition
}

/** Given to whom an imported file names, for so many days from the import on. */
export interface ImportTag extends TagWords {
  readonly source: 'import'
  readonly holdsDays: number
}

export type Tag = RuleTag | ImportTag

const words = Type.Object(
  { zh: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) },
  { additionalProperties: false },
)

const common = {
  id: Type.String({ pattern: '^[a-z][a-z0-9_]{0,47}$' }),
  version: Type.Integer({ minimum: 1 }),
  group: Type.Enum(Object.keys(tagGroups) as TagGroup[]),
  title: words,
  means: words,
  owner: Type.String({ minLength: 1 }),
  state: Type.Enum(['draft', 'active', 'retired']),
}
const closed = { additionalProperties: false }
const ruleShape = Type.Object({ ...common, source: Type.Literal('rule'), condition: Type.Unknown() }, closed)
const importShape = Type.Object(
  { ...common, source: Type.Literal('import'), holdsDays: Type.Integer({ minimum: 1, maximum: 400 }) },
  closed,
)

export interface TagBook {
  readonly tags: readonly Tag[]
  readonly faults: readonly Fault[]
}

/** One tag as YAML or JSON has it: the tag, or every fault with the path to it. */
export function tagFrom(
  value: unknown,
  factors: KnownFactors,
): { readonly tag: Tag | undefined; readonly faults: readonly Fault[] } {
  const isImport = (value as { readonly source?: unknown } | null)?.source === 'import'
  const shape = shapeFaults(isImport ? importShape : ruleShape, value)
  if (isImport) return { tag: shape.length === 0 ? (value as ImportTag) : undefined, faults: shape }
  const parsed = parseCondition((value as Partial<RuleTag> | null)?.condition, 'condition')
  const own =
    parsed.condition === undefined ? parsed.faults : check(parsed.condition, factors, [], 'condition')
  const faults = [...shape, ...own]
  if (parsed.condition === undefined || faults.length > 0) return { tag: undefined, faults }
  return { tag: { ...(value as RuleTag), condition: parsed.condition }, faults: [] }
}

/** Reads the library of a folder. All faults at once, with file and line. */
export async function readTags(folder: string, factors: KnownFactors): Promise<TagBook> {
  const { entries, faults } = await readEntriesAs(folder, Type.Unknown())
  const tags = new Map<string, Tag>()
  const wrong = entries.flatMap(({ value, place }) => {
    const { tag, faults: own } = tagFrom(value, factors)
    if (tag === undefined) return own.map(place)
    if (tags.has(tag.id)) return [place(classTwice(tag.id, 'id'))]
    tags.set(tag.id, tag)
    return []
  })
  return { tags: [...tags.values()], faults: [...faults, ...wrong] }
}

/** Tags as a file of catalogue/tags. */
export function tagsAsYaml(tags: readonly Tag[]): string {
  return stringify(tags, { lineWidth: 120 })
}

/** Every factor a tag asks about, each once. */
export function tagUses(tag: Tag): readonly string[] {
  return tag.source === 'rule' ? factorsUsed(tag.condition) : []
}

export function bindTag(tag: RuleTag, asOf: PlainDate): BoundCondition {
  return bind(tag.condition, { asOf, parameters: [] })
}

/** The column of a tag in the segments of a morning: true or false, null where the tag was off. */
export function tagColumn(id: string): string {
  return `tag_${id}`
}

/** A tag as text: what a file says, and back. */
export const tagText = { from: tagFrom, yaml: tagsAsYaml } as const
