import { factorsOff, factorTable } from '#factors'
import { addDays, err, everybody, ok, type PlainDate, type RowScope } from '#kernel'
import { bindRule, countRules, explain, notValidOn, type Rule, sentence, switchedOff } from '#rules'
import type { Application } from '../application.ts'
import { noFactorTable, ruleUnknown, subscriberUnknown } from '../faults.ts'
import { type Figures, figuresWithin } from '../night/places.ts'
import { findNight, lastNight, type NightRow, nightRows } from '../night/record.ts'
import { besideOn, rowsBeside } from '../rules/beside.ts'
import { type BrokenRule, type KnownRule, rulesInForce, rulesKnown } from '../rules/in-force.ts'
import { type Explained, explainedLines } from './explained.ts'

/**
 * Every rule with its sentence, and how many it found on the last night: of those who were in the scope that morning.
 */
export async function listRules(application: Application, scope: RowScope) {
  const night = await latest(application)
  const known = await rulesKnown(application)
  const shown = [...known.values()].filter(one => one.life !== 'retired')
  const { broken } = await rulesInForce(application)
  const figures = night && (await figuresOf(application, scope, [night])).get(night.day)
  return ok({
    asOf: night?.day ?? null,
    rules: [...shown.map(one => ruleRow(application, one, night, figures)), ...broken.map(brokenRow)],
    actions: actionsOf(application),
  })
}

/** One rule, with how many it found night by night. Fault rule.unknown. */
export async function showRule(application: Application, scope: RowScope, id: string) {
  const found = (await rulesKnown(application)).get(id)
  if (found === undefined) return err(ruleUnknown())
  const { rule } = found
  const [night, rows] = await Promise.all([latest(application), nightRows(application.desk, 60)])
  const nights = rows.filter(n => n.state === 'done')
  const figures = await figuresOf(application, scope, nights)
  const known = application.catalogue.askable
  return ok({
    ...ruleRow(application, found, night, night && figures.get(night.day)),
    asOf: night?.day ?? null,
    note: rule.means,
    factors: rule.uses.map(f => ({ id: f, title: known.get(f)?.title ?? { zh: f, en: f } })),
    history: nights.toReversed().map(n => ({
      day: n.day,
      count: n.ruleCounts[id] === undefined ? null : (figures.get(n.day)?.rules[id] ?? 0),
    })),
  })
}

function actionsOf({ catalogue }: Application) {
  const byAction = Map.groupBy(catalogue.policy.rows, row => row.action)
  return [...byAction].map(([code, rows]) => {
    const offers = [...new Set(rows.map(row => row.offer))].flatMap(id => catalogue.offers.get(id) ?? [])
    const say = (lang: 'zh' | 'en') => offers.map(o => o.title[lang]).join(lang === 'zh' ? '、' : ', ')
    return { code, title: { zh: say('zh'), en: say('en') } }
  })
}

async function latest(application: Application): Promise<NightRow | undefined> {
  const day = await lastNight(application.desk)
  return day && findNight(application.desk, day)
}

/** What these nights found in a scope; all of them as they are for everybody. */
export async function figuresOf(
  { desk }: Application,
  scope: RowScope,
  nights: readonly NightRow[],
): Promise<ReadonlyMap<PlainDate, Pick<Figures, 'subscribers' | 'rules'>>> {
  if (scope === everybody)
    return new Map(nights.map(n => [n.day, { subscribers: n.subscribers ?? 0, rules: n.ruleCounts }]))
  const days = nights.map(n => n.day).toSorted()
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined) return new Map()
  return figuresWithin(desk.db, { from: first, to: addDays(last, 1) }, scope)
}

/** A version that stands and cannot be read any more: off, with the reason, and never a count. */
function brokenRow({ id, title, version, owner, reason }: BrokenRule) {
  const nothing = { parameters: [], points: null, count: null, of: null, validFrom: null, validTo: null }
  const said = { title, version, owner, reason, sentence: reason }
  return { id, ...said, ...nothing, life: 'active' as const, state: 'off' as const }
}

function ruleRow(
  { catalogue }: Application,
  { rule, life }: KnownRule,
  night: NightRow | undefined,
  figures: Pick<Figures, 'subscribers' | 'rules'> | undefined,
) {
  const held = night?.held.find(h => h.ruleId === rule.id)
  const state: 'on' | 'held' | 'off' = held?.why ?? (life === 'active' ? 'on' : 'off')
  const isCounted = state === 'on' && night?.ruleCounts[rule.id] !== undefined
  const condition = bindRule(rule, night?.day ?? ('2026-01-01' as PlainDate))
  const say = (lang: 'zh' | 'en') => sentence(condition, catalogue.askable, lang)
  return {
    id: rule.id,
    title: rule.title,
    version: rule.version,
    owner: rule.owner,
    life,
    validFrom: rule.validFrom ?? null,
    validTo: rule.validTo ?? null,
    sentence: { zh: say('zh'), en: say('en') },
    parameters: rule.parameters.map(p => ({
      id: p.id,
      title: p.title,
      type: p.type,
      unit: p.unit ?? null,
      value: p.default,
      min: p.min ?? null,
      max: p.max ?? null,
    })),
    points: rule.points,
    state,
    reason: held?.reason ?? null,
    count: isCounted ? (figures?.rules[rule.id] ?? 0) : null,
    of: isCounted ? (figures?.subscribers ?? 0) : null,
  }
}

/** Counts afresh, in one scan of the factor table of a day (the last night's unless told). Fault factor.not-computed. */
export async function countRulesOn(application: Application, day?: PlainDate) {
  const asOf = day ?? (await lastNight(application.desk))
  const table = asOf && (await factorTable(application.shelf, asOf))
  if (asOf === undefined || table === undefined) return err(noFactorTable(asOf ?? '—'))
  const engine = await application.warehouse()
  const off = new Map(
    (await factorsOff(engine, application.shelf, asOf)).map(o => [o.id, { zh: o.fault.zh, en: o.fault.en }]),
  )
  const { rules } = await rulesInForce(application)
  const beside = await besideOn(
    application,
    engine,
    { asOf },
    rules.flatMap(r => r.uses),
  )
  const heldBy = (rule: Rule) =>
    notValidOn(rule, asOf) ?? switchedOff(rule, off) ?? switchedOff(rule, beside.off)
  const runnable = rules.filter(r => heldBy(r) === undefined)
  const held = rules.flatMap(r => heldBy(r) ?? [])
  const asked = beside.joined(
    table,
    runnable.flatMap(r => r.uses),
  )
  const found = await countRules(engine, asked, runnable, asOf)
  return ok({ asOf, of: found.of, counts: found.counts, alarms: [...found.alarms, ...held] })
}

export interface ExplainOrder {
  readonly id: string
  readonly subscriberId?: string | undefined
  readonly day?: PlainDate | undefined
}

/** What a rule asks, and, for a subscriber, which of its conditions hold. Faults rule.unknown, subscriber.unknown, rule.held. */
export async function explainRuleFor(application: Application, order: ExplainOrder) {
  const rule = (await rulesKnown(application)).get(order.id)?.rule
  if (rule === undefined) return err(ruleUnknown())
  const asOf = order.day ?? (await lastNight(application.desk))
  const known = application.catalogue.askable
  const condition = bindRule(rule, asOf ?? ('2026-01-01' as PlainDate))
  const say = (lang: 'zh' | 'en') => [
    `${rule.title[lang]}: ${sentence(condition, known, lang)}`,
    rule.means[lang],
  ]
  if (order.subscriberId === undefined)
    return ok({ rule: rule.id, asOf: asOf ?? null, lines: { zh: say('zh'), en: say('en') } })
  if (asOf === undefined) return err(noFactorTable('—'))
  const vectors = await application.vectors.ofMany(asOf, [order.subscriberId])
  const { rows, off } = await rowsBeside(application, { asOf }, rule.uses, vectors)
  const row = rows.get(order.subscriberId)
  if (row === undefined) return err(subscriberUnknown())
  const held = switchedOff(rule, off)
  if (held !== undefined) return err(held)
  const tree = (lang: 'zh' | 'en'): Explained => explain(condition, row, known, lang)
  return ok({
    rule: rule.id,
    asOf,
    held: tree('en').held,
    lines: {
      zh: [...say('zh'), ...explainedLines(tree('zh'))],
      en: [...say('en'), ...explainedLines(tree('en'))],
    },
  })
}
