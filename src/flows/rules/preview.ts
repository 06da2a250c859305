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
  return trying(application, asker, order, async at => {
    const { snapshot, rule, held } = at
    const factors = factorsOf(application, rule)
    // What is held is not asked: what it asks about may not be there.
    const [{ subscribers, of }, feeds] = await Promise.all([
      counted(application, at, held === null ? at.condition : nobody),
      feedsOf(
        application,
        factors.map(f => f.id),
      ),
    ])
    const alarm = held === null ? countAlarm(rule, subscribers, of) : undefined
    return {
      snapshot,
      sentence: saidBy(application, at),
      held,
      count: held === null ? subscribers : null,
      of,
      alarm: alarm ? { zh: alarm.zh, en: alarm.en } : null,
      factors,
      feeds,
    }
  })
}

/** How many there are in the tables asked about lately: their files never change, and somebody who types asks again and again. */
const sizes = new WeakMap<Application, Map<string, number>>()
const sizesMax = 200

async function counted(
  application: Application,
  { warehouse, whole, table }: Trying,
  condition: BoundCondition,
) {
  const known = sizes.get(application) ?? new Map<string, number>()
  sizes.set(application, known)
  const found = await tried.count({ warehouse, table }, condition, known.get(whole.text))
  if (known.size >= sizesMax) known.clear()
  known.set(whole.text, found.of)
  return found
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
