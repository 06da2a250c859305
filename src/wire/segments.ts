import Type, { type Static } from 'typebox'
import { count, day, fen, level, list, nullable, pageQuery, pageReply, words } from './words.ts'

/** `held`: what it rests on is suspect that morning. `off`: what it needs cannot be computed. */
export const segmentState = Type.Enum(['on', 'held', 'off'])
const standing = { state: segmentState, reason: nullable(words) }

export const cell = {
  /** Class of each axis; null where it is not known. */
  value: nullable(Type.String()),
  stage: nullable(Type.String()),
  brand: nullable(Type.String()),
}

export const valueAxis = Type.Object({
  ...standing,
  /** The highest first; `fromFen`: where it began that morning. */
  classes: list(Type.Object({ code: Type.String(), title: words, fromFen: nullable(Type.Number()) })),
})
export const stageAxis = Type.Object({
  ...standing,
  classes: list(Type.Object({ code: Type.String(), title: words, means: words, isSunk: Type.Boolean() })),
})

export const brandAxis = Type.Object({
  ...standing,
  classes: list(Type.Object({ code: Type.String(), title: words })),
  missing: words,
})

export const segmentMap = Type.Object({
  asOf: day,
  /** Mornings that have a map, the newest first. */
  days: list(day),
  title: words,
  means: words,
  version: Type.Integer(),
  subscribers: count,
  value: valueAxis,
  stage: stageAxis,
  brand: brandAxis,
  /** The decision tree from the top: the `yes` side of a question before its `no` side. */
  questions: list(
    Type.Object({
      depth: count,
      asks: words,
      sentence: words,
      /** The stage that the answer leads to at once; null: to a further question. */
      yes: nullable(Type.String()),
      no: nullable(Type.String()),
    }),
  ),
  /** Cells with nobody are left out. `amountFen`: what the value class is read from, added up. */
  cells: list(Type.Object({ ...cell, subscribers: count, amountFen: fen })),
})
export type SegmentMap = Static<typeof segmentMap>

export const segmentQuery = Type.Object({ day: Type.Optional(day) })

export const segmentMoves = Type.Object({
  from: day,
  to: day,
  days: list(day),
  value: valueAxis,
  stage: stageAxis,
  /** The most first. `from` null: not there (or not in scope) then. `to` null: not any more. */
  moves: list(
    Type.Object({
      from: nullable(Type.Object(cell)),
      to: nullable(Type.Object(cell)),
      subscribers: count,
    }),
  ),
})
export type SegmentMoves = Static<typeof segmentMoves>

export const segmentMovesQuery = Type.Object({ from: Type.Optional(day), to: Type.Optional(day) })

const className = Type.String({ maxLength: 200, description: 'a class; - for not known' })

export const segmentCustomersQuery = Type.Object({
  day: Type.Optional(day),
  value: Type.Optional(className),
  stage: Type.Optional(className),
  brand: Type.Optional(className),
  fromDay: Type.Optional(day),
  fromValue: Type.Optional(className),
  fromStage: Type.Optional(className),
  fromBrand: Type.Optional(className),
  ...pageQuery,
})

/** The customers behind a count. Number and name are masked by role. */
export const segmentCustomers = Type.Object({
  asOf: day,
  rows: list(
    Type.Object({
      id: Type.String(),
      number: nullable(Type.String()),
      customerName: nullable(Type.String()),
      arpuFen: nullable(fen),
      level: nullable(level),
      ...cell,
    }),
  ),
  ...pageReply,
})

export const mapBody = Type.Object({
  yaml: Type.String({ maxLength: 100_000, description: 'as a file of catalogue/segments' }),
})
export const mapReason = Type.Object({ reason: Type.String({ minLength: 1, maxLength: 500 }) })
export const mapFile = Type.Object({ yaml: Type.String() })
export const savedMap = Type.Object({ id: Type.String(), version: Type.Integer() })
export const askedMap = Type.Object({ id: Type.String(), approval: Type.Integer() })

/** Everything that is wrong with a map, or who would move by it. */
export const triedMap = Type.Object({
  faults: list(
    Type.Object({
      code: Type.String(),
      zh: Type.String(),
      en: Type.String(),
      at: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))),
    }),
  ),
  preview: nullable(
    Type.Object({
      asOf: day,
      subscribers: count,
      /** How many would have another value class or stage. */
      moved: count,
      value: valueAxis,
      stage: stageAxis,
      moves: segmentMoves.properties.moves,
    }),
  ),
})
export type TriedMap = Static<typeof triedMap>

export const mapVersions = Type.Object({
  id: Type.String(),
  versions: list(
    Type.Object({
      version: Type.Integer(),
      state: Type.Enum(['draft', 'waiting', 'active', 'retired']),
      madeBy: nullable(words),
      madeAt: nullable(Type.String()),
      activatedAt: nullable(Type.String()),
      /** Null: it cannot be read any more, as a factor it asks about is gone. */
      yaml: nullable(Type.String()),
    }),
  ),
})
