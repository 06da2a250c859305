import Type, { type Static } from 'typebox'
import { brandAxis, cell, segmentState, stageAxis, valueAxis } from './segments.ts'
import { coded, count, day, factorType, list, nullable, pageQuery, words } from './words.ts'

const tagWords = {
  id: Type.String(),
  version: Type.Integer(),
  group: coded,
  title: words,
  means: words,
  owner: Type.String(),
  /** Only active ones are given to anybody. */
  life: Type.Enum(['draft', 'active', 'retired']),
  source: Type.Enum(['rule', 'import']),
  /** The condition as a sentence; null for one that is filled from a file. */
  sentence: nullable(words),
  /** What it was filled with last, and until when that holds; null for one that has a condition. */
  filling: nullable(
    Type.Object({
      holdsDays: count,
      day: nullable(day),
      until: nullable(day),
      faultyLines: count,
    }),
  ),
  /** How it stood on the last morning; null when it was not given then. */
  state: nullable(segmentState),
  reason: nullable(words),
  /** Nobody or everybody of the whole base has it: it says nothing. */
  alarm: nullable(Type.Enum(['nobody', 'everybody'])),
  /** How many in scope have it. */
  subscribers: nullable(count),
}

const tagRow = Type.Object(tagWords)
export type TagRow = Static<typeof tagRow>

export const tags = Type.Object({
  asOf: nullable(day),
  /** Subscribers in scope. */
  of: nullable(count),
  groups: list(coded),
  tags: list(tagRow),
})

const counted = Type.Object({ ...cell, subscribers: count })

export const tag = Type.Object({
  ...tagWords,
  /** As a file of catalogue/tags has it. */
  content: Type.Record(Type.String(), Type.Unknown()),
  asOf: day,
  of: count,
  factors: list(Type.Object({ id: Type.String(), title: words })),
  /** Morning by morning, oldest first, of those in scope. */
  coverage: list(Type.Object({ day, subscribers: count, of: count, version: Type.Integer() })),
  value: valueAxis,
  stage: stageAxis,
  brand: brandAxis,
  /** Where those who have it stand, and where everybody does. */
  cells: list(counted),
  everybody: list(counted),
  /** Other tags found among them more often than among everybody; `lift`: how many times as often. */
  tags: list(
    Type.Object({
      id: Type.String(),
      title: words,
      subscribers: count,
      everybody: count,
      lift: Type.Number(),
    }),
  ),
  /** Numeric factors whose mean is far from everybody's, in standard deviations, the farthest first. */
  apart: list(
    Type.Object({
      id: Type.String(),
      title: words,
      type: factorType,
      unit: nullable(Type.String()),
      mean: Type.Number(),
      everybody: Type.Number(),
      apart: Type.Number(),
    }),
  ),
})
export type Tag = Static<typeof tag>

export const tagCustomersQuery = Type.Object({ ...pageQuery })

const which = Type.Object({ id: Type.String(), version: Type.Integer() })
export const tagBody = Type.Object({ tag: Type.Record(Type.String(), Type.Unknown()) })
export const savedTag = which
export const tagsBody = Type.Object({ yaml: Type.String({ maxLength: 400_000 }) })
export const importedTags = Type.Object({ saved: list(which), unchanged: count })
export const tagFile = Type.Object({ yaml: Type.String() })
export const retireTagBody = Type.Object({ reason: Type.String({ minLength: 1, maxLength: 500 }) })

export const tagVersions = Type.Object({
  id: Type.String(),
  versions: list(
    Type.Object({
      version: Type.Integer(),
      life: Type.Enum(['draft', 'active', 'retired']),
      origin: Type.Enum(['catalogue', 'console']),
      sentence: nullable(words),
      content: Type.Record(Type.String(), Type.Unknown()),
      madeBy: nullable(words),
      madeAt: nullable(Type.String()),
    }),
  ),
})

/** What became of a file: nobody named, nothing changed. */
export const filledTag = Type.Object({
  id: Type.String(),
  subscribers: count,
  until: nullable(day),
  faultyLines: count,
  /** The first hundred. */
  faulty: list(
    Type.Object({
      line: count,
      column: nullable(Type.String()),
      fault: Type.Object({ code: Type.String(), zh: Type.String(), en: Type.String() }),
    }),
  ),
})
