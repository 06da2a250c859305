import type { Command } from 'commander'
import { countRulesOn, explainRuleFor, listRules } from '#flows'
import { everybody } from '#kernel'
import {
  answerFrom,
  type DataOptions,
  type DayOptions,
  dataOption,
  dayOptions,
  type Invocation,
} from '../invocation.ts'
import { printFaults, table } from '../output.ts'
import { backtestCommand } from './rule-backtest.ts'
import { lifeCommands } from './rule-life.ts'
import { precisionCommand } from './rule-precision.ts'
import { previewCommand } from './rule-preview.ts'

interface ExplainOptions extends DayOptions {
  readonly subscriber?: string
}

export function ruleCommand(program: Command, invocation: Invocation): void {
  const { say } = invocation
  const rule = program.command('rule').description(say.rule)
  dataOption(rule.command('list').description(say.ruleList), say).action((options: DataOptions) =>
    list(options, invocation),
  )
  dayOptions(rule.command('count').description(say.ruleCount), say).action((options: DayOptions) =>
    count(options, invocation),
  )
  previewCommand(rule, invocation)
  backtestCommand(rule, invocation)
  precisionCommand(rule, invocation)
  lifeCommands(rule, invocation)
  const explaining = rule.command('explain <id>').description(say.ruleExplain)
  dayOptions(explaining.option('--subscriber <id>', say.subscriber), say).action(
    (id: string, options: ExplainOptions) => explain(id, options, invocation),
  )
}

function list(options: DataOptions, invocation: Invocation): Promise<void> {
  const { lang } = invocation.output
  return answerFrom(
    invocation,
    options,
    application => listRules(application, everybody),
    found => table(found.rules.map(r => [r.id, r.title[lang], r.state, r.sentence[lang]])),
  )
}

function count(options: DayOptions, invocation: Invocation): Promise<void> {
  const { output, say } = invocation
  return answerFrom(
    invocation,
    options,
    application => countRulesOn(application, options.day),
    found => {
      printFaults(found.alarms, output)
      return table(found.counts.map(c => [c.rule, say.of({ count: c.subscribers, of: found.of })]))
    },
  )
}

function explain(id: string, options: ExplainOptions, invocation: Invocation): Promise<void> {
  const { subscriber: subscriberId, day } = options
  return answerFrom(
    invocation,
    options,
    application => explainRuleFor(application, { id, subscriberId, day }),
    found => found.lines[invocation.output.lang],
  )
}
