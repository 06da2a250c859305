import { type KnownFactors, sentence } from '#rules'
import type { SegmentDay, SegmentMap, Standing, stageTree } from '#segments'
import type { Words } from '../view/coded.ts'

type Branch = ReturnType<typeof stageTree.bind>

/** One question of the tree, as deep as it stands, with the stage that either answer leads to at once. */
export interface ShownQuestion {
  readonly depth: number
  readonly asks: Words
  readonly sentence: Words
  readonly yes: string | null
  readonly no: string | null
}

/** The tree from the top, question by question: the `yes` side of each before its `no` side. */
export function questionsOf(tree: Branch, factors: KnownFactors, depth = 0): readonly ShownQuestion[] {
  if (typeof tree === 'string') return []
  const { asks, when, yes, no } = tree
  const stage = (side: Branch) => (typeof side === 'string' ? side : null)
  return [
    {
      depth,
      asks,
      sentence: { zh: sentence(when, factors, 'zh'), en: sentence(when, factors, 'en') },
      yes: stage(yes),
      no: stage(no),
    },
    ...questionsOf(yes, factors, depth + 1),
    ...questionsOf(no, factors, depth + 1),
  ]
}

/** The axes as they stood that morning: their classes with titles, highest value and earliest stage first. */
export function axesOf(
  map: SegmentMap,
  morning: Pick<SegmentDay, 'axes' | 'cuts'>,
  brands: readonly string[],
) {
  const { value, stage, brand } = morning.axes
  const cuts = new Map(morning.cuts.map(c => [c.id, c.from]))
  return {
    value: {
      ...stateOf(value),
      classes: map.value.classes.map(c => ({ code: c.id, title: c.title, fromFen: cuts.get(c.id) ?? null })),
    },
    stage: {
      ...stateOf(stage),
      classes: map.stage.classes.map(c => {
        return { code: c.id, title: c.title, means: c.means, isSunk: c.isSunk ?? false }
      }),
    },
    brand: {
      ...stateOf(brand),
      classes: brands.map(code => ({ code, title: { zh: code, en: code } })),
      missing: map.brand.missing,
    },
  }
}

function stateOf({ state, reason }: Standing) {
  return { state, reason }
}
