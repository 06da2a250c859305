import type { DeskDb } from '#desk'
import { factorTable } from '#factors'
import { approvals, audit, responsibleFor, settingBook } from '#governance'
import { err, type Fault, ok, type Result } from '#kernel'
import { countRules, type Rule, ruleFrom, switchedOff, testOnRow, versionBook } from '#rules'
import { ruleOf } from '#warnings'
import type { Application } from '../application.ts'
import type { Asker } from '../asker.ts'
import { noFactorTable, ruleUnknown, subscriberUnknown } from '../faults.ts'
import { lastNight } from '../night/record.ts'
import { freshAskable } from './askable.ts'
import { rowsBeside } from './beside.ts'
import { changesBetween } from './changes.ts'
import { rulesInForce } from './in-force.ts'
import { ruleNoDraft, ruleNotInForce, ruleSurprising, ruleWaiting } from './life-faults.ts'
import { holding } from './trying.ts'

export interface Saved {
  readonly id: string
  readonly version: number
}

/**
 * Keeps a rule as a draft: the next version of its id, or the draft there is. Its tests are run first, also those about real
 * subscribers, who must be among the asker's. Faults of the rule (rule.*, catalogue.malformed), rule.waiting.
 */
export async function saveRule(
  application: Application,
  asker: Asker,
  content: Readonly<Record<string, unknown>>,
): Promise<Result<Saved>> {
  const checked = await checkedRule(application, asker, content)
  if (!checked.ok) return checked
  const isKept = await application.desk.db
    .transaction()
    .execute(trx => keepRule(application, trx, asker, checked.value))
  return isKept ? ok({ id: checked.value.id, version: checked.value.version }) : err(ruleWaiting())
}

/** What was written, as the next version of its rule; the first fault when it is none, or a test fails. */
export async function checkedRule(
  application: Application,
  asker: Asker,
  content: Readonly<Record<string, unknown>>,
): Promise<Result<Rule>> {
  const id = typeof content['id'] === 'string' ? content['id'] : ''
  const version = await nextVersionOf(application, id)
  const { warningPlans } = application.catalogue
  const askable = await freshAskable(application)
  const signs = new Set(warningPlans.flatMap(plan => plan.signals.map(ruleOf)))
  const { rule, faults } = ruleFrom({ ...content, version }, askable, signs)
  const [first] = faults.length > 0 || rule === undefined ? faults : await testsOf(application, asker, rule)
  if (first !== undefined) return err(first)
  if (rule === undefined) throw new TypeError('neither a rule nor a fault')
  return ok(rule)
}

/** Keeps a checked rule as a draft, in the caller's transaction; false when that version waits for a second person. */
export async function keepRule(
  { clock }: Application,
  trx: DeskDb,
  asker: Asker,
  rule: Rule,
): Promise<boolean> {
  const at = clock.now()
  if (!(await versionBook.keepDraft(trx, rule, { by: asker.staff.id, at }))) return false
  const about = { subject: `rule:${rule.id}`, detail: { version: rule.version } }
  await audit(trx, { at, staffId: asker.staff.id, act: 'rule.save', ...about, from: asker.from })
  return true
}

/** The draft's version where there is one, otherwise one more than any. */
async function nextVersionOf({ desk, catalogue }: Application, id: string): Promise<number> {
  const kept = await versionBook.list(desk.db, id)
  const open = kept.find(v => v.state === 'draft' || v.state === 'waiting')
  if (open !== undefined) return open.version
  const shipped = catalogue.rules.filter(r => r.id === id)
  return 1 + Math.max(0, ...kept.map(v => v.version), ...shipped.map(r => r.version))
}

/** Tests about real subscribers, by their factors of the last morning. */
async function testsOf(application: Application, asker: Asker, rule: Rule): Promise<readonly Fault[]> {
  const named = (rule.tests ?? []).flatMap((test, nth) =>
    'subscriber' in test ? [{ nth, subscriber: test.subscriber }] : [],
  )
  if (named.length === 0) return []
  const asOf = await lastNight(application.desk)
  if (asOf === undefined) return [noFactorTable('—')]
  const ids = named.map(one => one.subscriber)
  const held = await responsibleFor(application.desk.db, asker.scope, ids)
  const known = await application.vectors.ofMany(asOf, [...held.keys()])
  const beside = await rowsBeside(application, { asOf }, rule.uses, known)
  const off = switchedOff(rule, beside.off)
  return named.flatMap(({ nth, subscriber }): readonly Fault[] => {
    const row = beside.rows.get(subscriber)
    if (row === undefined) return [{ ...subscriberUnknown(), at: { path: `tests/${nth}/subscriber` } }]
    return off === undefined ? testOnRow(rule, nth, row, asOf) : [{ ...off, at: { path: `tests/${nth}` } }]
  })
}

interface Activation {
  readonly id: string
  readonly reason: string
  /** Knowing that it finds nobody or everybody, or is held. */
  readonly despite?: boolean | undefined
}

/** Of the base: a rule that finds more is decided at the upper level. */
const largeShare = 0.2

/**
 * Asks for a draft to be put into force; a second person decides. Faults rule.unknown, rule.no-draft; rule.surprising when it
 * finds nobody or everybody, or would be held, unless asked despite that; approval.waiting.
 */
export async function askToActivate(
  application: Application,
  asker: Asker,
  { id, reason, despite = false }: Activation,
): Promise<Result<{ readonly id: string; readonly approval: number }>> {
  const { desk, clock } = application
  const draft = await draftOf(application, id)
  if (!draft.ok) return draft
  const rule = draft.value
  const found = await findingOf(application, rule)
  if (!found.ok) return found
  const { count, of, surprise } = found.value
  if (surprise !== undefined && !despite) return err(ruleSurprising(surprise))
  const before = (await rulesInForce(application)).rules.find(r => r.id === id)
  const changes = changesBetween(application, before, rule, { count, of, surprise })
  const at = clock.now()
  const days = await settingBook.read(desk.db, 'approvalDays')
  const request = {
    kind: 'rule',
    subject: `rule:${id}`,
    title: rule.title,
    changes,
    payload: { ruleId: id, version: rule.version },
    reason,
    size: count ?? 0,
    level: (count ?? 0) > largeShare * of ? ('administrator' as const) : ('supervisor' as const),
    maker: asker.staff,
    at,
    days,
    from: asker.from,
  }
  return desk.db.transaction().execute(async trx => {
    const move = { ruleId: id, version: rule.version, from: 'draft', to: 'waiting', at } as const
    if (!(await versionBook.move(trx, move))) return err(ruleNoDraft())
    const asked = await approvals.ask(trx, request)
    return asked.ok ? ok({ id, approval: asked.value }) : asked
  })
}

async function draftOf({ desk, catalogue }: Application, id: string): Promise<Result<Rule>> {
  const kept = await versionBook.list(desk.db, id)
  if (kept.length === 0) return err(catalogue.rules.some(r => r.id === id) ? ruleNoDraft() : ruleUnknown())
  const draft = kept.find(v => v.state === 'draft')
  if (draft === undefined) return err(kept.some(v => v.state === 'waiting') ? ruleWaiting() : ruleNoDraft())
  const { rule, faults } = ruleFrom(draft.content, catalogue.askable)
  const [first] = faults
  if (first !== undefined) return err(first)
  return rule === undefined ? err(ruleNoDraft()) : ok(rule)
}

/** Whom it finds among all, and what is strange about that. */
async function findingOf(application: Application, rule: Rule) {
  const asOf = await lastNight(application.desk)
  const table = asOf && (await factorTable(application.shelf, asOf))
  if (asOf === undefined || table === undefined) return err(noFactorTable(asOf ?? '—'))
  const engine = await application.warehouse()
  const { heldBy, beside } = await holding(application, engine, asOf, [rule])
  const held = heldBy(rule)
  const asked = held === null ? [rule] : []
  const { of, counts } = await countRules(
    engine,
    beside.joined(table, held === null ? rule.uses : []),
    asked,
    asOf,
  )
  const alarm = counts[0]?.alarm
  const said = held ?? alarm
  return ok({
    count: counts[0]?.subscribers ?? null,
    of,
    surprise: said && { zh: said.zh, en: said.en },
  })
}

/** Takes a rule out of force at once, and a draft of it away. Faults rule.unknown, rule.not-in-force. */
export async function retireRule(
  application: Application,
  asker: Asker,
  { id, reason }: { readonly id: string; readonly reason: string },
): Promise<Result<{ readonly id: string; readonly version: number }>> {
  const { desk, clock, catalogue } = application
  const rule = (await rulesInForce(application)).rules.find(r => r.id === id)
  const kept = await versionBook.list(desk.db, id)
  const standing = kept.find(v => v.state === 'active' || v.state === 'draft')
  if (rule === undefined && standing === undefined) {
    const isKnown = kept.length > 0 || catalogue.rules.some(r => r.id === id)
    return err(isKnown ? ruleNotInForce() : ruleUnknown())
  }
  const at = clock.now()
  const by = asker.staff.id
  const version = rule?.version ?? standing?.version ?? 0
  await desk.db.transaction().execute(async trx => {
    for (const from of ['active', 'draft'] as const) {
      const own = kept.find(v => v.state === from && (rule === undefined || from === 'active'))
      if (own !== undefined)
        await versionBook.move(trx, { ruleId: id, version: own.version, from, to: 'retired', at })
    }
    // Otherwise the file's version would be in force again.
    const shipped = catalogue.rules.find(r => r.id === id)
    if (rule !== undefined && shipped !== undefined)
      await versionBook.retireOfCatalogue(trx, shipped, { by, at })
    const about = { subject: `rule:${id}`, detail: { version } }
    await audit(trx, { at, staffId: by, act: 'rule.retire', ...about, reason, from: asker.from })
  })
  return ok({ id, version })
}
