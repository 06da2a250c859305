import type { PlainDate } from '#kernel'
import { holds } from '#rules'
import { bindTag, bindTree, classOf, pathTo, segmentMorning, stageOf, tagGroups } from '#segments'
import type { Row, Warehouse } from '#warehouse'
import type { Application } from '../application.ts'
import type { Words } from '../view/coded.ts'

/** Where one subscriber stands on the map of a morning, by which answers, and its tags; null when that morning has no map. */
export async function standingOf(
  { shelf, catalogue }: Application,
  warehouse: Warehouse,
  asOf: PlainDate,
  row: Row | undefined,
) {
  const morning = await segmentMorning(warehouse, shelf, asOf)
  if (morning === undefined || row === undefined) return null
  const { value, stage, brand } = catalogue.segmentMap
  const tree = bindTree(stage.tree, asOf)
  const has = (axis: keyof typeof morning.axes) => morning.axes[axis].state !== 'off'
  const classId = has('value') ? classOf(value, morning.cuts, row[value.factor] ?? null) : undefined
  const stageId = has('stage') ? stageOf(tree, row) : undefined
  const brandName = row[brand.factor]
  return {
    value: coded(value.classes.find(c => c.id === classId)),
    stage: coded(stage.classes.find(c => c.id === stageId)),
    brand: typeof brandName === 'string' ? brandName : null,
    tags: catalogue.tags.flatMap(tag => {
      const given = morning.tags.get(tag.id)
      if (given === undefined || given.state === 'off' || !holds(bindTag(tag, asOf), row)) return []
      return [{ id: tag.id, title: tag.title, group: { code: tag.group, title: tagGroups[tag.group] } }]
    }),
    answers: stageId === undefined ? [] : [...pathTo(tree, row, catalogue.factors.byId)],
  }
}

function coded(one: { readonly id: string; readonly title: Words } | undefined) {
  return one === undefined ? null : { code: one.id, title: one.title }
}
