import type { FactorCatalogue } from '#factors'
import { besides, factorsUsed, type KnownFactors } from '#rules'
import { type SegmentMap, type Tag, tagUses } from '#segments'
import type { WarningPlan } from '#warnings'

interface Content {
  readonly factors: FactorCatalogue
  readonly segmentMap: SegmentMap | undefined
  readonly tags: readonly Tag[]
  readonly plans: readonly WarningPlan[]
}

/** All that a rule may ask about: factors, and beside them the active tags, the map, warnings and the morning before. */
export function askableBy({ factors, segmentMap, tags, plans }: Content): KnownFactors {
  const feedsOf = (ids: readonly string[]) => [
    ...new Set(ids.flatMap(id => factors.byId.get(id)?.feeds ?? [])),
  ]
  const active = tags.filter(tag => tag.state === 'active')
  return besides.known(factors.byId, {
    tags: active.map(tag => ({ id: tag.id, title: tag.title, feeds: feedsOf(tagUses(tag)) })),
    axes: segmentMap === undefined ? [] : axesOf(segmentMap, feedsOf),
    // What a plan's signals rest on is told where each of them is.
    plans: plans.map(plan => ({ id: plan.id, title: plan.title, feeds: [] })),
  })
}

function axesOf(map: SegmentMap, feedsOf: (ids: readonly string[]) => readonly string[]) {
  const titled = (classes: SegmentMap['stage']['classes'] | SegmentMap['value']['classes']) =>
    Object.fromEntries(classes.map(one => [one.id, one.title]))
  return [
    {
      id: 'value',
      title: { zh: '价值等级', en: 'value class' },
      feeds: feedsOf([map.value.factor]),
      values: titled(map.value.classes),
    },
    {
      id: 'stage',
      title: { zh: '生命周期阶段', en: 'lifecycle stage' },
      feeds: feedsOf(treeFactors(map.stage.tree)),
      values: titled(map.stage.classes),
    },
    { id: 'brand', title: { zh: '品牌', en: 'brand' }, feeds: feedsOf([map.brand.factor]) },
  ]
}

/** Every factor a decision tree asks about. */
export function treeFactors(tree: SegmentMap['stage']['tree']): readonly string[] {
  if (typeof tree === 'string') return []
  return [...new Set([...factorsUsed(tree.when), ...treeFactors(tree.yes), ...treeFactors(tree.no)])]
}
