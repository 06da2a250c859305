import Type, { type Static } from 'typebox'
import { stringify } from 'yaml'
import type { Fault } from '#kernel'
import { type KnownFactors, readEntriesAs, shapeFaults, type Words } from '#rules'
import {
  classesOutOfOrder,
  classTwice,
  segmentMalformed,
  segmentUnknownFactor,
  wrongFactorType,
} from './faults.ts'
import { classOf, type Scale } from './scale.ts'
import { readTree, type Tree } from './tree.ts'

const words = Type.Object(
  { zh: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) },
  { additionalProperties: false },
)
const id = Type.String({ pattern: '^[a-z][a-z0-9_]{0,31}$' })
const closed = { additionalProperties: false }

const mapShape = Type.Object(
  {
    id,
    version: Type.Integer({ minimum: 1 }),
    title: words,
    means: words,
    owner: Type.String({ minLength: 1 }),
    value: Type.Object(
      {
        factor: Type.String(),
        by: Type.Union([Type.Literal('thresholds'), Type.Literal('quantiles')]),
        missing: id,
        classes: Type.Array(
          Type.Object({ id, title: words, from: Type.Optional(Type.Number({ minimum: 0 })) }, closed),
          { minItems: 1 },
        ),
      },
      closed,
    ),
    stage: Type.Object(
      {
        classes: Type.Array(
          Type.Object({ id, title: words, means: words, isSunk: Type.Optional(Type.Boolean()) }, closed),
          { minItems: 1 },
        ),
        tree: Type.Unknown(),
      },
      closed,
    ),
    brand: Type.Object({ factor: Type.String(), missing: words }, closed),
  },
  closed,
)

export interface Stage {
  readonly id: string
  readonly title: Words
  readonly means: Words
  /** Whoever is here has in all likelihood left without saying so. */
  readonly isSunk?: boolean | undefined
}

/** How subscribers are laid out: value class × lifecycle stage × brand. */
export interface SegmentMap {
  readonly id: string
  readonly version: number
  readonly title: Words
  readonly means: Words
  readonly owner: string
  readonly value: Scale
  readonly stage: { readonly classes: readonly Stage[]; readonly tree: Tree }
  readonly brand: { readonly factor: string; readonly missing: Words }
}

export interface SegmentMaps {
  readonly maps: readonly SegmentMap[]
  readonly faults: readonly Fault[]
}

/** One map as YAML or JSON has it: the map, or every fault with the path to it. */
export function mapFrom(
  value: unknown,
  factors: KnownFactors,
): { readonly map: SegmentMap | undefined; readonly faults: readonly Fault[] } {
  const shape = shapeFaults(mapShape, value)
  return shape.length > 0
    ? { map: undefined, faults: shape }
    : mapIn(value as Static<typeof mapShape>, factors)
}

/** A map as a file of catalogue/segments. */
export function mapAsYaml(map: SegmentMap): string {
  return stringify([map], { lineWidth: 120 })
}

/** Reads the maps of a folder. All faults at once, with file and line. */
export async function readSegmentMaps(folder: string, factors: KnownFactors): Promise<SegmentMaps> {
  const { entries, faults } = await readEntriesAs(folder, mapShape)
  const read = entries.map(entry => {
    const { map, faults: own } = mapIn(entry.value, factors)
    return { map, faults: own.map(entry.place) }
  })
  return { maps: read.flatMap(r => r.map ?? []), faults: [...faults, ...read.flatMap(r => r.faults)] }
}

function mapIn(
  read: Static<typeof mapShape>,
  factors: KnownFactors,
): { map: SegmentMap | undefined; faults: readonly Fault[] } {
  const stages = read.stage.classes.map(s => s.id)
  const { tree, faults } = readTree(read.stage.tree, stages, factors, 'stage/tree')
  const all = [
    ...faults,
    ...twice(stages, 'stage/classes'),
    ...scaleFaults(read.value, factors),
    ...factorFaults(read.brand.factor, ['text'], factors, 'brand/factor'),
  ]
  if (tree === undefined || all.length > 0) return { map: undefined, faults: all }
  return { map: { ...read, stage: { classes: read.stage.classes, tree } }, faults: [] }
}

function scaleFaults(scale: Scale, factors: KnownFactors): Fault[] {
  const ids = scale.classes.map(c => c.id)
  const begins = scale.classes.slice(0, -1).map(c => c.from)
  const falls = begins.every((from, i) => from !== undefined && (i === 0 || from < (begins[i - 1] ?? 0)))
  const isShare = scale.by === 'thresholds' || begins.every(from => from !== undefined && from < 1)
  const isInOrder = falls && isShare && scale.classes.at(-1)?.from === undefined
  const isKnown = ids.includes(scale.missing)
  return [
    ...twice(ids, 'value/classes'),
    ...(isInOrder ? [] : [classesOutOfOrder('value/classes')]),
    ...(isKnown ? [] : [segmentMalformed('value/missing', 'one of the classes is expected', '应为其中一级')]),
    ...factorFaults(scale.factor, ['money', 'integer', 'number'], factors, 'value/factor'),
  ]
}

function twice(ids: readonly string[], path: string): Fault[] {
  return ids.flatMap((one, i) => (ids.indexOf(one) === i ? [] : [classTwice(one, `${path}/${i}`)]))
}

function factorFaults(
  factor: string,
  types: readonly string[],
  factors: KnownFactors,
  path: string,
): Fault[] {
  const type = factors.get(factor)?.type
  if (type === undefined) return [segmentUnknownFactor(factor, path)]
  return types.includes(type) ? [] : [wrongFactorType(factor, type, path)]
}

/** Maps as data and as text, and the value class by one. */
export const segmentMaps = { from: mapFrom, yaml: mapAsYaml, read: readSegmentMaps, classOf } as const
