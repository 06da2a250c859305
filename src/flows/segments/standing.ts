import type { PlainDate } from '#kernel'
import { holds } from '#rules'
import {
  bindTag,
  type SegmentDay,
  segmentMaps,
  segmentMorning,
  stageTree,
  type Tag,
  tagColumn,
  tagGroups,
} from '#segments'
import { ident, join, type Row, sql, type Warehouse } from '#warehouse'
import type { Application } from '../application.ts'
import type { Words } from '../view/coded.ts'
import { mapInForce, tagsKnown } from './in-force.ts'

/** A subscriber as the warehouse knows it, with its factors of a morning. */
export interface Looked {
  readonly sub: number
  readonly row: Row | undefined
}

/** Where one subscriber stands on the map of a morning, by which answers, and its tags; null when that morning has no map. */
export async function standingOf(
  application: Application,
  warehouse: Warehouse,
  asOf: PlainDate,
  { sub, row }: Looked,
) {
  const { shelf, catalogue } = application
  const morning = await segmentMorning(warehouse, shelf, asOf)
  if (morning === undefined || row === undefined) return null
  const { value, stage, brand } = morning.map ?? (await mapInForce(application))
  const tree = stageTree.bind(stage.tree, asOf)
  const has = (axis: keyof typeof morning.axes) => morning.axes[axis].state !== 'off'
  const classId = has('value')
    ? segmentMaps.classOf(value, morning.cuts, row[value.factor] ?? null)
    : undefined
  const stageId = has('stage') ? stageTree.stageOf(tree, row) : undefined
  const brandName = row[brand.factor]
  return {
    value: coded(value.classes.find(c => c.id === classId)),
    stage: coded(stage.classes.find(c => c.id === stageId)),
    brand: typeof brandName === 'string' ? brandName : null,
    tags: (await tagsHad(application, warehouse, morning, { sub, row })).map(tag => {
      return { id: tag.id, title: tag.title, group: { code: tag.group, title: tagGroups[tag.group] } }
    }),
    answers: stageId === undefined ? [] : [...stageTree.pathTo(tree, row, catalogue.factors.byId)],
  }
}

/** The tags it had that morning: asked of its factors, or, where the tag does not say how (any more), of what the night wrote. */
async function tagsHad(
  application: Application,
  warehouse: Warehouse,
  morning: SegmentDay,
  { sub, row }: { readonly sub: number; readonly row: Row },
): Promise<readonly Tag[]> {
  const given = (await tagsKnown(application)).filter(tag => {
    const state = morning.tags.get(tag.id)?.state
    return state !== undefined && state !== 'off'
  })
  const isWritten = (tag: Tag) => tag.source === 'import' || tag.version !== morning.tags.get(tag.id)?.version
  const written = given.filter(isWritten)
  const flags =
    written.length === 0
      ? undefined
      : (
          await warehouse.rows<Row>(
            sql`SELECT ${join(written.map(tag => ident(tagColumn(tag.id))))} FROM ${morning.table} AS s WHERE sub = ${sub}`,
          )
        )[0]
  return given.filter(tag => {
    if (tag.source === 'import' || isWritten(tag)) return flags?.[tagColumn(tag.id)] === true
    return holds(bindTag(tag, morning.asOf), row)
  })
}

function coded(one: { readonly id: string; readonly title: Words } | undefined) {
  return one === undefined ? null : { code: one.id, title: one.title }
}
