import {
  type Signal,
  signalReason,
  type Warning,
  type WarningRule,
  warningRulesOn,
  warningsOn,
} from '#warnings'
import type { Application } from '../application.ts'
import type { Words } from '../view/coded.ts'
import { type ShownValue, valued } from '../view/valued.ts'
import type { ShownSignal } from '../work/show.ts'
import { answerTo } from './answer.ts'
import type { Morning } from './morning.ts'
import type { Evidence, Proposed, Source } from './propose.ts'
import type { Work } from './work.ts'

const warningsPerPage = 20_000

/** The morning's warnings: what the policy says to the rules that fired. */
export async function fromWarnings({ application, day }: Work): Promise<Source> {
  const { catalogue, desk } = application
  const rules = await warningRulesOn(desk.db, day)
  const warnings = await allWarnings(application, day)
  return {
    proposers: [...rules.values()].map(rule => ({
      id: rule.rule,
      title: rule.title,
      controlShare: rule.controlPercent / 100,
      condition: rule.condition,
    })),
    subscriberIds: [...warnings.keys()],
    proposalsFor(morning) {
      const warning = warnings.get(morning.subscriberId)
      return warning === undefined ? [] : proposalsOn(warning, rules, morning, catalogue)
    },
  }
}

async function allWarnings(
  application: Application,
  day: Work['day'],
): Promise<ReadonlyMap<string, Warning>> {
  const all = new Map<string, Warning>()
  for (let after: string | undefined; ; ) {
    const page = await warningsOn(application.desk.db, day, {
      ...(after === undefined ? {} : { after }),
      rowsMax: warningsPerPage,
    })
    for (const warning of page) all.set(warning.subscriberId, warning)
    after = page.at(-1)?.subscriberId
    if (page.length < warningsPerPage) return all
  }
}

type Rules = ReadonlyMap<string, WarningRule>

/** One proposal per action, made by the strongest of the rules that call for it. */
function proposalsOn(
  warning: Warning,
  rules: Rules,
  morning: Morning,
  catalogue: Application['catalogue'],
): readonly Proposed[] {
  const byAction = new Map<string, WarningRule>()
  for (const signal of warning.signals) {
    const rule = rules.get(signal.rule)
    if (rule?.action == null) continue
    const stronger = byAction.get(rule.action)
    if (stronger === undefined || rule.points > stronger.points) byAction.set(rule.action, rule)
  }
  return [...byAction].flatMap(([action, rule]) => {
    const call = { source: rule.rule, action, evidence: () => evidenceOf(warning, rules, catalogue) }
    return answerTo(catalogue, call, morning, warning.day)
  })
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
  const known = catalogue.factors.byId
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
