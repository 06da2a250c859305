import { isDeepStrictEqual } from 'node:util'
import { listStaff, responsibleFor } from '#governance'
import { attempt, err, FaultError, ok, type PlainDate, type Result } from '#kernel'
import {
  bindRule,
  contentOf,
  entriesIn,
  type Rule,
  ruleFrom,
  rulesAsYaml,
  sentence,
  versionBook,
} from '#rules'
import type { Application } from '../application.ts'
import { type Asker, asking, commandLine } from '../asker.ts'
import { ruleUnknown } from '../faults.ts'
import { rulesInForce, rulesKnown } from './in-force.ts'
import { checkedRule, keepRule } from './life.ts'
import { ruleWaiting } from './life-faults.ts'

/** Every version of a rule, the newest first, the file's among them. Fault rule.unknown. */
export async function listVersions(application: Application, asker: Asker, id: string) {
  const { desk, catalogue } = application
  const kept = await versionBook.list(desk.db, id)
  const shipped = catalogue.rules.find(r => r.id === id)
  if (kept.length === 0 && shipped === undefined) return err(ruleUnknown())
  const staff = new Map((await listStaff(desk.db)).map(s => [s.id, s.name]))
  const inForce = (await rulesInForce(application)).rules.find(r => r.id === id)?.version
  const own = kept
    .filter(v => !(v.origin === 'catalogue' && v.version === shipped?.version))
    .map(v => ({
      ...saidOf(application, ruleFrom(v.content, catalogue.askable).rule),
      version: v.version,
      content: v.content as Record<string, unknown>,
      state: v.state,
      origin: v.origin,
      madeBy: staff.get(v.madeBy) ?? null,
      madeAt: v.madeAt.toISOString(),
      activatedAt: v.activatedAt?.toISOString() ?? null,
      retiredAt: v.retiredAt?.toISOString() ?? null,
    }))
  const retired = kept.find(v => v.origin === 'catalogue' && v.version === shipped?.version)
  const ofFile = shipped && {
    ...saidOf(application, shipped),
    version: shipped.version,
    content: { ...contentOf(shipped) },
    state: inForce === shipped.version ? ('active' as const) : ('retired' as const),
    origin: 'catalogue' as const,
    madeBy: null,
    madeAt: null,
    activatedAt: null,
    retiredAt: retired?.retiredAt?.toISOString() ?? null,
  }
  const all = [...own, ...(ofFile ? [ofFile] : [])].toSorted((a, b) => b.version - a.version)
  const versions = await Promise.all(
    all.map(async v => ({ ...v, content: await seenBy(application, asker, v.content) })),
  )
  return ok({ id, versions })
}

/** What it asks, in both languages; of one that cannot be read any more nothing. */
function saidOf({ catalogue }: Application, rule: Rule | undefined) {
  if (rule === undefined) return { sentence: null }
  const condition = bindRule(rule, '2026-01-01' as PlainDate)
  const say = (lang: 'zh' | 'en') => sentence(condition, catalogue.askable, lang)
  return { sentence: { zh: say('zh'), en: say('en') } }
}

interface Tested {
  readonly tests?: readonly ({ readonly subscriber?: string } & Readonly<Record<string, unknown>>)[]
}

/** Without the tests about subscribers whom the asker may not see: a key says that there is one. */
async function seenBy<T extends Tested>(application: Application, asker: Asker, content: T): Promise<T> {
  const named = (content.tests ?? []).flatMap(test => test.subscriber ?? [])
  if (named.length === 0) return content
  const scope = asker === commandLine ? asker.scope : asking(asker, 'subscriber.look').scope
  const seen = await responsibleFor(application.desk.db, scope, named)
  const tests = content.tests?.filter(test => test.subscriber === undefined || seen.has(test.subscriber))
  return { ...content, tests }
}

/** Rules as a file of the catalogue has them: one, or all in force. Fault rule.unknown. */
export async function writeRules(
  application: Application,
  asker: Asker,
  id?: string,
): Promise<Result<{ readonly yaml: string }>> {
  const known = id === undefined ? undefined : (await rulesKnown(application)).get(id)?.rule
  if (id !== undefined && known === undefined) return err(ruleUnknown())
  const rules = known === undefined ? (await rulesInForce(application)).rules : [known]
  const seen = await Promise.all(rules.map(rule => seenBy(application, asker, rule)))
  return ok({ yaml: rulesAsYaml(seen) })
}

/**
 * Keeps the rules of such a file as drafts, all or none; those that say what is in force already are left as they are. Faults
 * of the file and its rules, with its lines; rule.waiting.
 */
export async function importRules(
  application: Application,
  asker: Asker,
  { yaml, name = 'rules.yaml' }: { readonly yaml: string; readonly name?: string | undefined },
) {
  const { entries, faults } = entriesIn(name, yaml)
  const [first] = faults
  if (first !== undefined) return err(first)
  const inForce = new Map((await rulesInForce(application)).rules.map(r => [r.id, r]))
  const fresh: Rule[] = []
  for (const { value, place } of entries) {
    const checked = await checkedRule(application, asker, { ...(value as Record<string, unknown>) })
    if (!checked.ok) return err(place(checked.fault))
    if (!saysTheSame(checked.value, inForce.get(checked.value.id))) fresh.push(checked.value)
  }
  const kept = await attempt(() =>
    application.desk.db.transaction().execute(async trx => {
      for (const rule of fresh)
        if (!(await keepRule(application, trx, asker, rule))) throw new FaultError(ruleWaiting())
    }),
  )
  if (!kept.ok) return kept
  const saved = fresh.map(({ id, version }) => ({ id, version }))
  return ok({ saved, unchanged: entries.length - fresh.length })
}

function saysTheSame(rule: Rule, other: Rule | undefined): boolean {
  return other !== undefined && isDeepStrictEqual({ ...rule, version: 0 }, { ...other, version: 0 })
}
