import { factorsOff, factorTable } from '#factors'
import { FaultError } from '#kernel'
import { countRules, type Rule, switchedOff } from '#rules'
import { raiseWarnings, type WarningPlan } from '#warnings'
import type { Application } from '../application.ts'
import { nothingDelivered } from '../faults.ts'
import { notForDay, rulesInForce } from '../rules/in-force.ts'
import type { Words } from '../view/coded.ts'
import { followLives } from './lives.ts'
import { noteFound } from './places.ts'
import { type Suspects, sellingHeldBy, suspectFactors } from './quality.ts'
import { noteRules } from './record.ts'
import type { HeldRule } from './tables.ts'
import type { Work } from './work.ts'

/** Raises the day's warnings by the rules that may run, notes which may not, and goes on with the life of each. */
export async function warningsStep(work: Work): Promise<number> {
  const { application, day } = work
  const { catalogue, desk, shelf } = application
  const engine = await application.warehouse()
  const table = await factorTable(shelf, day)
  if (table === undefined) throw new FaultError(nothingDelivered())
  const suspects = await suspectFactors(application, day)
  const inForce = await rulesInForce(application)
  const held = [...notForDay(inForce, day), ...(await heldRules(work, inForce.rules, suspects))]
  const heldIds = new Set(held.map(h => h.ruleId))
  const active = inForce.rules.filter(rule => !heldIds.has(rule.id))
  const counted = await countRules(engine, table, active, day)
  const counts = Object.fromEntries(counted.counts.map(c => [c.rule, c.subscribers]))
  const noted = {
    held: [...held, ...heldLists(active, suspects, application)],
    counts,
    subscribers: counted.of,
  }
  await noteRules(desk.db, day, noted)
  const run = await raiseWarnings(desk.db, engine, {
    asOf: day,
    table,
    plan: planWith(catalogue.warningPlan, active),
    active,
  })
  await noteFound(work, table, active)
  await followLives(work)
  return run.high + run.medium + run.low
}

/** A rule that is worth points is a signal, also where the plan of the catalogue does not know it. */
function planWith(plan: WarningPlan, active: readonly Rule[]): WarningPlan {
  const others = active.filter(rule => rule.points > 0 && !plan.signals.includes(rule.id))
  return { ...plan, signals: [...plan.signals, ...others.map(rule => rule.id)] }
}

/** Rules that cannot be asked tonight. `off`: a factor of theirs cannot be computed. `held`: one of theirs is suspect. */
async function heldRules(
  work: Work,
  rules: readonly Rule[],
  suspects: Suspects,
): Promise<readonly HeldRule[]> {
  const { application, day } = work
  const { shelf } = application
  const off = new Map<string, Words>()
  for (const { id, fault } of await factorsOff(await application.warehouse(), shelf, day)) {
    off.set(id, { zh: fault.zh, en: fault.en })
  }
  return rules.flatMap((rule): HeldRule[] => {
    const isOff = switchedOff(rule, off)
    if (isOff !== undefined) return [{ ruleId: rule.id, why: 'off', reason: { zh: isOff.zh, en: isOff.en } }]
    const isHeld = switchedOff(rule, suspects)
    return isHeld === undefined
      ? []
      : [{ ruleId: rule.id, why: 'held', reason: { zh: isHeld.zh, en: isHeld.en } }]
  })
}

/** Rules that warn, but whose offers wait: what selling is decided on is suspect. Care goes on. */
function heldLists(active: readonly Rule[], suspects: Suspects, application: Application): HeldRule[] {
  const reason = sellingHeldBy(suspects, application)
  if (reason === undefined) return []
  const { rows } = application.catalogue.policy
  const sells = (rule: Rule) => rows.some(row => row.action === rule.action && row.purpose === 'selling')
  return active.filter(sells).map(r => ({ ruleId: r.id, why: 'held', reason }))
}
