import { responsibleFor } from '#governance'
import { addDays, err, isPlainDate, ok, type PlainDate } from '#kernel'
import { bindRule, flipsOf, holds, notValidOn, type Rule, reason, reasonText } from '#rules'
import type { Row } from '#warehouse'
import type { Application } from '../application.ts'
import type { Asker } from '../asker.ts'
import { auditListed } from '../audit/listed.ts'
import { noFactorTable, subscriberUnknown } from '../faults.ts'
import { lastNight } from '../night/record.ts'
import type { Words } from '../view/coded.ts'
import { type ShownValue, valued } from '../view/valued.ts'
import { rowsBeside } from './beside.ts'
import { rulesOn } from './then.ts'
import { holding } from './trying.ts'

/**
 * For one subscriber on one morning: which of the rules that were in force then hold and why, and what came out otherwise than
 * the morning before, with the values of both. Both mornings are asked the version of this one; another that was in force the
 * morning before is named. Faults subscriber.unknown, the same for one out of scope; factor.not-computed.
 */
export async function whyRules(
  application: Application,
  asker: Asker,
  { id, day }: { readonly id: string; readonly day?: string | undefined },
) {
  const asOf = day === undefined ? await lastNight(application.desk) : isPlainDate(day) ? day : undefined
  if (asOf === undefined) return err(noFactorTable(day ?? '—'))
  const held = await responsibleFor(application.desk.db, asker.scope, [id])
  if (!held.has(id)) return err(subscriberUnknown())
  const yesterday = addDays(asOf, -1)
  const [{ rules, broken }, earlier] = await Promise.all([
    rulesOn(application, asOf),
    rulesOn(application, yesterday),
  ])
  const uses = rules.flatMap(rule => rule.uses)
  const [now, before] = await Promise.all([
    rowOn(application, asOf, id, uses),
    rowOn(application, yesterday, id, uses),
  ])
  if (now === undefined) return err(noFactorTable(asOf))
  await auditListed(application, asker, { act: 'rule.why', subject: `subscriber:${id}`, subscribers: [id] })
  const heldBy = await holdings(application, asOf, rules)
  const versions = new Map(earlier.rules.map(rule => [rule.id, rule.version]))
  const told = rules.map(rule => ({
    ...whyOf(application, rule, { asOf, now, before }, heldBy(rule)),
    versionBefore: versions.get(rule.id) ?? null,
  }))
  const unread = broken.map(({ id: ruleId, title, version, reason: why }) => ({
    ...heldWhy({ id: ruleId, title, version }, why),
    versionBefore: versions.get(ruleId) ?? null,
  }))
  return ok({
    id,
    asOf,
    before: before === undefined ? null : yesterday,
    rules: [...told, ...unread].toSorted((a, b) => rankOf(a) - rankOf(b)),
  })
}

/** One subscriber's factors of a morning, with what stands beside them where that is there. */
async function rowOn(
  application: Application,
  asOf: PlainDate,
  id: string,
  uses: readonly string[],
): Promise<Row | undefined> {
  const rows = await application.vectors.ofMany(asOf, [id])
  return (await rowsBeside(application, { asOf }, uses, rows)).rows.get(id)
}

/** What changed first, then what holds. */
function rankOf({
  changed,
  holds: isHeld,
}: {
  readonly changed: boolean
  readonly holds: boolean | null
}): number {
  return (changed ? 0 : 2) + (isHeld === true ? 0 : 1)
}

async function holdings(application: Application, asOf: PlainDate, rules: readonly Rule[]) {
  const { heldBy } = await holding(application, await application.warehouse(), asOf, rules)
  return (rule: Rule): Words | null => {
    const fault = notValidOn(rule, asOf) ?? heldBy(rule)
    return fault === null ? null : { zh: fault.zh, en: fault.en }
  }
}

interface Mornings {
  readonly asOf: PlainDate
  readonly now: Row
  readonly before: Row | undefined
}

function whyOf({ catalogue }: Application, rule: Rule, mornings: Mornings, held: Words | null) {
  const { id, title, version } = rule
  if (held !== null) return heldWhy({ id, title, version }, held)
  const byId = catalogue.askable
  const { asOf, now } = mornings
  const condition = bindRule(rule, asOf)
  const isHeld = holds(condition, now)
  const earlier = earlierOf(rule, mornings)
  const was = earlier === undefined ? null : holds(earlier.condition, earlier.row)
  const flips = earlier === undefined ? [] : flipsOf({ condition, row: now }, earlier, byId)
  const changed = was !== null && was !== isHeld
  const because = (lang: 'zh' | 'en') =>
    changed
      ? flips.map(f => f.text[lang]).join(lang === 'zh' ? '；' : '; ')
      : reasonText(reason(condition, now, byId, lang), lang)
  const told = { holds: isHeld, changed }
  return {
    id,
    title,
    version,
    holds: isHeld,
    held: null,
    before: was,
    changed,
    sentence: {
      zh: sentenceZh(title.zh, told, because('zh')),
      en: sentenceEn(title.en, told, because('en')),
    },
    values: rule.uses.flatMap(factor => {
      const known = byId.get(factor)
      return known === undefined ? [] : [valued(known, (now[factor] ?? null) as ShownValue)]
    }),
    flips: flips.flatMap(flip => {
      const known = byId.get(flip.factor)
      if (known === undefined) return []
      return [
        {
          holds: flip.held,
          before: valued(known, flip.before as ShownValue),
          now: valued(known, flip.now as ShownValue),
          text: { ...flip.text },
        },
      ]
    }),
  }
}

/** Of a rule that was held, or cannot be read any more, nothing but why. */
function heldWhy(named: Pick<Rule, 'id' | 'title' | 'version'>, held: Words) {
  const nothing = { holds: null, held, before: null, changed: false, sentence: held, values: [], flips: [] }
  return { ...named, ...nothing }
}

/** The rule on the morning before; undefined when that morning does not know the subscriber, or a factor of the rule. */
function earlierOf(rule: Rule, { asOf, before }: Mornings) {
  if (before === undefined || rule.uses.some(factor => !(factor in before))) return undefined
  return { condition: bindRule(rule, addDays(asOf, -1)), row: before }
}

interface Told {
  readonly holds: boolean
  readonly changed: boolean
}

function sentenceZh(title: string, { holds: isHeld, changed }: Told, because: string): string {
  if (changed) return isHeld ? `新命中“${title}”：${because}` : `不再命中“${title}”：${because}`
  return isHeld ? `命中“${title}”：${because}` : `未命中“${title}”`
}

function sentenceEn(title: string, { holds: isHeld, changed }: Told, because: string): string {
  if (changed) return isHeld ? `“${title}” holds now: ${because}` : `“${title}” holds no more: ${because}`
  return isHeld ? `“${title}” holds: ${because}` : `“${title}” does not hold`
}
