import { factorsOff, factorTable } from '#factors'
import { FaultError } from '#kernel'
import { besides, countRules, factorsUsed, type Rule, switchedOff } from '#rules'
import type { Sql } from '#warehouse'
import { isLookedAt, keepPlans, lastLook, raiseWarnings, type WarningPlan } from '#warnings'
import type { Application } from '../application.ts'
import { nothingDelivered } from '../faults.ts'
import { besideOn } from '../rules/beside.ts'
import { notForDay, rulesInForce } from '../rules/in-force.ts'
import { keepRulesThen } from '../rules/then.ts'
import type { Words } from '../view/coded.ts'
import { followLives } from './lives.ts'
import { noteFound } from './places.ts'
import { type Suspects, sellingHeldBy, suspectFactors } from './quality.ts'
import { noteRules } from './record.ts'
import type { HeldRule } from './tables.ts'
import { keepWarned } from './warned.ts'
import type { Work } from './work.ts'

/**
 * Raises the day's warnings by the plans and rules that may run, notes which may not, and goes on with the life of each. Rules
 * that ask about the morning's warnings come after these.
 */
export async function warningsStep(work: Work): Promise<number> {
  const { application, day } = work
  const { desk } = application
  const engine = await application.warehouse()
  const suspects = await suspectFactors(application, day)
  const off = await wordsOff(work)
  const inForce = await rulesInForce(application)
  const notMeant = new Set(notForDay(inForce, day).map(h => h.ruleId))
  const meant = inForce.rules.filter(rule => !notMeant.has(rule.id))
  const plans = await plansFor(work)
  const heldPlans = plans.flatMap(plan => heldPlan(plan, off, suspects))
  const asked = plans.filter(plan => !heldPlans.some(h => h.ruleId === plan.id))
  const signs = await roundOf(
    work,
    meant.filter(r => !besides.asksWarned(r.uses)),
    { off, suspects },
  )
  const raised = await raise(work, asked, signs)
  await keepRulesThen(desk.db, day, inForce.rules)
  const others = await roundOf(
    work,
    meant.filter(r => besides.asksWarned(r.uses)),
    { off, suspects },
  )
  const rounds = [signs, others]
  const counted = await Promise.all(rounds.map(r => countRules(engine, r.table, r.active, day)))
  await noteRules(desk.db, day, {
    held: [
      ...notForDay(inForce, day),
      ...rounds.flatMap(r => r.held),
      ...heldPlans,
      ...heldLists(
        rounds.flatMap(r => r.active),
        suspects,
        application,
      ),
    ],
    counts: Object.fromEntries(counted.flatMap(c => c.counts.map(one => [one.rule, one.subscribers]))),
    subscribers: counted[0]?.of ?? 0,
  })
  await noteFound(work, rounds)
  for (const plan of asked) await followLives(work, plan)
  return raised
}

/** Raises the warnings of each plan and keeps their levels; answers how many there are. */
async function raise(work: Work, plans: readonly WarningPlan[], { table, active }: Round): Promise<number> {
  const { application, day } = work
  const { desk } = application
  const engine = await application.warehouse()
  const ids = plans.map(plan => plan.id)
  await keepPlans(desk.db, day, ids)
  let raised = 0
  for (const plan of plans) {
    const run = await raiseWarnings(desk.db, engine, { asOf: day, table, plan, active })
    raised += run.high + run.medium + run.low
  }
  for (const id of ids) await keepWarned(application, day, id)
  return raised
}

/** Rules that may run this morning, with the table that they are asked of, and those that may not. */
interface Round {
  readonly table: Sql
  readonly active: readonly Rule[]
  readonly held: readonly HeldRule[]
}

interface NotToday {
  readonly off: ReadonlyMap<string, Words>
  readonly suspects: Suspects
}

async function roundOf(
  { application, day }: Work,
  rules: readonly Rule[],
  { off, suspects }: NotToday,
): Promise<Round> {
  const table = await factorTable(application.shelf, day)
  if (table === undefined) throw new FaultError(nothingDelivered())
  const uses = rules.flatMap(rule => rule.uses)
  const beside = await besideOn(application, await application.warehouse(), { asOf: day }, uses)
  const held = heldRules(rules, new Map([...off, ...beside.off]), new Map([...suspects, ...beside.suspects]))
  const heldIds = new Set(held.map(h => h.ruleId))
  const active = rules.filter(rule => !heldIds.has(rule.id))
  return {
    table: beside.joined(
      table,
      active.flatMap(rule => rule.uses),
    ),
    active,
    held,
  }
}

/** The plans that are looked at this morning: every one but a weekly one that was looked at since its day. */
async function plansFor({ application, day }: Work): Promise<readonly WarningPlan[]> {
  const { desk, catalogue } = application
  const found = await Promise.all(
    catalogue.warningPlans.map(async plan => {
      return isLookedAt(plan, day, await lastLook(desk.db, { day, plan: plan.id })) ? [plan] : []
    }),
  )
  return found.flat()
}

/** A plan that cannot tell whom it asks about asks nobody. */
function heldPlan(plan: WarningPlan, off: ReadonlyMap<string, Words>, suspects: Suspects): HeldRule[] {
  const uses = plan.asks === undefined ? [] : factorsUsed(plan.asks)
  return uses.flatMap((id): HeldRule[] => {
    const [isOff, isSuspect] = [off.get(id), suspects.get(id)]
    if (isOff !== undefined) return [{ ruleId: plan.id, why: 'off', reason: isOff }]
    return isSuspect === undefined ? [] : [{ ruleId: plan.id, why: 'held', reason: isSuspect }]
  })
}

/** Factors that cannot be computed tonight, each with why. */
async function wordsOff({ application, day }: Work): Promise<ReadonlyMap<string, Words>> {
  const found = await factorsOff(await application.warehouse(), application.shelf, day)
  return new Map(found.map(({ id, fault: { zh, en } }) => [id, { zh, en }]))
}

/** Rules that cannot be asked tonight. `off`: a factor of theirs cannot be computed. `held`: one of theirs is suspect. */
function heldRules(
  rules: readonly Rule[],
  off: ReadonlyMap<string, Words>,
  suspects: Suspects,
): readonly HeldRule[] {
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
