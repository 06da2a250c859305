import type { Plan } from '#campaigns'
import { factorTable } from '#factors'
import { responsibleFor } from '#governance'
import { FaultError, type PlainDate, type RowScope } from '#kernel'
import { type BoundCondition, bind, bindRule, factorsUsed, parseCondition, selecting, sentence } from '#rules'
import { sql } from '#warehouse'
import type { Application } from '../application.ts'
import { noFactorTable, ruleUnknown } from '../faults.ts'
import type { Words } from '../view/coded.ts'

/** Whom a plan is for, on a morning. The plan has been checked; fault rule.unknown when its rule is gone since. */
export function conditionOf({ catalogue }: Application, { target }: Plan, day: PlainDate): BoundCondition {
  if ('rule' in target) {
    const rule = catalogue.rules.find(r => r.id === target.rule)
    if (rule === undefined) throw new FaultError(ruleUnknown())
    return bindRule(rule, day)
  }
  const { condition, faults } = parseCondition(target.condition)
  const [first, ...rest] = faults
  if (condition === undefined || first !== undefined) throw new FaultError(first ?? ruleUnknown(), ...rest)
  return bind(condition, { asOf: day, parameters: [] })
}

export function targetSentence({ catalogue }: Application, condition: BoundCondition): Words {
  const known = catalogue.factors.byId
  return { zh: sentence(condition, known, 'zh'), en: sentence(condition, known, 'en') }
}

/** The first factor of a condition that nothing may rest on this morning, in words. */
export function heldBy(condition: BoundCondition, suspects: ReadonlyMap<string, Words>): Words | undefined {
  const held = factorsUsed(condition).find(id => suspects.has(id))
  return held === undefined ? undefined : suspects.get(held)
}

/** Subscribers whom the condition selects that morning. Fault factor.not-computed. */
export async function matchedOn(
  application: Application,
  condition: BoundCondition,
  day: PlainDate,
): Promise<readonly string[]> {
  const table = await factorTable(application.shelf, day)
  if (table === undefined) throw new FaultError(noFactorTable(day))
  const engine = await application.warehouse()
  const rows = await engine.rows<{ id: string }>(
    sql`SELECT subscriber_id AS id FROM ${table} AS t WHERE ${selecting(condition)} ORDER BY sub`,
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
