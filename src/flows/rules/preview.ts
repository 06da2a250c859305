import { ok } from '#kernel'
import { type BoundCondition, countAlarm, type Rule, sentence, tried } from '#rules'
import type { Application } from '../application.ts'
import type { Asker } from '../asker.ts'
import { feedReport } from '../view/nights.ts'
import { type Draft, type Trying, trying } from './trying.ts'

export interface PreviewOrder {
  readonly draft: Draft
  /** Aborted: whoever asked no longer waits. */
  readonly signal?: AbortSignal | undefined
}

/** How many of those in scope a draft selects, on what it rests, and whether a night would ask it at all. */
export async function previewCount(application: Application, asker: Asker, order: PreviewOrder) {
  const counted = await trying(application, asker, order, async at => {
    const { snapshot, rule, held } = at
    // What is held is not asked: what it asks about may not be there.
    const { subscribers, of } = await tried.count(at, held === null ? at.condition : nobody)
    const alarm = held === null ? countAlarm(rule, subscribers, of) : undefined
    return {
      snapshot,
      sentence: saidBy(application, at),
      held,
      count: held === null ? subscribers : null,
      of,
      alarm: alarm ? { zh: alarm.zh, en: alarm.en } : null,
      factors: factorsOf(application, rule),
    }
  })
  if (!counted.ok) return counted
  const feeds = await feedsOf(
    application,
    counted.value.factors.map(f => f.id),
  )
  return ok({ ...counted.value, feeds })
}

const nobody: BoundCondition = { op: 'any', of: [] }

function saidBy({ catalogue }: Application, { condition }: Trying) {
  const say = (lang: 'zh' | 'en') => sentence(condition, catalogue.askable, lang)
  return { zh: say('zh'), en: say('en') }
}

function factorsOf({ catalogue }: Application, rule: Rule) {
  const byId = catalogue.askable
  return rule.uses.map(id => ({ id, title: byId.get(id)?.title ?? { zh: id, en: id } }))
}

/** The feeds that the factors come from, how far each reaches and how it stood this morning. */
async function feedsOf(application: Application, factors: readonly string[]) {
  const byId = application.catalogue.askable
  const used = new Set<string>(factors.flatMap(id => byId.get(id)?.feeds ?? []))
  const { value } = await feedReport(application)
  return value.feeds
    .filter(feed => used.has(feed.id))
    .map(({ id, title, delivered, dataThrough, verdict }) => ({ id, title, delivered, dataThrough, verdict }))
}
