import type { Campaign, Plan, Target } from '#campaigns'
import { factorTable } from '#factors'
import { responsibleFor } from '#governance'
import { FaultError, type PlainDate, type RowScope } from '#kernel'
import { type BoundCondition, bind, factorsUsed, parseCondition, selecting, sentence } from '#rules'
import { sql } from '#warehouse'
import type { Application } from '../application.ts'
import { campaignHeld, noFactorTable, ruleUnknown } from '../faults.ts'
import { besideOn } from '../rules/beside.ts'
import { rulesInForce } from '../rules/in-force.ts'
import type { Words } from '../view/coded.ts'

/** A plan, or a campaign whose target was frozen at its launch. */
export type Aiming = Pick<Campaign, 'plan'> & Partial<Pick<Campaign, 'launchedTarget'>>

/** What a plan asks of a subscriber. The plan has been checked; fault rule.unknown when its rule is not in force any more. */
export async function targetOf(application: Application, aiming: Aiming): Promise<Target> {
  const target = await targetIfAny(application, aiming)
  if (target === undefined) throw new FaultError(ruleUnknown())
  return target
}

export async function targetIfAny(
  application: Application,
  { plan, launchedTarget }: Aiming,
): Promise<Target | undefined> {
  if (launchedTarget != null) return launchedTarget
  return 'rule' in plan.target ? ruleTarget(application, plan.target.rule) : ownTarget(plan)
}

async function ruleTarget(application: Application, id: string): Promise<Target | undefined> {
  const rule = (await rulesInForce(application)).rules.find(r => r.id === id)
  return rule && { condition: rule.condition, parameters: rule.parameters }
}

function ownTarget({ target }: Plan): Target | undefined {
  const { condition } = parseCondition('condition' in target ? target.condition : undefined)
  return condition && { condition, parameters: [] }
}

export async function conditionOf(
  application: Application,
  aiming: Aiming,
  day: PlainDate,
): Promise<BoundCondition> {
  return boundOn(await targetOf(application, aiming), day)
}

export function boundOn({ condition, parameters }: Target, day: PlainDate): BoundCondition {
  return bind(condition, { asOf: day, parameters })
}

export function targetSentence({ catalogue }: Application, condition: BoundCondition): Words {
  const known = catalogue.askable
  return { zh: sentence(condition, known, 'zh'), en: sentence(condition, known, 'en') }
}

/** Why a condition cannot be asked this morning, in words: something it asks about is suspect, or not there beside the factors. */
export async function heldOn(
  application: Application,
  condition: BoundCondition,
  day: PlainDate,
  suspects: ReadonlyMap<string, Words>,
): Promise<Words | undefined> {
  const uses = factorsUsed(condition)
  const beside = await besideOn(application, await application.warehouse(), { asOf: day }, uses)
  const [why] = uses.flatMap(id => suspects.get(id) ?? beside.off.get(id) ?? beside.suspects.get(id) ?? [])
  return why
}

/** Subscribers whom the condition selects that morning. Faults factor.not-computed, campaign.held. */
export async function matchedOn(
  application: Application,
  condition: BoundCondition,
  day: PlainDate,
): Promise<readonly string[]> {
  const table = await factorTable(application.shelf, day)
  if (table === undefined) throw new FaultError(noFactorTable(day))
  const engine = await application.warehouse()
  const uses = factorsUsed(condition)
  const beside = await besideOn(application, engine, { asOf: day }, uses)
  const [held] = beside.off.values()
  if (held !== undefined) throw new FaultError(campaignHeld(held))
  const rows = await engine.rows<{ id: string }>(
    sql`SELECT subscriber_id AS id FROM ${beside.joined(table, uses)} AS t WHERE ${selecting(condition)} ORDER BY sub`,
  )
  return rows.map(r => r.id)
}

const perQueryMax = 20_000

/** Those of them within the scope. */
export async function withinOwn(
  application: Application,
  scope: RowScope,
  ids: readonly string[],
): Promise<readonly string[]> {
  const within: string[] = []
  for (let at = 0; at < ids.length; at += perQueryMax) {
    const some = ids.slice(at, at + perQueryMax)
    const found = await responsibleFor(application.desk.db, scope, some)
    within.push(...some.filter(id => found.has(id)))
  }
  return within
}
