import { factorsOff, factorTable } from '#factors'
import { type CheckedFeed, feedOf } from '#ingest'
import { FaultError } from '#kernel'
import { countRules, type Rule, switchedOff } from '#rules'
import { raiseWarnings } from '#warnings'
import { nothingDelivered } from '../faults.ts'
import type { Words } from '../view/coded.ts'
import { noteRules } from './record.ts'
import type { HeldRule } from './tables.ts'
import type { Work } from './work.ts'

/** Raises the day's warnings by the rules that may run, and notes which may not, and why. */
export async function warningsStep(work: Work): Promise<number> {
  const { application, day } = work
  const { catalogue, desk, shelf } = application
  const engine = await application.warehouse()
  const table = await factorTable(shelf, day)
  if (table === undefined) throw new FaultError(nothingDelivered())
  const held = await heldRules(work)
  const heldIds = new Set(held.map(h => h.ruleId))
  const active = catalogue.rules.filter(rule => !heldIds.has(rule.id))
  const counted = await countRules(engine, table, active, day)
  const counts = Object.fromEntries(counted.counts.map(c => [c.rule, c.subscribers]))
  await noteRules(desk.db, day, { held, counts, subscribers: counted.of })
  const run = await raiseWarnings(desk.db, engine, { asOf: day, table, plan: catalogue.warningPlan, active })
  return run.high + run.medium + run.low
}

/** Rules that make no list tonight. `off`: a factor of theirs cannot be computed. `held`: a feed of theirs is suspect. */
async function heldRules(work: Work): Promise<readonly HeldRule[]> {
  const { application, day } = work
  const { catalogue, shelf } = application
  const off = new Map<string, Words>()
  for (const { id, fault } of await factorsOff(await application.warehouse(), shelf, day)) {
    off.set(id, { zh: fault.zh, en: fault.en })
  }
  const suspect = suspectFactors(work)
  return catalogue.rules.flatMap((rule: Rule): HeldRule[] => {
    const isOff = switchedOff(rule, off)
    if (isOff !== undefined) return [{ ruleId: rule.id, why: 'off', reason: { zh: isOff.zh, en: isOff.en } }]
    const isHeld = switchedOff(rule, suspect)
    return isHeld === undefined
      ? []
      : [{ ruleId: rule.id, why: 'held', reason: { zh: isHeld.zh, en: isHeld.en } }]
  })
}

/** Factors that read a feed whose data is held this morning, with the feed's reason. */
function suspectFactors({ application, feeds }: Work): ReadonlyMap<string, Words> {
  const held = new Map(feeds.filter(f => f.verdict === 'hold').map(f => [f.feed, whyHeld(f)]))
  return new Map(
    application.catalogue.factors.factors.flatMap(factor => {
      const feed = factor.feeds.find(id => held.has(id))
      const reason = feed === undefined ? undefined : held.get(feed)
      return reason === undefined ? [] : [[factor.id, reason] as const]
    }),
  )
}

/** The findings that hold a feed, in one sentence. */
function whyHeld({ feed, findings }: CheckedFeed): Words {
  const holding = findings.filter(f => f.verdict === 'hold')
  const { title } = feedOf(feed)
  return {
    zh: `${title.zh}：${holding.map(f => f.zh).join('；')}`,
    en: `${title.en}: ${holding.map(f => f.en).join('; ')}`,
  }
}
