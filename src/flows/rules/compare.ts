import { ok } from '#kernel'
import { bindRule, sayValue, tried } from '#rules'
import type { Application } from '../application.ts'
import type { Asker } from '../asker.ts'
import { previewPicture } from './picture.ts'
import { type PreviewOrder, previewCount } from './preview.ts'
import { trying } from './trying.ts'

/** Whom a draft shares with each rule in force, and they with each other: `both[i][j]`, the draft first. */
export async function previewOverlap(application: Application, asker: Asker, order: PreviewOrder) {
  return trying(application, asker, order, async at => {
    if (at.held !== null) return { snapshot: at.snapshot, held: at.held, rules: [], both: [] }
    const conditions = [at.condition, ...at.active.map(rule => bindRule(rule, at.asOf))]
    return {
      snapshot: at.snapshot,
      held: null,
      rules: at.active.map(({ id, title }) => ({ id, title })),
      both: await tried.overlap({ ...at, table: at.tableFor([at.rule, ...at.active]) }, conditions),
    }
  })
}

/** How many a draft would select, were one of its thresholds another. */
export async function previewSensitivity(application: Application, asker: Asker, order: PreviewOrder) {
  const byId = application.catalogue.askable
  return trying(application, asker, order, async at => {
    if (at.held !== null) return { snapshot: at.snapshot, held: at.held, thresholds: [] }
    const found = await tried.sensitivity(at, at.condition)
    const thresholds = found.flatMap(({ path, factor: id, part, value, tries }) => {
      const factor = byId.get(id)
      if (factor === undefined) return []
      const said = (v: typeof value) => ({ zh: sayValue(v, factor, 'zh'), en: sayValue(v, factor, 'en') })
      return [
        {
          path: [...path],
          factor: { id, title: factor.title },
          part,
          value,
          tries: tries.map(t => ({ value: t.value, shown: said(t.value), count: t.subscribers })),
        },
      ]
    })
    return { snapshot: at.snapshot, held: null, thresholds }
  })
}

/** All of it, one after the other. */
export async function previewWhole(application: Application, asker: Asker, order: PreviewOrder) {
  const count = await previewCount(application, asker, order)
  if (!count.ok) return count
  const picture = await previewPicture(application, asker, order)
  if (!picture.ok) return picture
  const overlap = await previewOverlap(application, asker, order)
  if (!overlap.ok) return overlap
  const sensitivity = await previewSensitivity(application, asker, order)
  if (!sensitivity.ok) return sensitivity
  return ok({ ...picture.value, ...overlap.value, ...sensitivity.value, ...count.value })
}
