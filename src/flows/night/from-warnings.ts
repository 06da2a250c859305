import type { BoundCondition } from '#rules'
import {
  type PlanDay,
  plansLookedAt,
  type Signal,
  signalReason,
  type Warning,
  type WarningPlan,
  type WarningRule,
  warningRulesOn,
  warningsOn,
} from '#warnings'
import type { Application } from '../application.ts'
import type { Words } from '../view/coded.ts'
import { type ShownValue, valued } from '../view/valued.ts'
import type { ShownSignal } from '../work/show.ts'
import { answerTo, type Call } from './answer.ts'
import type { Morning } from './morning.ts'
import type { Evidence, Proposed, Proposer, Source } from './propose.ts'
import type { Work } from './work.ts'

const warningsPerPage = 20_000

/**
 * The morning's warnings: what the policy says to the rules that fired, or, where a plan answers by level, to the plan. Each
 * plan of the latter kind is a source of its own.
 */
export async function fromWarnings({ application, day }: Work): Promise<Source> {
  const looked = await plansLookedAt(application.desk.db, day)
  const plans = application.catalogue.warningPlans.filter(plan => looked.has(plan.id))
  const books = await Promise.all(
    plans.map(plan => bookOf(application, plan, day, looked.get(plan.id) ?? null)),
  )
  const proposers = new Map(books.flatMap(proposersOf).map(one => [one.id, one]))
  return {
    proposers: [...proposers.values()],
    subscriberIds: [...new Set(books.flatMap(book => [...book.warnings.keys()]))],
    proposalsFor: morning =>
      books.flatMap(book => {
        const warning = book.warnings.get(morning.subscriberId)
        return warning === undefined ? [] : proposalsOn(warning, book, morning, application.catalogue)
      }),
  }
}

/** What a plan found on a morning. */
interface PlanBook {
  readonly plan: WarningPlan
  readonly asks: BoundCondition | null
  readonly rules: Rules
  readonly warnings: ReadonlyMap<string, Warning>
}

async function bookOf(
  application: Application,
  plan: WarningPlan,
  day: Work['day'],
  asks: BoundCondition | null,
): Promise<PlanBook> {
  const at = { day, plan: plan.id }
  const rules = await warningRulesOn(application.desk.db, at)
  return { plan, asks, rules, warnings: await allWarnings(application, at) }
}

/** A plan's source is not called like a rule's. */
function sourceOf(plan: WarningPlan): string {
  return `plan:${plan.id}`
}

/** Each rule where rules call for what is done; the plan where it does: for whom it asks about while any of its signs holds. */
function proposersOf({ plan, asks, rules }: PlanBook): readonly Proposer[] {
  const signs = [...rules.values()]
  if (plan.answers === undefined) {
    return signs.map(rule => ({
      id: rule.rule,
      title: rule.title,
      controlShare: rule.controlPercent / 100,
      condition: rule.condition,
    }))
  }
  const anySign: BoundCondition = { op: 'any', of: signs.map(rule => rule.condition) }
  const condition: BoundCondition = asks === null ? anySign : { op: 'all', of: [asks, anySign] }
  const controlShare = (plan.controlPercent ?? 0) / 100
  return [{ id: sourceOf(plan), title: plan.title, controlShare, condition }]
}

async function allWarnings(application: Application, at: PlanDay): Promise<ReadonlyMap<string, Warning>> {
  const all = new Map<string, Warning>()
  for (let after: string | undefined; ; ) {
    const page = await warningsOn(application.desk.db, at, {
      ...(after === undefined ? {} : { after }),
      rowsMax: warningsPerPage,
    })
    for (const warning of page) all.set(warning.subscriberId, warning)
    after = page.at(-1)?.subscriberId
    if (page.length < warningsPerPage) return all
  }
}

type Rules = ReadonlyMap<string, WarningRule>

/** One proposal per action: the plan's for the level, or made by the strongest of the rules that call for it. */
function proposalsOn(
  warning: Warning,
  { plan, rules }: PlanBook,
  morning: Morning,
  catalogue: Application['catalogue'],
): readonly Proposed[] {
  const evidence = () => evidenceOf(warning, rules, catalogue)
  const calls = plan.answers === undefined ? calledByRules(warning, rules) : calledByPlan(warning, plan)
  return calls.flatMap(call => answerTo(catalogue, { ...call, evidence }, morning, warning.day))
}

type Called = Pick<Call, 'source' | 'action'>

function calledByPlan(warning: Warning, plan: WarningPlan): readonly Called[] {
  const action = plan.answers?.[warning.level]
  return action === undefined ? [] : [{ source: sourceOf(plan), action }]
}

function calledByRules(warning: Warning, rules: Rules): readonly Called[] {
  const byAction = new Map<string, WarningRule>()
  for (const signal of warning.signals) {
    const rule = rules.get(signal.rule)
    if (rule?.action == null) continue
    const stronger = byAction.get(rule.action)
    if (stronger === undefined || rule.points > stronger.points) byAction.set(rule.action, rule)
  }
  return [...byAction].map(([action, { rule: source }]) => ({ source, action }))
}

function evidenceOf(warning: Warning, rules: Rules, catalogue: Application['catalogue']): Evidence {
  const signals = warning.signals.flatMap(s => shownSignal(s, rules, catalogue))
  const said = (lang: keyof Words, separator: string) =>
    eachOnce(
      signals.map(s => s.sentence[lang]),
      separator,
    )
  return {
    level: warning.level,
    points: warning.points,
    ruleIds: warning.signals.map(s => s.rule),
    signals,
    reason: { zh: said('zh', '；'), en: said('en', '; ') },
  }
}

/** Several rules ask for the same thing (a line in service): said once. */
function eachOnce(sentences: readonly string[], separator: string): string {
  return [...new Set(sentences.flatMap(s => s.split(separator)))].join(separator)
}

function shownSignal(signal: Signal, rules: Rules, catalogue: Application['catalogue']): ShownSignal[] {
  const rule = rules.get(signal.rule)
  if (rule === undefined) return []
  const known = catalogue.askable
  return [
    {
      ruleId: signal.rule,
      title: rule.title,
      sentence: {
        zh: signalReason(signal, rule, known, 'zh'),
        en: signalReason(signal, rule, known, 'en'),
      },
      points: signal.points,
      values: Object.entries(signal.values).flatMap(([id, value]) => {
        const factor = known.get(id)
        return factor === undefined ? [] : [valued(factor, value as ShownValue)]
      }),
    },
  ]
}
