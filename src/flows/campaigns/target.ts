import type { Campaign, Plan, Target } from '#campaigns'
import { factorTable } from '#factors'
import { responsibleFor } from '#governance'
import { everybody, FaultError, type PlainDate, type RowScope } from '#kernel'
import { type BoundCondition, bind, factorsUsed, parseCondition, selecting, sentence } from '#rules'
import { join, type Sql, sql } from '#warehouse'
import type { Application } from '../application.ts'
import { campaignHeld, noFactorTable, ruleUnknown } from '../faults.ts'
import { everyLine } from '../lists/listed.ts'
import { besideOn } from '../rules/beside.ts'
import { rulesInForce } from '../rules/in-force.ts'
import type { Words } from '../view/coded.ts'
import { listTarget } from './list-target.ts'

/** A plan, or a campaign whose target was frozen at its launch. */
type Aiming = Pick<Campaign, 'plan'> & Partial<Pick<Campaign, 'launchedTarget'>>

/** Whom a campaign is for on a morning. */
export interface Aim {
  readonly target: Target
  readonly says: Words
  /** What a subscriber must satisfy; null: a list names them, and there is nothing to ask but whether they are in the base. */
  readonly condition: BoundCondition | null
  /** How many the list names; null: no list is the target. */
  readonly listed: number | null
}

/**
 * What a plan asks of a subscriber, or a campaign since its launch. Faults rule.unknown when its rule is not in force any
 * more, list.* when no campaign may begin for the list any more.
 */
export async function aimOf(application: Application, aiming: Aiming, day: PlainDate): Promise<Aim> {
  const target = await targetOf(application, aiming)
  if (target === undefined) throw new FaultError(ruleUnknown())
  return aimAt(application, { target, isLaunched: aiming.launchedTarget != null }, day)
}

/** The target in words; null when its rule is gone. */
export async function targetWords(
  application: Application,
  aiming: Aiming,
  day: PlainDate,
): Promise<Words | null> {
  const target = await targetOf(application, aiming)
  // To be read only: a list that may not begin a campaign any more still has its name.
  return target === undefined ? null : (await aimAt(application, { target, isLaunched: true }, day)).says
}

async function targetOf(
  application: Application,
  { plan: { target }, launchedTarget }: Aiming,
): Promise<Target | undefined> {
  if (launchedTarget != null) return launchedTarget
  if ('list' in target) return target
  if ('rule' in target) {
    const rule = (await rulesInForce(application)).rules.find(r => r.id === target.rule)
    return rule && { condition: rule.condition, parameters: rule.parameters }
  }
  return ownTarget(target)
}

function ownTarget(target: Extract<Plan['target'], { condition: unknown }>): Target | undefined {
  const { condition } = parseCondition(target.condition)
  return condition && { condition, parameters: [] }
}

async function aimAt(
  application: Application,
  { target, isLaunched }: { readonly target: Target; readonly isLaunched: boolean },
  day: PlainDate,
): Promise<Aim> {
  if ('list' in target) {
    const { list, people, fault } = await listTarget(application, everybody, target.list, day)
    if (fault !== undefined && !isLaunched) throw new FaultError(fault)
    const title = list?.title ?? String(target.list)
    const says = { zh: `名单“${title}”上的用户`, en: `on list “${title}”` }
    return { target, says, condition: null, listed: people }
  }
  const condition = bind(target.condition, { asOf: day, parameters: target.parameters })
  return { target, says: targetSentence(application, condition), condition, listed: null }
}

export function targetSentence({ catalogue }: Application, condition: BoundCondition): Words {
  const known = catalogue.askable
  return { zh: sentence(condition, known, 'zh'), en: sentence(condition, known, 'en') }
}

/** Why a target cannot be asked this morning, in words: something it asks about is suspect, or not there beside the factors. A list asks nothing. */
export async function heldBy(
  application: Application,
  { condition }: Aim,
  day: PlainDate,
  suspects: ReadonlyMap<string, Words>,
): Promise<Words | undefined> {
  if (condition === null) return undefined
  const uses = factorsUsed(condition)
  const beside = await besideOn(application, await application.warehouse(), { asOf: day }, uses)
  const [why] = uses.flatMap(id => suspects.get(id) ?? beside.off.get(id) ?? beside.suspects.get(id) ?? [])
  return why
}

/** Subscribers of that morning's base whom the target means. Faults factor.not-computed, campaign.held. */
export async function meantOn(
  application: Application,
  { target, condition }: Aim,
  day: PlainDate,
): Promise<readonly string[]> {
  if (condition !== null) return matchedOn(application, condition, day)
  const table = await tableOn(application, day)
  const engine = await application.warehouse()
  const named: string[] = []
  if ('list' in target)
    for await (const { subscriberId } of everyLine(application.desk.db, target.list)) named.push(subscriberId)
  const present: string[] = []
  for (let at = 0; at < named.length; at += perQueryMax) {
    const some = join(named.slice(at, at + perQueryMax).map(id => sql`${id}`))
    const rows = await engine.rows<{ id: string }>(
      sql`SELECT subscriber_id AS id FROM ${table} AS t WHERE subscriber_id IN (${some}) ORDER BY sub`,
    )
    present.push(...rows.map(row => row.id))
  }
  return present
}

async function tableOn({ shelf }: Application, day: PlainDate): Promise<Sql> {
  const table = await factorTable(shelf, day)
  if (table === undefined) throw new FaultError(noFactorTable(day))
  return table
}

/** Subscribers whom the condition selects that morning. Faults factor.not-computed, campaign.held. */
export async function matchedOn(
  application: Application,
  condition: BoundCondition,
  day: PlainDate,
): Promise<readonly string[]> {
  const table = await tableOn(application, day)
  const engine = await application.warehouse()
  const uses = factorsUsed(condition)
  const beside = await besideOn(application, engine, { asOf: day }, uses)
  const [held] = beside.off.values()
  if (held !== undefined) throw new FaultError(campaignHeld(held))
  const rows = await engine.rows<{ id: string }>(
    sql`SELECT subscriber_id AS id FROM ${beside.joined(table, uses)} AS t WHERE ${selecting(condition)} ORDER BY sub`,
  )
  return rows.map(row => row.id)
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
