import { factorTable, lastRestatement, type Restatement } from '#factors'
import { addDays, err, ok, type PlainDate } from '#kernel'
import { bindRule, selecting, switchedOff } from '#rules'
import { type Sql, sql } from '#warehouse'
import type { Application } from '../application.ts'
import { noFactorTable } from '../faults.ts'
import { lastNight } from '../night/record.ts'
import { besideOn } from '../rules/beside.ts'
import { type KnownRule, rulesInForce, rulesKnown } from '../rules/in-force.ts'

type Lang = 'zh' | 'en'

/** For how many subscribers a rule's answer differs. */
interface RuleRestated {
  readonly id: string
  readonly subscribers: number
}

/**
 * What a past morning's factors and rules would have been, had been known then what is known now; by itself the morning
 * before the last night. Fault factor.not-computed.
 */
export async function restatementOf(application: Application, day?: PlainDate) {
  const last = await lastNight(application.desk)
  const asOf = day ?? (last === undefined ? undefined : addDays(last, -1))
  if (asOf === undefined) return err(noFactorTable('—'))
  if ((await factorTable(application.shelf, asOf)) === undefined) return err(noFactorTable(asOf))
  const restated = await application.workshop.do('restate', { asOf })
  if (!restated.ok) return restated
  // The night may have restated that morning before.
  const known = restated.value ?? (await lastRestatement(await application.warehouse(), application, asOf))
  const found: Restatement = known ?? { asOf, subscribers: 0, factors: [] }
  const rules = known === undefined ? [] : await rulesRestated(application, asOf)
  const titles = await rulesKnown(application)
  const lines = (lang: Lang) => linesOf(application, titles, { ...found, rules }, lang)
  return ok({ ...found, rules, lines: { zh: lines('zh'), en: lines('en') } })
}

/** Rules that would have found others: those that only one of the two tables satisfies. */
async function rulesRestated(application: Application, asOf: PlainDate): Promise<readonly RuleRestated[]> {
  const { shelf } = application
  const [then, now] = [await factorTable(shelf, asOf, asOf), await factorTable(shelf, asOf)]
  if (then === undefined || now === undefined) return []
  const engine = await application.warehouse()
  const restated: RuleRestated[] = []
  const { rules } = await rulesInForce(application)
  const beside = await besideOn(
    application,
    engine,
    { asOf },
    rules.flatMap(r => r.uses),
  )
  for (const rule of rules) {
    // What stands beside the factors is not worked out again: without it there is nothing to compare.
    if (switchedOff(rule, beside.off) !== undefined) continue
    const condition = selecting(bindRule(rule, asOf))
    const asked = (table: Sql) =>
      sql`SELECT sub FROM ${beside.joined(table, rule.uses)} AS t WHERE ${condition}`
    const only = (table: Sql, other: Sql) => sql`${asked(table)} EXCEPT ${asked(other)}`
    const [row] = await engine.rows<{ n: number }>(
      sql`SELECT (SELECT count(*) FROM (${only(then, now)})) + (SELECT count(*) FROM (${only(now, then)})) AS n`,
    )
    if ((row?.n ?? 0) > 0) restated.push({ id: rule.id, subscribers: row?.n ?? 0 })
  }
  return restated
}

function linesOf(
  { catalogue }: Application,
  titles: ReadonlyMap<string, KnownRule>,
  { asOf, subscribers, factors, rules }: Restatement & { readonly rules: readonly RuleRestated[] },
  lang: Lang,
): readonly string[] {
  const head =
    lang === 'zh'
      ? `${asOf}：按现在所知重算，${subscribers} 个用户有差异`
      : `${asOf}: with what is known now, ${subscribers} subscribers differ`
  const title = (id: string) => catalogue.factors.byId.get(id)?.title[lang] ?? id
  const ruleTitle = (id: string) => titles.get(id)?.rule.title[lang] ?? id
  return [
    head,
    ...rules.map(r =>
      lang === 'zh'
        ? `规则 ${ruleTitle(r.id)}：${r.subscribers}`
        : `rule ${ruleTitle(r.id)}: ${r.subscribers}`,
    ),
    ...factors.map(f => `${title(f.id)}  ${f.id}: ${f.subscribers}`),
  ]
}
